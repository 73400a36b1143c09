//! Method, target and host of a request: what they are, or why the request is refused.

use http::header::{self, HeaderMap};
use http::{Method, Request, Version};

use crate::domain::host::Authority;
use crate::domain::origin::{Origin, Scheme};
use crate::domain::target::RequestTarget;
use crate::web::Problem;

/// What a request asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A path and query.
    Path(RequestTarget),
    /// `*`: the server itself (RFC 9112 §3.2.4).
    Server,
}

/// Methods that a site may be asked with, as far as we know them; any other in capital letters passes too.
pub(super) const ALLOWED: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// CONNECT is for forward proxies; TRACE would echo the visitor's cookies (RFC 9110 §9.3.8). Methods are capital
/// letters, some with dashes: to some servers `get` is `GET`, to others it is not.
pub(super) fn method(method: &Method) -> Result<(), Problem> {
    if matches!(method.as_str(), "CONNECT" | "TRACE" | "TRACK") {
        return Err(Problem::MethodNotAllowed(ALLOWED));
    }
    let plain = method.as_str().bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    if plain { Ok(()) } else { Err(Problem::BadRequest("the method has other characters than capital letters")) }
}

/// Path and query, byte for byte.
pub(super) fn target<B>(request: &Request<B>) -> Result<Target, Problem> {
    let uri = request.uri();
    // `GET admin` is read as an authority without a path, and `GET x://…` as a URL of any scheme.
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

/// The host that the request names. Everywhere it stands it must say the same: what one server takes from the target,
/// another takes from `Host`.
pub(super) fn authority<B>(request: &Request<B>, scheme: Scheme) -> Result<Authority, Problem> {
    let named = request.uri().authority().map(|authority| parse(authority.as_str())).transpose()?;
    let host = host(request.headers(), request.version())?;
    match (named, host) {
        (Some(named), Some(host)) if Origin::new(scheme, &named) != Origin::new(scheme, &host) => {
            Err(Problem::BadRequest("the request target names another host than Host does"))
        }
        (Some(named), _) => Ok(named),
        (None, Some(host)) => Ok(host),
        (None, None) => Err(Problem::BadRequest("the request names no host")),
    }
}

/// RFC 9112 §3.2: "A server MUST respond with a 400 (Bad Request) status code to any HTTP/1.1 request message that
/// lacks a Host header field and to any request message that contains more than one Host header field line or a Host
/// header field with an invalid field value". HTTP/1.0 without one names no site either.
fn host(headers: &HeaderMap, version: Version) -> Result<Option<Authority>, Problem> {
    let mut lines = headers.get_all(header::HOST).iter();
    match (lines.next(), lines.next()) {
        (None, _) if version == Version::HTTP_2 => Ok(None),
        (None, _) => Err(Problem::BadRequest("the request has no Host")),
        (Some(_), Some(_)) => Err(Problem::BadRequest("the request has more than one Host")),
        (Some(one), None) => match one.to_str() {
            Ok(text) => parse(text).map(Some),
            Err(_) => Err(Problem::BadRequest("the host is no host")),
        },
    }
}

fn parse(text: &str) -> Result<Authority, Problem> {
    text.parse().map_err(|_| Problem::BadRequest("the host is no host"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(version: Version, uri: &str, hosts: &[&str]) -> Request<()> {
        let request = Request::builder().uri(uri).version(version);
        hosts.iter().fold(request, |request, host| request.header("host", *host)).body(()).unwrap()
    }

    fn host_of(version: Version, uri: &str, hosts: &[&str]) -> Option<String> {
        authority(&request(version, uri, hosts), Scheme::Https).ok().map(|authority| authority.to_string())
    }

    #[test]
    fn one_host_is_named_and_everywhere_the_same() {
        let one = Version::HTTP_11;
        assert_eq!(host_of(one, "/", &["App.test"]).as_deref(), Some("app.test"));
        assert_eq!(host_of(one, "http://app.test/", &["APP.test."]).as_deref(), Some("app.test"));
        assert_eq!(host_of(Version::HTTP_2, "https://app.test/", &[]).as_deref(), Some("app.test"));
        assert_eq!(host_of(Version::HTTP_2, "https://app.test:443/", &["app.test"]).as_deref(), Some("app.test:443"));
        assert_eq!(host_of(Version::HTTP_2, "/", &["app.test"]).as_deref(), Some("app.test"));
        for (version, uri, hosts) in [
            (one, "/", &[][..]),
            (Version::HTTP_10, "/", &[]),
            (Version::HTTP_2, "/", &[]),
            (one, "/", &["app.test", "app.test"]),
            (one, "/", &[""]),
            (one, "/", &["a@b/evil"]),
            (one, "/", &["app.test, evil.test"]),
            (one, "http://evil.test/", &["app.test"]),
            (one, "http://app.test:8080/", &["app.test"]),
            (one, "http://user@app.test/", &["app.test"]),
            (Version::HTTP_2, "https://app.test/", &["evil.test"]),
        ] {
            assert_eq!(host_of(version, uri, hosts), None, "{uri} {hosts:?}");
        }
    }

    #[test]
    fn only_a_path_a_url_or_a_star_is_a_target() {
        let read = |method: Method, uri: &str| {
            let mut request = request(Version::HTTP_11, uri, &["app.test"]);
            *request.method_mut() = method;
            target(&request)
        };
        assert!(matches!(read(Method::GET, "/a?b"), Ok(Target::Path(path)) if path.as_str() == "/a?b"));
        assert!(matches!(read(Method::GET, "http://a/x"), Ok(Target::Path(path)) if path.as_str() == "/x"));
        assert!(matches!(read(Method::OPTIONS, "*"), Ok(Target::Server)));
        for (method, uri) in [(Method::GET, "admin"), (Method::GET, "*"), (Method::GET, "javascript://a/x")] {
            assert!(read(method, uri).is_err(), "{uri}");
        }
    }

    #[test]
    fn methods_are_capital_letters_and_some_are_not_for_us() {
        let judged = |name: &str| method(&Method::from_bytes(name.as_bytes()).unwrap());
        for name in ["GET", "PROPFIND", "M-SEARCH", "BREW"] {
            assert!(judged(name).is_ok(), "{name}");
        }
        for name in ["CONNECT", "TRACE", "TRACK"] {
            assert!(matches!(judged(name), Err(Problem::MethodNotAllowed(_))), "{name}");
        }
        for name in ["get", "Get", "G!#$", "POST1"] {
            assert!(matches!(judged(name), Err(Problem::BadRequest(_))), "{name}");
        }
    }
}
