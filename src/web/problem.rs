//! The only error that a handler returns: it says who is at fault, and nothing that a stranger should not read.

use std::time::Duration;

use http::StatusCode;

use crate::authn::AuthnUnavailable;
use crate::domain::forgery_reason::ForgeryReason;
use crate::login::LoginError;
use crate::platform::random::EntropyUnavailable;
use crate::policy::BudgetExceeded;

/// Why a request is not answered as asked. Its `Display` is for the log; pages have words of their own.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    /// The request is malformed: what exactly, in one sentence.
    #[error("bad request: {0}")]
    BadRequest(&'static str),
    /// A form came from another site, without its token or too late.
    #[error("forged or stale form: {0}")]
    Forgery(ForgeryReason),
    /// There is no such page below our own prefix.
    #[error("no such page")]
    NotFound,
    /// The method is not one of these.
    #[error("method not allowed; allowed: {0}")]
    MethodNotAllowed(&'static str),
    /// The path is longer than this many bytes.
    #[error("path over {0} bytes")]
    PathTooLong(usize),
    /// The body is larger than this many bytes.
    #[error("body over {0} bytes")]
    TooLarge(usize),
    /// The head of the request is over a limit: which, in one sentence.
    #[error("head too large: {0}")]
    HeadTooLarge(&'static str),
    /// The body is of a type we do not read.
    #[error("unsupported media type: {0}")]
    UnsupportedMediaType(&'static str),
    /// No site is configured for the host.
    #[error("no site is configured for this host")]
    UnknownSite,
    /// The site must be reached over https.
    #[error("plain http is refused for this host; use https, or set server.insecure_http = true")]
    PlainHttp,
    /// Somebody is signed in who may not do this.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// Held back for this long.
    #[error("held back for {} s", .0.as_secs())]
    TooMany(Duration),
    /// The protected site cannot be reached or answers nonsense.
    #[error("the protected site cannot be reached: {0}")]
    UpstreamUnreachable(String),
    /// The protected site did not answer in time.
    #[error("the protected site did not answer in time")]
    UpstreamTimeout,
    /// Something of ours that passes: store, feed, hashing queue.
    #[error("not available: {0}")]
    Unavailable(String),
    /// A mistake of ours.
    #[error("internal: {0}")]
    Internal(String),
}

impl Problem {
    /// The status of the answer.
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::BadRequest(_) | Self::PlainHttp => StatusCode::BAD_REQUEST,
            Self::Forgery(_) | Self::Forbidden(_) => StatusCode::FORBIDDEN,
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
