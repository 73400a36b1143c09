//! Sessions that have ended in memory but not yet in the store.

use dashmap::DashMap;
use tokio::sync::Notify;

use crate::domain::identifier::SessionId;
use crate::store::SessionEnd;

/// How many sessions end in one transaction. It takes a few milliseconds, so a sign-in waits no longer for the write
/// lock.
const BATCH: usize = 256;

/// Ended sessions whose rows are still in the store, each with what is written for it.
#[derive(Default)]
pub(super) struct UnwrittenEnds {
    ends: DashMap<SessionId, SessionEnd>,
    added: Notify,
}

impl UnwrittenEnds {
    pub(super) fn contains(&self, id: SessionId) -> bool {
        self.ends.contains_key(&id)
    }

    pub(super) fn add(&self, end: SessionEnd) {
        self.ends.entry(end.session).or_insert(end);
        self.added.notify_one();
    }

    /// The next batch to write.
    pub(super) fn batch(&self) -> Vec<SessionEnd> {
        self.ends.iter().take(BATCH).map(|entry| entry.value().clone()).collect()
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
