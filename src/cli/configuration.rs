//! The configuration of a command that works on the store or the keys.

use std::path::PathBuf;

use crate::config::load::{Config, Flags, Sources, load};
use crate::config::mistake::Mistakes;

/// File and environment; there need not be a site.
pub(super) fn without_sites(file: Option<PathBuf>) -> Result<Config, Mistakes> {
    load(&Sources::of_process(file, Flags::default()).without_sites())
}
