//! Why no answer came from a site.

use std::error::Error;

use crate::upstream::connection::SendError;
use crate::upstream::site_tls::SiteTlsError;
use crate::upstream::visitor_body::BodyError;

/// Why no answer came. Addresses and causes are for the log; visitors are not told them.
#[derive(Debug, thiserror::Error)]
pub enum UpstreamError {
    /// No address of the site took a connection: 502.
    #[error("no connection: {0}")]
    Unreachable(String),
    /// Connecting or answering took too long: 504.
    #[error("no answer in time")]
    TimedOut,
    /// What came is no HTTP answer, or one that could be read in two ways: 502.
    #[error("invalid answer: {0}")]
    InvalidAnswer(String),
    /// The visitor's own request broke off: nobody is there to read an answer, or 400.
    #[error("the request broke off: {0}")]
    Visitor(String),
    /// The target that was permitted is none that HTTP can carry: 400.
    #[error("the request target cannot be sent")]
    Target,
    /// TLS towards a site cannot be set up.
    #[error("TLS towards a site: {0}")]
    Tls(#[from] SiteTlsError),
}

impl UpstreamError {
    /// Finds out whose fault a failed exchange with `address` was.
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
