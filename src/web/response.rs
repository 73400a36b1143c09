//! An answer on its way out, and what `server/receive` must know of it.

use http::Response;

use crate::domain::identifier::AccountId;
use crate::domain::origin::Origin;
use crate::policy::{Permit, RuleId};
use crate::upstream::AnswerBody;

/// An answer, and what the log says about it.
pub(crate) struct Answer {
    /// The answer.
    pub response: Response<AnswerBody>,
    /// Whose it is.
    pub author: Author,
    /// Who passed.
    pub account: Option<AccountId>,
    /// The rule that let the request pass, or asked for a sign-in. One that denies is in the event `access.refused`.
    pub rule: Option<RuleId>,
}

/// An extension of an answer with a form: the origin that the form's redirect leads to, for `form-action` (a browser
/// applies it to the redirect after a POST as well).
#[derive(Debug, Clone)]
pub(crate) struct FormReturn(pub Origin);

/// Whose words an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    /// The gateway: it bears our security headers.
    Us,
    /// The protected site: its own headers alone.
    Site,
    /// The gateway, to another proxy that reads the status and the identity headers and throws the rest away.
    Decision,
}

impl Answer {
    /// An answer of ours.
    pub(crate) const fn ours(response: Response<AnswerBody>) -> Self {
        Self { response, author: Author::Us, account: None, rule: None }
    }

    /// The answer to a request that was permitted.
    pub(crate) fn passed(response: Response<AnswerBody>, author: Author, permit: &Permit) -> Self {
        let account = permit.identity().map(|identity| identity.account);
        Self { response, author, account, rule: Some(permit.rule()) }
    }
}
