//! Whether a request's body still moves: an upload of an hour is no site that does not answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts pieces of a body that went by. Clones share the count.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<AtomicU64>);

impl Progress {
    /// A piece went by.
    pub(super) fn moved(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// How many have gone by.
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
