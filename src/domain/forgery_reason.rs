//! Why a form or a WebSocket may come from somebody else's page.

use std::fmt;

/// The closed list of reasons. The visitor never reads them; the log and the audit trail do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ForgeryReason {
    /// `Sec-Fetch-Site` names another site.
    FetchSite,
    /// `Origin` is another origin.
    Origin,
    /// `Origin` came twice.
    TwoOrigins,
    /// Neither header came.
    NoOrigin,
    /// The hidden form token does not belong to the sign-in or session of this browser.
    FormToken,
    /// A form of the sign-in came without the sign-in's cookie.
    NoSignInCookie,
    /// The token of a hand-over does not belong to this browser.
    HandOver,
    /// A page of another site asked for a WebSocket.
    WebSocket,
}

impl ForgeryReason {
    /// All reasons.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 8] = [
        Self::FetchSite,
        Self::Origin,
        Self::TwoOrigins,
        Self::NoOrigin,
        Self::FormToken,
        Self::NoSignInCookie,
        Self::HandOver,
        Self::WebSocket,
    ];

    /// The words in logs and the audit trail.
    pub const fn text(self) -> &'static str {
        match self {
            Self::FetchSite => "it was sent from another site (Sec-Fetch-Site)",
            Self::Origin => "it was sent from another site (Origin)",
            Self::TwoOrigins => "it has two Origin headers",
            Self::NoOrigin => "it has neither Sec-Fetch-Site nor Origin",
            Self::FormToken => "the form token is missing, expired or of another browser",
            Self::NoSignInCookie => "it came without a sign-in cookie",
            Self::HandOver => "the sign-in was begun in another browser, or its token is spent or too old",
            Self::WebSocket => "a WebSocket was asked for by a page of another site (Origin)",
        }
    }
}

impl fmt::Display for ForgeryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
