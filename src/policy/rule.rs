//! The rule of a site: which requests it applies to and what it requires.

use std::time::Duration;

use crate::domain::identity::{Group, Identity};
use crate::domain::username::Username;
use crate::policy::selection::Selection;

/// What a rule requires to let a request pass (`require`), from mildest to strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Requirement {
    /// Everybody passes, signed in or not.
    Nothing,
    /// A password.
    OneFactor,
    /// A password and a second factor.
    TwoFactor,
    /// Nobody passes.
    Deny,
}

/// A kind of proof that a rule accepts (`credentials`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// The session cookie.
    Session,
    /// An access token, as `Authorization: Bearer`.
    Token,
    /// User name and password, as `Authorization: Basic`.
    Basic,
}

#[derive(Debug, Clone)]
pub struct Rule {
    /// The requests that it applies to.
    pub selection: Selection,
    /// The requirement.
    pub require: Requirement,
    /// Maximum age of the last factor; `None`: any age within the session's lifetime.
    pub fresh_within: Option<Duration>,
    /// The accounts that it lets pass.
    pub people: People,
    /// The kinds of credentials that it accepts.
    pub credentials: Vec<Credential>,
}

/// The accounts that a rule lets pass (`groups`, `accounts`): those in one of the groups and those named. If both lists
/// are empty, every account passes.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// Members of these groups pass.
    pub groups: Vec<Group>,
    /// These accounts pass.
    pub accounts: Vec<Username>,
}

impl Default for Rule {
    /// The rule that applies if no other matches: two factors of any account.
    fn default() -> Self {
        Self {
            selection: Selection::default(),
            require: Requirement::TwoFactor,
            fresh_within: None,
            people: People::default(),
            credentials: vec![Credential::Session],
        }
    }
}

impl Requirement {
    /// All requirements, the mildest first.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::OneFactor, Self::TwoFactor, Self::Deny];

    /// The value in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::OneFactor => "one_factor",
            Self::TwoFactor => "two_factor",
            Self::Deny => "deny",
        }
    }

    /// Whether the rule requires a principal.
    pub const fn asks(self) -> bool {
        matches!(self, Self::OneFactor | Self::TwoFactor)
    }
}

impl Credential {
    /// All credentials, the most common first.
    pub const ALL: [Self; 3] = [Self::Session, Self::Token, Self::Basic];

    /// The value in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::Basic => "basic",
        }
    }
}

impl People {
    /// Whether this account may pass.
    pub fn include(&self, identity: &Identity) -> bool {
        let everybody = self.groups.is_empty() && self.accounts.is_empty();
        everybody
            || self.accounts.contains(&identity.username)
            || self.groups.iter().any(|group| identity.groups.contains(group))
    }
}
