//! When each live session has to be checked next: at its idle or absolute limit, whichever comes first.
//!
//! A queue, because checking every session twice a second would cost more. A use moves a session's limit but not its
//! entry here, so the hot path takes no lock: the session is checked at its old limit, and queued again if it is still
//! live.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::{Mutex, PoisonError, Weak};

use crate::domain::identifier::SessionId;
use crate::platform::clock::Timestamp;
use crate::registry::session::Uses;

/// A session's entry in the queue.
pub(super) struct Deadline {
    at: Timestamp,
    pub(super) session: SessionId,
    /// Identifies the in-memory session that was queued: a session that was forgotten and loaded again has its own
    /// entry.
    pub(super) uses: Weak<Uses>,
}

/// The queue, earliest deadline first.
#[derive(Default)]
pub(super) struct Deadlines(Mutex<BinaryHeap<Deadline>>);

impl Deadlines {
    pub(super) fn push(&self, at: Timestamp, session: SessionId, uses: Weak<Uses>) {
        self.lock().push(Deadline { at, session, uses });
    }

    /// Takes at most `most` entries that are due at `now`.
    pub(super) fn take_due(&self, now: Timestamp, most: usize) -> Vec<Deadline> {
        let mut queue = self.lock();
        let mut due = Vec::new();
        while due.len() < most && queue.peek().is_some_and(|first| first.at <= now) {
            due.extend(queue.pop());
        }
        due
    }

    /// Takes all entries. For a clock that was set back, which changes every limit.
    pub(super) fn take_all(&self) -> Vec<Deadline> {
        std::mem::take(&mut *self.lock()).into_vec()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BinaryHeap<Deadline>> {
        // The heap is consistent between calls, and no call panics.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ord for Deadline {
    /// The earliest deadline is the greatest, because `BinaryHeap` is a max-heap.
    fn cmp(&self, other: &Self) -> Ordering {
        other.at.cmp(&self.at)
    }
}

impl PartialOrd for Deadline {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Deadline {
    fn eq(&self, other: &Self) -> bool {
        self.at == other.at
    }
}

impl Eq for Deadline {}
