//! Loads the configuration for a command that works on the store or the keys.

use std::path::PathBuf;

use crate::config::load::{Config, Flags, Sources, load};
use crate::config::mistake::Mistakes;

/// From file and environment; `[[sites]]` is optional.
pub(super) fn without_sites(file: Option<PathBuf>) -> Result<Config, Mistakes> {
    load(&Sources::of_process(file, Flags::default()).without_sites())
}
