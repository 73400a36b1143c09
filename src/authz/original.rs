//! What was asked of the proxy, and the strict reading of a field that says so.

use http::Method;
use http::header::{HeaderMap, HeaderName};

use crate::domain::host::Authority;
use crate::domain::origin::{Origin, Scheme};
use crate::domain::target::RequestTarget;
use crate::web::{Problem, request_method};

/// The request that the proxy holds back until it is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Original {
    /// The origin in the visitor's address bar.
    pub origin: Origin,
    /// The method.
    pub method: Method,
    /// Path and query, as the proxy forwards them.
    pub target: RequestTarget,
}

/// The value of a field that must be there exactly once: of two lines, who knows which the proxy wrote.
pub(super) fn one<'a>(headers: &'a HeaderMap, name: &HeaderName, wrong: &'static str) -> Result<&'a str, Problem> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (Some(line), None) => std::str::from_utf8(line.as_bytes()).map_err(|_| Problem::BadRequest(wrong)),
        (None, _) | (Some(_), Some(_)) => Err(Problem::BadRequest(wrong)),
    }
}

/// Traefik names the scheme of a WebSocket (`wss`).
pub(super) fn scheme(text: &str, wrong: &'static str) -> Result<Scheme, Problem> {
    match text {
        "https" | "wss" => Ok(Scheme::Https),
        "http" | "ws" => Ok(Scheme::Http),
        _ => Err(Problem::BadRequest(wrong)),
    }
}

pub(super) fn authority(text: &str, wrong: &'static str) -> Result<Authority, Problem> {
    text.parse().map_err(|_| Problem::BadRequest(wrong))
}

/// Path and query. `http::Uri` would cut off a `#` and what follows, which the proxy does not.
pub(super) fn target(text: &str, wrong: &'static str) -> Result<RequestTarget, Problem> {
    RequestTarget::parse(text).map_err(|_| Problem::BadRequest(wrong))
}

pub(super) fn method(text: &str, wrong: &'static str) -> Result<Method, Problem> {
    let method = Method::from_bytes(text.as_bytes()).map_err(|_| Problem::BadRequest(wrong))?;
    request_method::check(&method).map_err(|_| Problem::BadRequest(wrong))?;
    Ok(method)
}
