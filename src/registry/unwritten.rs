//! Ends of sessions that the store does not know yet.

use dashmap::DashMap;
use tokio::sync::Notify;

use crate::domain::identifier::SessionId;
use crate::store::StoredEvent;

/// How many sessions end in one transaction: a few milliseconds, so that a sign-in waits no longer for the write lock.
const BATCH: usize = 256;

/// Ended sessions whose rows the store still has, each with the event that tells of it.
#[derive(Default)]
pub(super) struct UnwrittenEnds {
    ends: DashMap<SessionId, StoredEvent>,
    added: Notify,
}

impl UnwrittenEnds {
    pub(super) fn contains(&self, id: SessionId) -> bool {
        self.ends.contains_key(&id)
    }

    pub(super) fn add(&self, id: SessionId, event: StoredEvent) {
        self.ends.entry(id).or_insert(event);
        self.added.notify_one();
    }

    /// The next ones to be written.
    pub(super) fn batch(&self) -> Vec<(SessionId, StoredEvent)> {
        self.ends.iter().take(BATCH).map(|entry| (*entry.key(), entry.value().clone())).collect()
    }

    /// The store knows of this end now.
    pub(super) fn remove(&self, id: SessionId) {
        self.ends.remove(&id);
    }

    /// Returns when one was added.
    pub(super) async fn added(&self) {
        self.added.notified().await;
    }
}
