//! One live session.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Weak};

use tokio_util::sync::CancellationToken;

use crate::platform::clock::Timestamp;
use crate::session::lifetimes::{Lifetimes, Standing};
use crate::store::SessionRow;

/// A session that has not ended, in memory.
pub(crate) struct LiveSession {
    row: SessionRow,
    uses: Arc<Uses>,
    ended: CancellationToken,
    /// The store knows more of it by now: read it again before it is judged.
    outdated: AtomicBool,
}

/// When a session was used: shared by what is known of it before and after its factor was given again.
pub(super) struct Uses {
    last: AtomicI64,
    flushed: AtomicI64,
}

impl LiveSession {
    pub(super) fn new(row: SessionRow) -> Self {
        let at = row.last_used_at.millis();
        let uses = Uses { last: AtomicI64::new(at), flushed: AtomicI64::new(at) };
        Self { row, uses: Arc::new(uses), ended: CancellationToken::new(), outdated: AtomicBool::new(false) }
    }

    /// The same session, as the store knows it now: its uses and its tunnels go on.
    pub(super) fn renewed(&self, row: SessionRow) -> Self {
        let uses = Arc::clone(&self.uses);
        let ended = self.ended.clone();
        Self { row, uses, ended, outdated: AtomicBool::new(false) }
    }

    pub(super) fn is_current(&self) -> bool {
        !self.outdated.load(Ordering::SeqCst)
    }

    /// What the store says of it.
    pub(crate) const fn row(&self) -> &SessionRow {
        &self.row
    }

    /// When it was last used here.
    pub(crate) fn last_used(&self) -> Timestamp {
        Timestamp::from_millis(self.uses.last.load(Ordering::Relaxed))
    }

    /// A use at `now`; never moves back.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.uses.last.fetch_max(now.millis(), Ordering::Relaxed);
    }

    /// Whether these are the uses of this very life of the session in memory.
    pub(super) fn is_of(&self, uses: &Weak<Uses>) -> bool {
        std::ptr::eq(uses.as_ptr(), Arc::as_ptr(&self.uses))
    }

    /// The store refused the last use: it is offered again.
    pub(super) fn mark_unflushed(&self) {
        self.uses.flushed.store(i64::MIN, Ordering::Relaxed);
    }

    /// The last use, if the store does not know it yet; counts as known from now on.
    pub(super) fn take_unflushed(&self) -> Option<Timestamp> {
        let used = self.uses.last.load(Ordering::Relaxed);
        (self.uses.flushed.swap(used, Ordering::Relaxed) != used).then_some(Timestamp::from_millis(used))
    }

    pub(super) fn end(&self) {
        self.ended.cancel();
    }

    /// Whether it may be used at `now`.
    pub(crate) fn standing(&self, lifetimes: &Lifetimes, now: Timestamp) -> Standing {
        lifetimes.standing(self.row.created_at, self.last_used(), self.row.expires_at, now)
    }

    /// The store knows more of it by now.
    pub(super) fn outdate(&self) {
        self.outdated.store(true, Ordering::SeqCst);
    }

    /// The uses of this life of the session, for its place in the queue of deadlines.
    pub(super) fn uses(&self) -> Weak<Uses> {
        Arc::downgrade(&self.uses)
    }

    /// Cancelled when the session ends.
    pub(super) fn watch(&self) -> CancellationToken {
        self.ended.child_token()
    }
}
