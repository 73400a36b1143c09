//! What a person chooses on the code page and on the account page.

use crate::domain::factor_kind::FactorKind;

/// Whether the person asked to be remembered in this browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RememberChoice {
    Remember,
    AskAgain,
}

/// Which browsers the person wants to be forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Forgetting {
    /// The one in which their session began.
    This,
    All,
}

/// What the form of the code page says.
#[derive(Clone, Copy)]
pub(crate) struct SubmittedFactor<'a> {
    /// Of which factor; `None`: the code that was sent.
    pub kind: Option<FactorKind>,
    /// The code that was typed, or what the browser says for a passkey.
    pub shown: &'a str,
    pub choice: RememberChoice,
}
