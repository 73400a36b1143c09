//! What happens to accounts and access tokens.

use crate::audit::name::EventName;

/// What happened to an access token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenChange {
    /// It was created.
    Created,
    /// It was revoked.
    Revoked,
}

/// A part of an account that an operator can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountField {
    /// The user name.
    Username,
    /// The display name.
    Name,
    /// The e-mail address.
    Email,
    /// The mailbox for codes.
    CodeEmail,
    /// The telephone number.
    Phone,
    /// The groups.
    Groups,
    /// How codes are sent unless the person chooses otherwise.
    Method,
}

/// What happened to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AccountChange {
    /// It was added.
    Added,
    /// It was disabled.
    Disabled,
    /// It was enabled.
    Enabled,
    /// It was removed.
    Removed,
    /// Its failure counters were cleared.
    Restored,
    /// Its password was replaced.
    PasswordChanged,
}

impl TokenChange {
    pub(super) const fn name(self) -> EventName {
        match self {
            Self::Created => EventName::TokenCreated,
            Self::Revoked => EventName::TokenRevoked,
        }
    }
}

impl AccountField {
    /// The word in the trail and on the command line.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Username => "username",
            Self::Name => "name",
            Self::Email => "email",
            Self::CodeEmail => "code_email",
            Self::Phone => "phone",
            Self::Groups => "groups",
            Self::Method => "method",
        }
    }
}

impl AccountChange {
    pub(super) const fn name(self) -> EventName {
        match self {
            Self::Added => EventName::AccountAdded,
            Self::Disabled => EventName::AccountDisabled,
            Self::Enabled => EventName::AccountEnabled,
            Self::Removed => EventName::AccountRemoved,
            Self::Restored => EventName::AccountRestored,
            Self::PasswordChanged => EventName::PasswordChanged,
        }
    }
}
