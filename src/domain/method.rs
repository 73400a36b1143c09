//! The methods that deliver a one-time code to a person.

use std::fmt;
use std::str::FromStr;

/// How a code is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeMethod {
    /// A text message to the account's telephone number.
    Sms,
    /// A mail to the account's address. Offered, but not a strong factor.
    Email,
}

/// The text does not name a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a method is `sms` or `email`")]
pub struct UnknownMethod;

impl CodeMethod {
    /// All methods, the default first.
    pub const ALL: [Self; 2] = [Self::Sms, Self::Email];

    /// The name in forms, the store, the log and the CPaaS API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sms => "sms",
            Self::Email => "email",
        }
    }
}

impl fmt::Display for CodeMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for CodeMethod {
    type Err = UnknownMethod;

    fn from_str(text: &str) -> Result<Self, UnknownMethod> {
        Self::ALL.into_iter().find(|method| method.word() == text).ok_or(UnknownMethod)
    }
}
