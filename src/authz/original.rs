//! The original request, and strict parsers for the fields that describe it.

use http::Method;
use http::header::{HeaderMap, HeaderName};

use crate::domain::host::Authority;
use crate::domain::origin::{Origin, Scheme};
use crate::domain::target::RequestTarget;
use crate::web::{Problem, request_method};

/// The request that the proxy holds until we answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Original {
    /// The origin in the visitor's address bar.
    pub origin: Origin,
    pub method: Method,
    /// Path and query, as the proxy forwards them.
    pub target: RequestTarget,
}

/// The value of a field that must be there exactly once. With two lines there is no way to tell which one the proxy
/// wrote.
pub(super) fn one<'a>(headers: &'a HeaderMap, name: &HeaderName, wrong: &'static str) -> Result<&'a str, Problem> {
    let mut lines = headers.get_all(name).iter();
    match (lines.next(), lines.next()) {
        (Some(line), None) => std::str::from_utf8(line.as_bytes()).map_err(|_| Problem::BadRequest(wrong)),
        (None, _) | (Some(_), Some(_)) => Err(Problem::BadRequest(wrong)),
    }
}

/// Parses a scheme. Traefik sends `wss` for a WebSocket.
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

/// Parses path and query. `http::Uri` would cut off `#` and what follows it, but the proxy forwards both.
pub(super) fn target(text: &str, wrong: &'static str) -> Result<RequestTarget, Problem> {
    RequestTarget::parse(text).map_err(|_| Problem::BadRequest(wrong))
}

pub(super) fn method(text: &str, wrong: &'static str) -> Result<Method, Problem> {
    let method = Method::from_bytes(text.as_bytes()).map_err(|_| Problem::BadRequest(wrong))?;
    request_method::check(&method).map_err(|_| Problem::BadRequest(wrong))?;
    Ok(method)
}
