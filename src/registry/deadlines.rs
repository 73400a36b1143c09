//! When each live session has to be looked at next: its idle or last limit, whichever comes first.
//!
//! A queue instead of a look at every session twice a second. A use moves a session's limit but not its place here, so
//! the hot path touches no lock: the session is looked at when its old limit comes, and queued again if it lives.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::sync::{Mutex, PoisonError, Weak};

use crate::domain::identifier::SessionId;
use crate::platform::clock::Timestamp;
use crate::registry::session::Uses;

/// One session's place in the queue.
pub(super) struct Deadline {
    at: Timestamp,
    pub(super) session: SessionId,
    /// Which life of the session in memory queued it: one that was forgotten and read again has a place of its own.
    pub(super) uses: Weak<Uses>,
}

/// The queue, earliest first.
#[derive(Default)]
pub(super) struct Deadlines(Mutex<BinaryHeap<Deadline>>);

impl Deadlines {
    pub(super) fn push(&self, at: Timestamp, session: SessionId, uses: Weak<Uses>) {
        self.lock().push(Deadline { at, session, uses });
    }

    /// Takes at most `most` that are due at `now`.
    pub(super) fn take_due(&self, now: Timestamp, most: usize) -> Vec<Deadline> {
        let mut queue = self.lock();
        let mut due = Vec::new();
        while due.len() < most && queue.peek().is_some_and(|first| first.at <= now) {
            due.extend(queue.pop());
        }
        due
    }

    /// Takes all, for a clock that was set back: every limit is another one then.
    pub(super) fn take_all(&self) -> Vec<Deadline> {
        std::mem::take(&mut *self.lock()).into_vec()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BinaryHeap<Deadline>> {
        // A heap is whole between its calls; nobody panics within one.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ord for Deadline {
    /// The earliest is the greatest, as `BinaryHeap` wants it.
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
