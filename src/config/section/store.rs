//! `[store]`

use std::path::PathBuf;

use crate::config::reader::{Text, section};
use crate::config::value::store::StoreUrl;
use crate::store;

section! {
    /// Where accounts, sessions and counters are kept.
    Store {
        /// `sqlite://` and a path; the file is made at the first start for its owner alone. With three slashes the path
        /// starts at the root.
        url: Text<StoreUrl> = Text(StoreUrl(PathBuf::from("portcullis.db"))),
    }
}

impl Store {
    pub(super) fn to_settings(&self) -> store::Settings {
        store::Settings { file: self.url.0.0.clone() }
    }
}
