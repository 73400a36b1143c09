//! `[keys]`: the key file.

use std::path::{Path, PathBuf};

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Text, section};
use crate::config::value::path::FilePath;

section! {
    /// The keys that sign cookies and seal stored data.
    Keys {
        /// The key file, created at the first start, readable by its owner only. Default: `portcullis.keys` next to the
        /// SQLite file.
        file: Option<Text<FilePath>>,
    }
}

impl Keys {
    pub(super) fn file(&self, store: &Path, mistakes: &mut MistakeCollector<'_>) -> PathBuf {
        let beside = || store.parent().unwrap_or(Path::new("")).join("portcullis.keys");
        let file = self.file.as_ref().map_or_else(beside, |file| file.0.0.clone());
        if file == store {
            mistakes.mistake(
                &KeyPath::of("keys").key("file"),
                Fault::new("the key file is also the file of the store", "give each its own file"),
            );
        }
        file
    }
}
