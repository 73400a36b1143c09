//! Reads the target of a request.

use http::{Method, Request};

use crate::domain::target::RequestTarget;
use crate::web::Problem;

/// The target of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A path and query.
    Path(RequestTarget),
    /// `*`: the server itself (RFC 9112 §3.2.4).
    Server,
}

/// The path and query, byte for byte, or `*`.
pub(super) fn target<B>(request: &Request<B>) -> Result<Target, Problem> {
    let uri = request.uri();
    // hyper reads `GET admin` as an authority without a path, and `GET x://…` as a URL of any scheme.
    let known_scheme = uri.scheme_str().is_none_or(|scheme| matches!(scheme, "http" | "https"));
    let whole = uri.scheme().is_some() == uri.authority().is_some();
    let Some(path) = uri.path_and_query().filter(|_| known_scheme && whole) else {
        return Err(Problem::BadRequest("the request target is neither a path nor a URL"));
    };
    if path.as_str() == "*" {
        let asks = *request.method() == Method::OPTIONS;
        return if asks { Ok(Target::Server) } else { Err(Problem::BadRequest("only OPTIONS asks for *")) };
    }
    let target = RequestTarget::parse(path.as_str());
    target.map(Target::Path).map_err(|_| Problem::BadRequest("the request target is neither a path nor a URL"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_path_a_url_or_a_star_is_a_target() {
        let read = |method: Method, uri: &str| target(&Request::builder().method(method).uri(uri).body(()).unwrap());
        assert!(matches!(read(Method::GET, "/a?b"), Ok(Target::Path(path)) if path.as_str() == "/a?b"));
        assert!(matches!(read(Method::GET, "http://a/x"), Ok(Target::Path(path)) if path.as_str() == "/x"));
        assert!(matches!(read(Method::OPTIONS, "*"), Ok(Target::Server)));
        for (method, uri) in [(Method::GET, "admin"), (Method::GET, "*"), (Method::GET, "javascript://a/x")] {
            assert!(read(method, uri).is_err(), "{uri}");
        }
    }
}
