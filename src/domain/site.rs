//! How a site is named inside the process.

/// The position of a site in the configuration; the upstream at the same position serves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SiteId(pub usize);
