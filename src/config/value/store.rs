//! `store.url`: the database file.

use std::path::PathBuf;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;

/// A SQLite file, as a URL.
pub(in crate::config) struct StoreUrl(pub(in crate::config) PathBuf);

impl ConfigValue for StoreUrl {
    const EXAMPLE: &'static str = "sqlite://portcullis.db";

    fn kind() -> String {
        "`sqlite://` and the path of a file".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = "write `sqlite://portcullis.db`, or `sqlite:///var/lib/portcullis/portcullis.db`";
        // The URL of a database server contains a password, so it is not repeated.
        if text.starts_with("postgres:") || text.starts_with("postgresql:") {
            return Err(Fault::new("this version only supports SQLite", remedy));
        }
        let Some(path) = text.strip_prefix("sqlite://") else {
            let scheme = text.split(':').next().unwrap_or_default();
            return Err(Fault::new(format!("{} is not a valid store URL", quoted(scheme)), remedy));
        };
        if path.is_empty() || path.ends_with('/') || path.contains(['?', '#', '%', '\0']) || path == ":memory:" {
            return Err(Fault::new(format!("{} names no file", quoted(text)), remedy));
        }
        Ok(Self(PathBuf::from(path)))
    }

    fn text(&self) -> String {
        format!("sqlite://{}", self.0.display())
    }
}
