//! Why a request may not pass.

/// The closed list of reasons. The visitor never reads them; the log and the audit trail do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DenialReason {
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
    /// The factor was given longer ago than the rule's `fresh_within`.
    NotFresh,
    /// The account is none of the rule's accounts and in none of its groups.
    NotAllowed,
    /// The rule lets nobody pass.
    Denied,
    /// An access token came that was never made, was revoked, has expired or is for another site.
    ForeignToken,
    /// User name and password came, and they are wrong, too short to stand alone, or held back.
    WrongPassword,
}

/// What the visitor can do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Remedy {
    /// Sign in.
    SignIn,
    /// Give the factor again, in the session that is there.
    StepUp,
    /// Nothing: it stays refused whoever he proves to be.
    Nothing,
}

impl DenialReason {
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
            Self::NotFresh => "not-fresh",
            Self::NotAllowed => "not-allowed",
            Self::Denied => "denied",
            Self::ForeignToken => "foreign-token",
            Self::WrongPassword => "wrong-password",
        }
    }

    /// What the visitor can do about it.
    pub const fn remedy(self) -> Remedy {
        match self {
            Self::NoSession
            | Self::ForeignCookie
            | Self::SessionEnded
            | Self::SessionIdle
            | Self::SessionExpired
            | Self::AccountDisabled
            | Self::ForeignToken
            | Self::WrongPassword => Remedy::SignIn,
            Self::NotEnoughFactors | Self::NotFresh => Remedy::StepUp,
            Self::NotAllowed | Self::Denied => Remedy::Nothing,
        }
    }
}
