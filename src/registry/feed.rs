//! How far the change feed of the store was read, and when.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::time::Instant;

/// How long requests are still answered from memory while the feed cannot be read.
pub(super) const GRACE: Duration = Duration::from_secs(30);

/// Whether memory can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The feed was read within the grace.
    Fresh,
    /// It was not: a revocation may have been missed, so nothing may pass.
    Stale,
}

pub(super) struct Feed {
    cursor: AtomicI64,
    /// Monotonic, not the wall clock: a clock that is set forward must not cut everybody off, nor one set back hide
    /// that the store is gone.
    heard: ArcSwap<Instant>,
}

impl Feed {
    pub(super) fn starting_at(head: i64) -> Self {
        Self { cursor: AtomicI64::new(head), heard: ArcSwap::from_pointee(Instant::now()) }
    }

    /// The number of the last change that was applied.
    pub(super) fn cursor(&self) -> i64 {
        self.cursor.load(Ordering::SeqCst)
    }

    pub(super) fn advance(&self, sequence: i64) {
        self.cursor.store(sequence, Ordering::SeqCst);
    }

    /// The feed was read; everything before `asked` is known.
    pub(super) fn read_at(&self, asked: Instant) {
        self.heard.store(Arc::new(asked));
    }

    /// How long ago it was read last.
    pub(super) fn silence(&self) -> Duration {
        self.heard.load().elapsed()
    }
}
