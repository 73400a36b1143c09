//! How sites are named inside the process.

/// Index of a site in the configuration; the upstream with the same index serves it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct SiteId(pub usize);
