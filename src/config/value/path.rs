//! Paths of files.

use std::path::PathBuf;

use super::ConfigValue;
use crate::config::mistake::Fault;

/// The path of a file, relative to the working directory of the process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct FilePath(pub(in crate::config) PathBuf);

impl ConfigValue for FilePath {
    const EXAMPLE: &'static str = "/etc/portcullis/file";

    fn kind() -> String {
        "the path of a file".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        if text.is_empty() || text.contains('\0') {
            return Err(Fault::new("an empty path", format!("write {}", Self::kind())));
        }
        Ok(Self(PathBuf::from(text)))
    }

    fn text(&self) -> String {
        self.0.display().to_string()
    }
}
