//! Why a site gave no answer.

use std::error::Error;

use crate::upstream::connection::SendError;
use crate::upstream::site_tls::SiteTlsError;
use crate::upstream::visitor_body::BodyError;

/// Why a site gave no answer. Addresses and causes are for the log and never shown to visitors.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No address of the site accepted a connection: 502.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// The connection stood, but TLS on it failed: 502.
    #[error("no connection: {0}")]
    Handshake(String),
    /// Connecting or answering took too long: 504.
    #[error("no answer in time")]
    TimedOut,
    /// The answer is not valid HTTP, or is ambiguous: 502.
    #[error("invalid answer: {0}")]
    InvalidAnswer(String),
    /// The visitor's own request broke off: 400, if the visitor is still connected.
    #[error("the request broke off: {0}")]
    Visitor(String),
    /// The permitted target cannot be sent in an HTTP request: 400.
    #[error("the request target cannot be sent")]
    Target,
    /// TLS to a site cannot be set up.
    #[error("TLS towards a site: {0}")]
    Tls(#[from] SiteTlsError),
}

impl UpstreamError {
    /// Classifies a failed exchange with `address`: the visitor's fault or the site's.
    pub(super) fn of(failure: SendError, address: &str) -> Self {
        let (SendError::Unsent(_, error) | SendError::Unanswered(error) | SendError::Broken(error)) = failure;
        let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
        let mut last = String::new();
        while let Some(current) = cause {
            if let Some(ours) = current.downcast_ref::<BodyError>() {
                return Self::Visitor(ours.to_string());
            }
            last = current.to_string();
            cause = current.source();
        }
        Self::InvalidAnswer(format!("{address}: {last}"))
    }
}
