//! Finds the configuration file, and says where it was looked for.

use std::path::PathBuf;

use super::mistake::{Fault, Mistake};

/// The default locations, the first of which wins.
const PLACES: [&str; 2] = ["config/portcullis.toml", "/etc/portcullis/portcullis.toml"];

/// Where people put the file and expect it to be read. It is not: whoever can write to the working directory would
/// choose the configuration.
const STRAY: &str = "./portcullis.toml";

/// The result of a search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct FileSearch {
    /// The file to read.
    pub(super) file: Option<PathBuf>,
    /// The default locations were searched, because no file was named.
    searched: bool,
    /// A file lies in the working directory that is not read.
    stray: bool,
}

impl FileSearch {
    /// The file that was named, else the first of the default locations that exists.
    pub(super) fn start(named: Option<PathBuf>) -> Self {
        if named.is_some() {
            return Self::of(named);
        }
        let file = PLACES.into_iter().map(PathBuf::from).find(|path| path.exists());
        Self { file, searched: true, stray: PathBuf::from(STRAY).exists() }
    }

    /// Only this file.
    pub(super) const fn of(file: Option<PathBuf>) -> Self {
        Self { file, searched: false, stray: false }
    }

    /// Something is missing from the configuration: the file, perhaps. `None` if one was read and no other is there.
    pub(super) fn mistake(&self) -> Option<Mistake> {
        if !self.searched {
            return None;
        }
        let none = || format!("there is none: looked at {}", PLACES.join(" and "));
        let (what, remedy) = match (&self.file, self.stray) {
            (None, false) => (none(), "name yours with `--config FILE`, or let `portcullis init` write one".to_owned()),
            (None, true) => (none(), format!("to use {STRAY}, run with `--config {STRAY}`, or move it there")),
            (Some(_), true) => return Some(self.stray_beside()),
            (Some(_), false) => return None,
        };
        Some(mistake(what, remedy))
    }

    /// A file lies in the working directory and is not read.
    pub(super) fn warning(&self) -> Option<String> {
        self.stray.then(|| self.stray_beside().to_string())
    }

    fn stray_beside(&self) -> Mistake {
        let read = self.file.as_ref().map_or_else(String::new, |file| format!(": {} is read", file.display()));
        mistake(format!("{STRAY} is ignored{read}"), format!("to use it, run with `--config {STRAY}`"))
    }
}

fn mistake(what: String, remedy: String) -> Mistake {
    Mistake { key: "configuration file".to_owned(), origin: "not named".to_owned(), fault: Fault { what, remedy } }
}
