//! The only error that a handler returns. Its pages say what kind of error it is, and nothing that a stranger must not
//! read.

use std::time::Duration;

use http::StatusCode;

use crate::account::FactorChangeError;
use crate::authn::AuthnUnavailable;
use crate::domain::forgery_reason::ForgeryReason;
use crate::login::LoginError;
use crate::platform::random::EntropyUnavailable;
use crate::policy::BudgetExceeded;

/// Why a request fails. `Display` is for the log; pages have their own texts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// The request is malformed. The text says how, in one sentence, and is shown to the visitor.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// A form, hand-over or WebSocket that comes from another site, has no valid token or is too old.
    #[error("forged or stale form: {0}")]
    Forgery(ForgeryReason),
    /// No page below our own prefix has this path.
    #[error("no such page")]
    NotFound,
    /// The method is not supported here. Holds the value of `Allow`.
    #[error("method not allowed; allowed: {0}")]
    MethodNotAllowed(&'static str),
    /// The path is longer than this, in bytes.
    #[error("path over {0} bytes")]
    PathTooLong(usize),
    /// The body is larger than this, in bytes.
    #[error("body over {0} bytes")]
    TooLarge(usize),
    /// The head of the request is over a limit. The text says which.
    #[error("head too large: {0}")]
    HeadTooLarge(&'static str),
    /// The body has a type that we do not read.
    #[error("unsupported media type: {0}")]
    UnsupportedMediaType(&'static str),
    /// No site is configured for the host.
    #[error("no site is configured for this host")]
    UnknownSite,
    /// The site must be reached over https.
    #[error("plain http is refused for this host; use https, or set server.insecure_http = true")]
    PlainHttp,
    /// The principal is known but may not do this.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// A signed-in person may not do this. Holds the name that the page shows.
    #[error("the account has no access")]
    NoAccess(String),
    /// Throttled for this long.
    #[error("held back for {} s", .0.as_secs())]
    TooMany(Duration),
    /// The protected site cannot be reached or its response is invalid.
    #[error("the protected site cannot be reached: {0}")]
    UpstreamUnreachable(String),
    /// The protected site did not answer in time.
    #[error("the protected site did not answer in time")]
    UpstreamTimeout,
    /// A temporary failure of the gateway: store, change feed, hashing queue.
    #[error("not available: {0}")]
    Unavailable(String),
    /// The same hand-over again and again: the site does not see the session that it was given.
    #[error("the sign-in of this host keeps starting over: its cookie does not come back")]
    Loop,
    /// A bug in the gateway.
    #[error("internal: {0}")]
    Internal(String),
}

impl Problem {
    /// The status of the response.
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::PlainHttp | Self::Loop => StatusCode::BAD_REQUEST,
            Self::Forgery(_) | Self::Forbidden(_) | Self::NoAccess(_) => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Self::PathTooLong(_) => StatusCode::URI_TOO_LONG,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::HeadTooLarge(_) => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::UnsupportedMediaType(_) => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::UnknownSite => StatusCode::MISDIRECTED_REQUEST,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::UpstreamUnreachable(_) => StatusCode::BAD_GATEWAY,
            Self::UpstreamTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl From<BudgetExceeded> for Problem {
    fn from(_: BudgetExceeded) -> Self {
        Self::BadRequest("the path is too long for the rules of this site")
    }
}

impl From<FactorChangeError> for Problem {
    fn from(error: FactorChangeError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<LoginError> for Problem {
    fn from(error: LoginError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<AuthnUnavailable> for Problem {
    fn from(error: AuthnUnavailable) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<EntropyUnavailable> for Problem {
    fn from(error: EntropyUnavailable) -> Self {
        Self::Unavailable(error.to_string())
    }
}
