//! How sure we are of the person's identity (NIST SP 800-63B: authentication assurance level).

/// The factors that opened a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// One factor: the password.
    OneFactor,
    /// Two factors: the password and a second factor.
    TwoFactor,
}

impl Assurance {
    /// The number kept in the store: 1 or 2.
    pub const fn number(self) -> i64 {
        match self {
            Self::OneFactor => 1,
            Self::TwoFactor => 2,
        }
    }

    /// Parses the stored number; an unknown number yields `None`, never the higher level.
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            1 => Some(Self::OneFactor),
            2 => Some(Self::TwoFactor),
            _ => None,
        }
    }
}
