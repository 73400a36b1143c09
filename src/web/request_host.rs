//! Reads the host that a request names.

use http::header::{self, HeaderMap};
use http::{Uri, Version};

use crate::domain::host::Authority;
use crate::domain::origin::{Origin, Scheme};
use crate::web::problem::Problem;

/// The host of a request. The request target and `Host` must agree, because one server uses the first and another the
/// second.
pub(crate) fn read(uri: &Uri, headers: &HeaderMap, version: Version, scheme: Scheme) -> Result<Authority, Problem> {
    let named = uri.authority().map(|authority| parse(authority.as_str())).transpose()?;
    let host = host(headers, version)?;
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
    use http::Request;

    fn request(version: Version, uri: &str, hosts: &[&str]) -> Request<()> {
        let request = Request::builder().uri(uri).version(version);
        hosts.iter().fold(request, |request, host| request.header("host", *host)).body(()).unwrap()
    }

    fn host_of(version: Version, uri: &str, hosts: &[&str]) -> Option<String> {
        let (parts, ()) = request(version, uri, hosts).into_parts();
        let read = read(&parts.uri, &parts.headers, parts.version, Scheme::Https);
        read.ok().map(|authority| authority.to_string())
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
}
