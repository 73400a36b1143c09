//! What is counted and held back when it is tried too often.

use crate::domain::method::CodeMethod;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AttemptKind {
    /// A password.
    Password,
    /// A code sent this way.
    Code(CodeMethod),
}

impl AttemptKind {
    /// The word in counter keys and the audit trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::Code(method) => method.word(),
        }
    }
}
