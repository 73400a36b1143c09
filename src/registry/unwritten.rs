//! Sessions that have ended in memory but not yet in the store.

use dashmap::DashMap;
use tokio::sync::Notify;

use crate::domain::identifier::SessionId;
use crate::store::StoredEvent;

/// How many sessions end in one transaction. It takes a few milliseconds, so a sign-in waits no longer for the write
/// lock.
const BATCH: usize = 256;

/// Ended sessions whose rows are still in the store, each with its audit event.
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

    /// The next batch to write.
    pub(super) fn batch(&self) -> Vec<(SessionId, StoredEvent)> {
        self.ends.iter().take(BATCH).map(|entry| (*entry.key(), entry.value().clone())).collect()
    }

    /// Removes an end that the store now has.
    pub(super) fn remove(&self, id: SessionId) {
        self.ends.remove(&id);
    }

    /// Waits until an end is added.
    pub(super) async fn added(&self) {
        self.added.notified().await;
    }
}
