//! What is counted and throttled when it is tried too often.

use crate::domain::method::CodeMethod;

/// The credential that is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttemptKind {
    /// A password.
    Password,
    /// A code sent by this method.
    Code(CodeMethod),
}

impl AttemptKind {
    /// The name in counter keys and the audit trail.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code(method) => method.word(),
        }
    }
}
