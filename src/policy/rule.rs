//! What a rule asks of whoever wants to pass.

use std::time::Duration;

use crate::domain::identity::{Group, Identity};
use crate::domain::username::Username;
use crate::policy::selection::Selection;

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

/// What may be shown to prove who is there (`credentials`).
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
    /// Which requests it is about.
    pub selection: Selection,
    /// How sure it wants to be.
    pub require: Requirement,
    /// How old the factor may be.
    pub fresh_within: Option<Duration>,
    /// Whom it lets pass.
    pub people: People,
    /// What it takes.
    pub credentials: Vec<Credential>,
}

/// Whom a rule lets pass (`groups`, `accounts`): whoever is in one of the groups or is one of the accounts; everybody
/// with an account where neither is named.
#[derive(Debug, Clone, Default)]
pub struct People {
    /// The groups.
    pub groups: Vec<Group>,
    /// The accounts.
    pub accounts: Vec<Username>,
}

impl Default for Rule {
    /// What holds where no rule matches: two factors of any account.
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
    /// Every one, the mildest first.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::OneFactor, Self::TwoFactor, Self::Deny];

    /// The word in the configuration.
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
    /// Every one, the usual one first.
    pub const ALL: [Self; 3] = [Self::Session, Self::Token, Self::Basic];

    /// The word in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Token => "token",
            Self::Basic => "basic",
        }
    }
}

impl People {
    /// Whether this account is one of them.
    pub fn include(&self, identity: &Identity) -> bool {
        let everybody = self.groups.is_empty() && self.accounts.is_empty();
        everybody
            || self.accounts.contains(&identity.username)
            || self.groups.iter().any(|group| identity.groups.contains(group))
    }
}
