//! One live session.

use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use crate::platform::clock::Timestamp;
use crate::session::lifetimes::{Lifetimes, Standing};
use crate::store::SessionRow;

/// A session that has not ended, in memory.
pub(crate) struct LiveSession {
    row: SessionRow,
    uses: Arc<Uses>,
    ended: CancellationToken,
    rounds: Arc<Mutex<Rounds>>,
    /// Whether the store has newer data. The row is then loaded again before the session is judged.
    outdated: AtomicBool,
}

/// The hand-overs of a session to one place within a minute.
#[derive(Default)]
struct Rounds {
    place: String,
    began: i64,
    count: u32,
}

/// A browser that does not keep the cookie of a site is sent to the portal and back for ever. More hand-overs than this
/// to the same place within a minute are no tabs that a person opened.
const MOST_ROUNDS: u32 = 3;

const MINUTE: Duration = Duration::from_mins(1);

/// When a session was used. Shared between the states before and after a step-up.
pub(super) struct Uses {
    last: AtomicI64,
    flushed: AtomicI64,
}

impl LiveSession {
    pub(super) fn new(row: SessionRow) -> Self {
        let at = row.last_used_at.millis();
        let uses = Uses { last: AtomicI64::new(at), flushed: AtomicI64::new(at) };
        Self {
            row,
            uses: Arc::new(uses),
            ended: CancellationToken::new(),
            rounds: Arc::default(),
            outdated: AtomicBool::new(false),
        }
    }

    /// The same session with the current row from the store. Its uses and tunnels continue.
    pub(super) fn renewed(&self, row: SessionRow) -> Self {
        let uses = Arc::clone(&self.uses);
        let ended = self.ended.clone();
        let rounds = Arc::clone(&self.rounds);
        Self { row, uses, ended, rounds, outdated: AtomicBool::new(false) }
    }

    pub(super) fn is_current(&self) -> bool {
        !self.outdated.load(Ordering::SeqCst)
    }

    /// The row as last read from the store.
    pub(crate) const fn row(&self) -> &SessionRow {
        &self.row
    }

    /// When it was last used, on this instance or as last read from the store.
    pub(crate) fn last_used(&self) -> Timestamp {
        Timestamp::from_millis(self.uses.last.load(Ordering::Relaxed))
    }

    /// Records a use at `now`. An earlier time than the last use is ignored.
    pub(crate) fn touch(&self, now: Timestamp) {
        self.uses.last.fetch_max(now.millis(), Ordering::Relaxed);
    }

    /// Counts a hand-over to `place`. Returns whether it is one too many, which means that the last ones had no effect.
    pub(super) fn goes_round(&self, place: &str, now: Timestamp) -> bool {
        let mut rounds = self.rounds.lock().unwrap_or_else(PoisonError::into_inner);
        let began = Timestamp::from_millis(rounds.began);
        if rounds.place != place || now.since(began) >= MINUTE {
            *rounds = Rounds { place: place.to_owned(), began: now.millis(), count: 0 };
        }
        rounds.count += 1;
        rounds.count > MOST_ROUNDS
    }

    /// Whether `uses` belongs to this in-memory session, not to an earlier one with the same id.
    pub(super) fn is_of(&self, uses: &Weak<Uses>) -> bool {
        std::ptr::eq(uses.as_ptr(), Arc::as_ptr(&self.uses))
    }

    /// Marks the last use as not yet stored, after the store refused it.
    pub(super) fn mark_unflushed(&self) {
        self.uses.flushed.store(i64::MIN, Ordering::Relaxed);
    }

    /// Returns the last use if the store does not have it yet, and marks it as stored.
    pub(super) fn take_unflushed(&self) -> Option<Timestamp> {
        let used = self.uses.last.load(Ordering::Relaxed);
        (self.uses.flushed.swap(used, Ordering::Relaxed) != used).then_some(Timestamp::from_millis(used))
    }

    pub(super) fn end(&self) {
        self.ended.cancel();
    }

    /// Whether it is within its limits at `now`.
    pub(crate) fn standing(&self, lifetimes: &Lifetimes, now: Timestamp) -> Standing {
        lifetimes.standing(self.row.created_at, self.last_used(), self.row.expires_at, now)
    }

    /// Marks the row as out of date.
    pub(super) fn outdate(&self) {
        self.outdated.store(true, Ordering::SeqCst);
    }

    /// A reference to its uses, for its entry in the queue of deadlines.
    pub(super) fn uses(&self) -> Weak<Uses> {
        Arc::downgrade(&self.uses)
    }

    /// A token that is cancelled when the session ends.
    pub(super) fn watch(&self) -> CancellationToken {
        self.ended.child_token()
    }
}
