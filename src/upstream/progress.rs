//! Detects whether a request's body still makes progress: during an upload that takes an hour, the site is not late
//! with its answer.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Counts the frames of a body that were sent. Clones share the count.
#[derive(Debug, Clone, Default)]
pub(super) struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Adds one frame.
    pub(super) fn moved(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    /// The number of frames so far.
    pub(super) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}
