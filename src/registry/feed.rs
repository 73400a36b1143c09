//! How far the change feed of the store was read, and when.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use arc_swap::ArcSwap;
use tokio::time::Instant;

/// How long requests are still answered from memory while the feed cannot be read.
pub(super) const GRACE: Duration = Duration::from_secs(30);

/// Whether the sessions in memory can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Freshness {
    /// The feed was read within `GRACE`.
    Fresh,
    /// The feed was not read within `GRACE`. A revocation may have been missed, so nothing may pass.
    Stale,
}

pub(super) struct Feed {
    cursor: AtomicI64,
    /// When the feed was last read. Monotonic: setting the wall clock forward must not lock everybody out, and setting
    /// it back must not hide that the store is gone.
    heard: ArcSwap<Instant>,
}

impl Feed {
    pub(super) fn starting_at(head: i64) -> Self {
        Self { cursor: AtomicI64::new(head), heard: ArcSwap::from_pointee(Instant::now()) }
    }

    /// The sequence number of the last change that was applied.
    pub(super) fn cursor(&self) -> i64 {
        self.cursor.load(Ordering::SeqCst)
    }

    pub(super) fn advance(&self, sequence: i64) {
        self.cursor.store(sequence, Ordering::SeqCst);
    }

    /// Records that the feed was read. Every change before `asked` is known.
    pub(super) fn read_at(&self, asked: Instant) {
        self.heard.store(Arc::new(asked));
    }

    /// Time since the feed was last read.
    pub(super) fn silence(&self) -> Duration {
        self.heard.load().elapsed()
    }
}
