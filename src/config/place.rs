//! Names keys together with the place where they were set, for whoever judges a value after the configuration was read.

use super::key_path::KeyPath;
use super::origin::{Layer, Origins};

/// The keys of a configuration and their places.
pub(crate) struct KeyPlaces(Origins);

/// A key, and where it was set: as a mistake names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeyPlace {
    /// `sites[0].upstream[1]`.
    pub key: String,
    /// `portcullis.toml line 30`.
    pub origin: String,
}

impl KeyPlaces {
    pub(super) const fn new(origins: Origins) -> Self {
        Self(origins)
    }

    /// A key of a section.
    pub(crate) fn key(&self, section: &str, key: &str) -> KeyPlace {
        self.place(&KeyPath::of(section).key(key))
    }

    /// The key that holds a secret: `key` itself or, if the secret has a file of its own, `key` with `_file`.
    pub(crate) fn secret(&self, section: &str, key: &str) -> KeyPlace {
        let file = KeyPath::of(section).key(&format!("{key}_file"));
        if self.is_set(&file) { self.place(&file) } else { self.key(section, key) }
    }

    /// A key with the configuration that sets it, or that leaves it at its default: for whoever may be reading another
    /// configuration than they think.
    pub(crate) fn in_configuration(&self, section: &str, key: &str) -> String {
        let at = KeyPath::of(section).key(key);
        match (self.is_set(&at), self.0.file()) {
            (true, _) => format!("{at} ({})", self.0.of(&at)),
            (false, "") => format!("{at} (not set; there is no configuration file)"),
            (false, file) => format!("{at} (not set in {file})"),
        }
    }

    /// One address of a site.
    pub(crate) fn upstream(&self, site: usize, index: usize) -> KeyPlace {
        self.place(&KeyPath::of("sites").index(site).key("upstream").index(index))
    }

    fn is_set(&self, at: &KeyPath) -> bool {
        self.0.layers_with(at).iter().any(|layer| *layer != Layer::Default)
    }

    /// A key of one receiver of events; `kind` is `webhook` or `syslog`.
    pub(crate) fn sink(&self, kind: &str, index: usize, key: &str) -> KeyPlace {
        self.place(&KeyPath::of("events").key(kind).index(index).key(key))
    }

    fn place(&self, at: &KeyPath) -> KeyPlace {
        KeyPlace { key: at.to_string(), origin: self.0.of(at) }
    }
}
