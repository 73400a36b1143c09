//! The account as the protected site sees it.

use std::fmt;
use std::str::FromStr;

use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;

/// The identity sent to the protected site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account.
    pub account: AccountId,
    /// User name, sent as `Remote-User`.
    pub username: Username,
    /// Display name, sent as `Remote-Name`.
    pub name: Option<DisplayName>,
    /// E-mail address, sent as `Remote-Email`.
    pub email: Option<EmailAddress>,
    /// Groups, sent as `Remote-Groups`.
    pub groups: Vec<Group>,
}

impl Identity {
    /// The name that a page shows: the display name, or the user name if there is none.
    pub(crate) fn shown_name(&self) -> String {
        self.name.as_ref().map_or_else(|| self.username.to_string(), |name| name.as_str().to_owned())
    }
}

/// A person's display name: 1 to 100 characters, no control characters, so that it fits a header and a log line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisplayName(String);

/// A group's name: 1 to 64 characters without comma (the separator of `Remote-Groups`), blanks or controls.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Group(String);

/// The text is not a display name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to 100 characters and no control characters")]
pub struct NotADisplayName;

/// The text is not a group name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a group has 1 to 64 characters and no comma, blank or control character")]
pub struct NotAGroup;

impl DisplayName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = NotADisplayName;

    fn from_str(text: &str) -> Result<Self, NotADisplayName> {
        let name = text.trim();
        let whole = (1..=100).contains(&name.chars().count()) && !name.chars().any(char::is_control);
        if whole { Ok(Self(name.to_owned())) } else { Err(NotADisplayName) }
    }
}

impl Group {
    /// The group's name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Group {
    type Err = NotAGroup;

    fn from_str(text: &str) -> Result<Self, NotAGroup> {
        let whole = (1..=64).contains(&text.chars().count())
            && !text.chars().any(|c| c == ',' || c.is_whitespace() || c.is_control());
        if whole { Ok(Self(text.to_owned())) } else { Err(NotAGroup) }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
