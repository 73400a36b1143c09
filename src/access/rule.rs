//! What a rule asks of whoever wants to pass.

use std::time::Duration;

/// How sure a rule wants to be of who is there (`require`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// Nobody is asked.
    Nothing,
    /// A password.
    OneFactor,
    /// A password and a second factor.
    TwoFactor,
    /// Nobody passes.
    Deny,
}

/// What may be shown instead of a session (`credentials`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The session cookie.
    Session,
    /// An access token, as `Authorization: Bearer`.
    Token,
    /// User name and password, as `Authorization: Basic`.
    Basic,
}

/// One rule of a site.
#[derive(Debug, Clone)]
pub struct Rule {
    /// How sure it wants to be.
    pub require: Requirement,
    /// How old the factor may be.
    pub fresh_within: Option<Duration>,
    /// What it takes.
    pub credentials: Vec<Credential>,
}

impl Default for Rule {
    /// What holds where no rule matches: two factors of any account.
    fn default() -> Self {
        Self { require: Requirement::TwoFactor, fresh_within: None, credentials: vec![Credential::Session] }
    }
}
