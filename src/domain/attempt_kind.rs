//! What is counted and throttled when it is tried too often.

use crate::domain::factor_kind::FactorKind;

/// The credential that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttemptKind {
    /// A password.
    Password,
    /// A second factor of this kind.
    Factor(FactorKind),
}

impl AttemptKind {
    /// The name in counter keys and the audit trail.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Factor(kind) => kind.word(),
        }
    }
}
