//! Ends sessions: in memory at once, in the store as soon as it can be written.
//!
//! Revocation fails closed. A session that ended here stays ended for the life of this process, even if the store
//! fails, and its row is deleted once the store can be written again.

use tracing::error;

use crate::audit::{Audit, Cause, Event};
use crate::domain::identifier::SessionId;
use crate::platform::clock::Timestamp;
use crate::platform::telemetry::GATEWAY;
use crate::registry::deadlines::Deadline;
use crate::registry::live::Registry;
use crate::registry::session::LiveSession;
use crate::session::lifetimes::{Limit, Standing};
use crate::store::{SessionEnd, StoreError};

/// How many due sessions are checked before other tasks get a turn.
const SLICE: usize = 1024;

impl Registry {
    /// Ends a session in memory when the store could not be written. The store is updated as soon as possible.
    pub(crate) fn end_unwritten(&self, end: SessionEnd) {
        let id = end.session;
        // Added before the end is counted: a reader that loads the row after that finds the session here.
        self.unwritten.add(end);
        self.end_session(id);
    }

    /// Ends a session that is past a limit. The end is final, so that the session does not return if the clock is set
    /// back.
    pub(crate) fn time_out(&self, live: &LiveSession, limit: Limit) {
        let row = live.row();
        let event = Event::SessionTimedOut { session: row.id, limit };
        let event = Audit::row(&event, Cause::Expiry(self.clock.now()), Some(row.account));
        self.end_unwritten(SessionEnd::of(row.id, event));
    }

    /// Waits until there are sessions to end in the store.
    pub(super) async fn wait_for_unwritten_ends(&self) {
        self.unwritten.added().await;
    }

    /// Ends sessions and tokens past their limits in memory. That frees them and closes their tunnels, which would
    /// otherwise stay open because no further request is judged.
    pub(super) async fn expire(&self) {
        let now = self.clock.now();
        self.tokens.end_overdue(now);
        if self.set_back(now) {
            for due in self.deadlines.take_all() {
                self.look_at(&due, now);
            }
        }
        loop {
            let due = self.deadlines.take_due(now, SLICE);
            if due.is_empty() {
                return;
            }
            for due in due {
                self.look_at(&due, now);
            }
            tokio::task::yield_now().await;
        }
    }

    /// Ends the session if it is past a limit, or queues it for its next limit.
    fn look_at(&self, due: &Deadline, now: Timestamp) {
        let Some(live) = self.sessions.get(&due.session).map(|live| std::sync::Arc::clone(&live)) else { return };
        if !live.is_of(&due.uses) {
            return;
        }
        match live.standing(&self.lifetimes, now) {
            Standing::Live => self.queue(&live),
            Standing::Over(limit) => self.time_out(&live, limit),
        }
    }

    /// Ends in the store what ended in memory, batch by batch. Batches that the store refuses are tried again later.
    pub(super) async fn write_ends(&self) -> Result<(), StoreError> {
        loop {
            let batch = self.unwritten.batch();
            if batch.is_empty() {
                return Ok(());
            }
            let ended = self.store.end_sessions(&batch).await?;
            for (end, ended) in batch.iter().zip(ended) {
                end.stored(ended).for_each(Audit::log);
                self.unwritten.remove(end);
            }
        }
    }

    /// Logs that a session has ended in memory only.
    pub(crate) fn report_unwritten(id: SessionId, failure: &StoreError) {
        error!(
            target: GATEWAY,
            session = id.short(),
            %failure,
            "a log-out could not be written to the store: the session has ended in this process and is ended in the store \
             as soon as it can be written; a restart before that brings it back"
        );
    }
}
