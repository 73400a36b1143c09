//! How many requests of one connection are being answered.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// The count of one connection. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Activity(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    running: AtomicUsize,
    begun: AtomicU64,
}

/// One request that is being answered; dropped with the last byte of its answer.
#[derive(Debug)]
pub struct Running(Arc<Counts>);

impl Activity {
    /// A request begins.
    pub fn begin(&self) -> Running {
        self.0.running.fetch_add(1, Ordering::AcqRel);
        self.0.begun.fetch_add(1, Ordering::AcqRel);
        Running(Arc::clone(&self.0))
    }

    /// Whether none is being answered.
    pub(super) fn is_idle(&self) -> bool {
        self.0.running.load(Ordering::Acquire) == 0
    }

    /// Whether none has come yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.begun() == 0
    }

    /// How many have come.
    pub fn begun(&self) -> u64 {
        self.0.begun.load(Ordering::Acquire)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.running.fetch_sub(1, Ordering::AcqRel);
    }
}
