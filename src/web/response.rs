//! A response on its way out, with what `server/receive` needs to know about it.

use http::Response;

use crate::domain::identifier::AccountId;
use crate::domain::origin::Origin;
use crate::policy::{Permit, RuleId};
use crate::upstream::AnswerBody;

/// A response and its entries in the access log.
pub(crate) struct Answer {
    pub response: Response<AnswerBody>,
    /// Decides which headers `server/receive` adds.
    pub author: Author,
    /// The account of a permitted request; `None` if there is none.
    pub account: Option<AccountId>,
    /// The rule that permitted the request or required a sign-in. A rule that denies is logged in the event
    /// `access.refused`.
    pub rule: Option<RuleId>,
}

/// A response extension of pages with a form: the origin that the form redirects to, for `form-action` (a browser
/// applies it to the redirect after a POST as well).
#[derive(Debug, Clone)]
pub(crate) struct FormReturn(pub Origin);

/// A response extension: which pages may show this one in a frame. Without it none may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Framing {
    /// Any page. Only for a page that asks for nothing and changes nothing.
    Anywhere,
}

/// Who wrote a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Author {
    /// The gateway: our security headers are added.
    Us,
    /// The protected site: its own headers only.
    Site,
    /// The gateway, for another proxy that reads the status and the identity headers and discards the rest.
    Decision,
}

impl Answer {
    /// A response of the gateway itself.
    pub(crate) const fn ours(response: Response<AnswerBody>) -> Self {
        Self { response, author: Author::Us, account: None, rule: None }
    }

    /// The response to a permitted request.
    pub(crate) fn passed(response: Response<AnswerBody>, author: Author, permit: &Permit) -> Self {
        let account = permit.identity().map(|identity| identity.account);
        Self { response, author, account, rule: Some(permit.rule()) }
    }
}
