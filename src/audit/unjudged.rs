//! Attempts that were counted but never judged.

use crate::audit::event::Event;
use crate::audit::trail::Audit;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::identifier::AccountId;
use crate::domain::request_context::RequestContext;
use crate::store::StoredEvent;

/// Guards the time between counting an attempt and its verdict. A visitor who leaves in between drops the whole
/// request; if a stranger exhausts a counter that way, it has to be visible in the log.
pub(crate) struct UnjudgedAttempt(Option<StoredEvent>);

impl UnjudgedAttempt {
    /// Call it when the attempt was counted.
    pub(crate) fn counted(kind: AttemptKind, context: &RequestContext, account: Option<AccountId>) -> Self {
        Self(Some(Audit::row(&Event::NotJudged { kind }, context, account)))
    }

    /// Call it when there is a verdict, which has its own event.
    pub(crate) fn judged(mut self) {
        self.0 = None;
    }
}

impl Drop for UnjudgedAttempt {
    fn drop(&mut self) {
        if let Some(event) = &self.0 {
            Audit::log(event);
        }
    }
}
