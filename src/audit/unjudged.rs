//! Attempts that were counted and never judged.

use crate::audit::event::Event;
use crate::audit::trail::Audit;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::identifier::AccountId;
use crate::domain::request_context::RequestContext;
use crate::store::StoredEvent;

/// Stands between counting an attempt and its verdict. A visitor who leaves in between drops the whole request, and a
/// counter that a stranger drives to its end that way must not move unseen.
pub(crate) struct UnjudgedAttempt(Option<StoredEvent>);

impl UnjudgedAttempt {
    /// The attempt is counted.
    pub(crate) fn counted(kind: AttemptKind, context: &RequestContext, account: Option<AccountId>) -> Self {
        Self(Some(Audit::row(&Event::NotJudged { kind }, context, account)))
    }

    /// There is a verdict, which is audited as such.
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
