//! `portal.links.url`: where a link below the pages leads.

use url::Url;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;

/// An http, https or mailto URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct LinkUrl(pub(in crate::config) String);

impl ConfigValue for LinkUrl {
    const EXAMPLE: &'static str = "https://example.com/imprint";

    fn kind() -> String {
        "an http, https or mailto URL".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"));
        match url {
            Some(url) => Ok(Self(url.into())),
            None => {
                Err(Fault::new(format!("{} is not a URL for a link", quoted(text)), format!("write {}", Self::kind())))
            }
        }
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}
