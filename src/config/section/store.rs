//! `[store]`: the database.

use std::path::PathBuf;

use crate::config::reader::{Text, section};
use crate::config::value::store::StoreUrl;
use crate::store;

section! {
    /// The database for accounts, sessions and counters.
    Store {
        /// `sqlite://` and a path; the file and its missing directories are created by `serve`, `user add` and `init`,
        /// for their owner only. With three slashes the path is absolute.
        url: Text<StoreUrl> = Text(StoreUrl(PathBuf::from("portcullis.db"))),
    }
}

impl Store {
    pub(super) fn to_settings(&self) -> store::Settings {
        store::Settings { file: self.url.0.0.clone() }
    }
}
