//! What a person chooses on the code page and on the account page.

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
pub(crate) struct TypedCode<'a> {
    pub code: &'a str,
    pub choice: RememberChoice,
}
