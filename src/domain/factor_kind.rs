//! The kinds of second factors.

use std::fmt;
use std::str::FromStr;

use crate::domain::method::CodeMethod;

/// A second factor: a code that was sent, or something that the person holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FactorKind {
    /// A code in a text message.
    Sms,
    /// A code in a mail.
    Email,
    /// A code of an authenticator app (RFC 6238).
    Totp,
    /// A passkey or security key (WebAuthn).
    Passkey,
    /// One of the codes that were printed for the day when everything else is lost.
    RecoveryCode,
}

/// The text names no kind of factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a second factor is `sms`, `email`, `totp`, `passkey` or `recovery`")]
pub struct UnknownFactor;

impl FactorKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [Self::Sms, Self::Email, Self::Totp, Self::Passkey, Self::RecoveryCode];

    /// The name in forms, the store, the log and the audit trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sms => CodeMethod::Sms.word(),
            Self::Email => CodeMethod::Email.word(),
            Self::Totp => "totp",
            Self::Passkey => "passkey",
            Self::RecoveryCode => "recovery",
        }
    }

    /// How the code is sent; `None` for a factor that the person holds.
    pub const fn sent_by(self) -> Option<CodeMethod> {
        match self {
            Self::Sms => Some(CodeMethod::Sms),
            Self::Email => Some(CodeMethod::Email),
            Self::Totp | Self::Passkey | Self::RecoveryCode => None,
        }
    }
}

impl From<CodeMethod> for FactorKind {
    fn from(method: CodeMethod) -> Self {
        match method {
            CodeMethod::Sms => Self::Sms,
            CodeMethod::Email => Self::Email,
        }
    }
}

impl fmt::Display for FactorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for FactorKind {
    type Err = UnknownFactor;

    fn from_str(text: &str) -> Result<Self, UnknownFactor> {
        Self::ALL.into_iter().find(|kind| kind.word() == text).ok_or(UnknownFactor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_read_back_from_its_word_and_a_sent_code_is_the_factor_of_its_method() {
        for kind in FactorKind::ALL {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        for method in CodeMethod::ALL {
            assert_eq!(FactorKind::from(method).sent_by(), Some(method));
        }
        assert_eq!("push".parse::<FactorKind>(), Err(UnknownFactor));
    }
}
