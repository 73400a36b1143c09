//! Why a request may not pass.

/// The closed list of reasons. They appear in the log and the audit trail, never on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum DenialReason {
    /// The request has no session cookie.
    NoSession,
    /// The cookie is not signed by us, is signed for another host, or is there twice.
    ForeignCookie,
    /// The session ended: logged out, revoked, or unknown.
    SessionEnded,
    /// The session was not used for longer than `session.idle`.
    SessionIdle,
    /// The session is older than `session.lifetime`.
    SessionExpired,
    /// The account is disabled or removed.
    AccountDisabled,
    /// The session has only the password factor, and the site requires two factors.
    NotEnoughFactors,
    /// The last factor is older than the rule's `fresh_within`.
    NotFresh,
    /// The account is not listed in the rule's accounts and is in none of its groups.
    NotAllowed,
    /// The rule denies everybody.
    Denied,
    /// The access token is unknown, revoked, expired or for another site.
    ForeignToken,
    /// User name and password are wrong, throttled, or too short for a rule of one factor.
    WrongPassword,
}

/// What the visitor can do about a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Remedy {
    /// Sign in.
    SignIn,
    /// Give the second factor again, in the existing session.
    StepUp,
    /// Nothing: the request stays refused whoever signs in.
    Nothing,
}

impl DenialReason {
    /// The name in logs and the audit trail.
    pub(crate) const fn word(self) -> &'static str {
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
    pub(crate) const fn remedy(self) -> Remedy {
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
