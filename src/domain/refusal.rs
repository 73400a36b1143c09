//! Why a request may not pass.

/// The closed list of reasons. The visitor never reads them; the log and the audit trail do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// No session cookie came.
    NoSession,
    /// A cookie came that we did not sign, signed for another host, or that came twice.
    ForeignCookie,
    /// The session ended: logged out, revoked, or never seen.
    SessionEnded,
    /// The session was not used for longer than `session.idle`.
    SessionIdle,
    /// The session is older than `session.lifetime`.
    SessionExpired,
    /// The account is disabled or removed.
    AccountDisabled,
    /// Only the password was given, and the site asks for two factors.
    NotEnoughFactors,
}

impl Refusal {
    /// The word in logs and the audit trail.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoSession => "no-session",
            Self::ForeignCookie => "foreign-cookie",
            Self::SessionEnded => "session-ended",
            Self::SessionIdle => "session-idle",
            Self::SessionExpired => "session-expired",
            Self::AccountDisabled => "account-disabled",
            Self::NotEnoughFactors => "not-enough-factors",
        }
    }
}
