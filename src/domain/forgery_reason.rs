//! Why a form or a WebSocket is treated as sent by another site's page.

use std::fmt;

/// The closed list of reasons. They appear in the log and the audit trail, never on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ForgeryReason {
    /// `Sec-Fetch-Site` names another site.
    FetchSite,
    /// `Sec-Fetch-Mode` or `Sec-Fetch-Dest`: a script or a frame asked for a page that only a person opens.
    FetchMode,
    /// `Origin` is another origin.
    Origin,
    /// There are two `Origin` headers.
    TwoOrigins,
    /// Both headers are missing.
    NoOrigin,
    /// The hidden form token does not belong to the sign-in or session of this browser.
    FormToken,
    /// A sign-in form without the sign-in cookie.
    NoSignInCookie,
    /// The token of a hand-over does not belong to this browser.
    HandOver,
    /// A page of another site asked for a WebSocket.
    WebSocket,
}

impl ForgeryReason {
    /// All reasons.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 9] = [
        Self::FetchSite,
        Self::FetchMode,
        Self::Origin,
        Self::TwoOrigins,
        Self::NoOrigin,
        Self::FormToken,
        Self::NoSignInCookie,
        Self::HandOver,
        Self::WebSocket,
    ];

    /// The text in logs and the audit trail.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::FetchSite => "it was sent from another site (Sec-Fetch-Site)",
            Self::FetchMode => "a script or a frame asked for it (Sec-Fetch-Mode, Sec-Fetch-Dest)",
            Self::Origin => "it was sent from another site (Origin)",
            Self::TwoOrigins => "it has two Origin headers",
            Self::NoOrigin => "it has neither Sec-Fetch-Site nor Origin",
            Self::FormToken => "the form token is missing, expired or from another browser",
            Self::NoSignInCookie => "it came without a sign-in cookie",
            Self::HandOver => "the sign-in started in another browser, or its token is used or expired",
            Self::WebSocket => "a page of another site opened the WebSocket (Origin)",
        }
    }
}

impl fmt::Display for ForgeryReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text())
    }
}
