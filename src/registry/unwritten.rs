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

    /// The first end of a session counts, but a later one may add that its browser is forgotten: the session timed out
    /// while its owner logged out.
    pub(super) fn add(&self, end: SessionEnd) {
        let forgets = end.forgets.clone();
        let mut kept = self.ends.entry(end.session).or_insert(end);
        if kept.forgets.is_none() {
            kept.forgets = forgets;
        }
        drop(kept);
        self.added.notify_one();
    }

    /// The next batch to write.
    pub(super) fn batch(&self) -> Vec<SessionEnd> {
        self.ends.iter().take(BATCH).map(|entry| entry.value().clone()).collect()
    }

    /// Removes an end that the store now has, unless something was added to it meanwhile.
    pub(super) fn remove(&self, written: &SessionEnd) {
        self.ends.remove_if(&written.session, |_, kept| kept.forgets.is_some() == written.forgets.is_some());
    }

    /// Waits until an end is added.
    pub(super) async fn added(&self) {
        self.added.notified().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identifier::{AccountId, DeviceId};
    use crate::platform::clock::Timestamp;
    use crate::store::{ForgottenBrowser, StoredEvent};

    fn event(name: &str) -> StoredEvent {
        let at = Timestamp::from_millis(0);
        StoredEvent { at, name: name.into(), account: None, client: None, request: None, details: "{}".into() }
    }

    fn forgetting(timed_out: &SessionEnd) -> SessionEnd {
        let (account, device) = (AccountId::from_bytes([1; 16]), DeviceId::from_bytes([2; 16]));
        let forgets = Some(ForgottenBrowser { account, device, event: event("browser.forgotten") });
        SessionEnd { forgets, event: event("session.ended"), ..timed_out.clone() }
    }

    #[test]
    fn a_log_out_that_forgets_the_browser_is_not_lost_behind_a_time_out() {
        let (ends, timed_out) =
            (UnwrittenEnds::default(), SessionEnd::of(SessionId::from_bytes([3; 16]), event("session.timed-out")));
        ends.add(timed_out.clone());
        let batch = ends.batch();
        ends.add(forgetting(&timed_out));
        ends.add(timed_out);
        ends.remove(&batch[0]);
        let left = ends.batch();
        assert_eq!(left.len(), 1, "it was added while the time-out was written");
        assert_eq!(left[0].event.name, "session.timed-out", "the session ended once");
        assert_eq!(left[0].forgets.as_ref().map(|forgets| forgets.event.name.as_str()), Some("browser.forgotten"));
        ends.remove(&left[0]);
        assert!(ends.batch().is_empty());
    }
}
