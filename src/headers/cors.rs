//! Cross-origin resource sharing (Fetch §3.2).
//!
//! A preflight has no cookies, so it cannot be let through to the site like the request that follows it; it is answered
//! here, for the origins that the operator listed. Scripts of these origins may also read our refusals. What they may read
//! of the site's own answers is the site's business.

use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Response, StatusCode};

use crate::domain::origin::Origin;

/// Seconds for which a browser remembers our answer to a preflight: a list of origins may become shorter.
const MAX_AGE: HeaderValue = HeaderValue::from_static("60");

/// The answer to a CORS preflight from one of these origins. `None` if the request is none (Fetch §3.2.2: `OPTIONS` with
/// `Origin` and `Access-Control-Request-Method`), or from elsewhere.
pub(crate) fn preflight(method: &Method, headers: &HeaderMap, origins: &[Origin]) -> Option<Response<()>> {
    if *method != Method::OPTIONS {
        return None;
    }
    let asked = headers.get(header::ACCESS_CONTROL_REQUEST_METHOD)?;
    let reader = reader(headers, origins)?;
    let mut answer = Response::new(());
    *answer.status_mut() = StatusCode::NO_CONTENT;
    let fields = answer.headers_mut();
    fields.insert(header::ACCESS_CONTROL_ALLOW_METHODS, asked.clone());
    for names in headers.get_all(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        fields.append(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    fields.insert(header::ACCESS_CONTROL_MAX_AGE, MAX_AGE);
    share(fields, reader);
    Some(answer)
}

/// The origin that may read our answer, as it is written in `Access-Control-Allow-Origin`. `None` if the request comes
/// from no origin of the list.
pub(crate) fn reader(headers: &HeaderMap, origins: &[Origin]) -> Option<HeaderValue> {
    // Most sites have no list: nothing is parsed for them.
    let listed = !origins.is_empty() && origin(headers).is_some_and(|origin| origins.contains(&origin));
    listed.then(|| headers.get(header::ORIGIN).cloned()).flatten()
}

/// Lets the scripts of an origin read this answer, also to a request with cookies.
pub(crate) fn share(headers: &mut HeaderMap, reader: HeaderValue) {
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, reader);
    headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
    headers.append(header::VARY, HeaderValue::from_static("Origin"));
}

/// The value of `Origin`. Two fields, or a value that is no origin (`null` among them), count as none.
fn origin(headers: &HeaderMap) -> Option<Origin> {
    let mut values = headers.get_all(header::ORIGIN).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok()?.parse().ok(),
        (None | Some(_), _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderName;

    fn headers(lines: &[(&'static str, &'static str)]) -> HeaderMap {
        lines.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value))).collect()
    }

    fn list() -> Vec<Origin> {
        vec!["https://panel.example.com".parse().unwrap()]
    }

    const ASKS: (&str, &str) = ("access-control-request-method", "PUT");

    #[test]
    fn a_preflight_has_a_method_one_listed_origin_and_the_method_that_follows() {
        let panel = ("origin", "https://panel.example.com");
        let named = ("access-control-request-headers", "content-type,x-token");
        let answer = preflight(&Method::OPTIONS, &headers(&[panel, ASKS, named]), &list()).unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
        for (name, value) in [
            ("access-control-allow-origin", "https://panel.example.com"),
            ("access-control-allow-credentials", "true"),
            ("access-control-allow-methods", "PUT"),
            ("access-control-allow-headers", "content-type,x-token"),
            ("access-control-max-age", "60"),
            ("vary", "Origin"),
        ] {
            assert_eq!(answer.headers().get(name).unwrap(), value, "{name}");
        }
        for (method, lines) in [
            (Method::GET, vec![panel, ASKS]),
            (Method::OPTIONS, vec![panel]),
            (Method::OPTIONS, vec![ASKS]),
            (Method::OPTIONS, vec![("origin", "null"), ASKS]),
            (Method::OPTIONS, vec![("origin", "https://evil.test"), ASKS]),
        ] {
            assert!(preflight(&method, &headers(&lines), &list()).is_none(), "{method} {lines:?}");
        }
        let mut twice = headers(&[panel, ASKS]);
        twice.append(header::ORIGIN, HeaderValue::from_static("https://panel.example.com"));
        assert!(preflight(&Method::OPTIONS, &twice, &list()).is_none());
    }

    #[test]
    fn only_a_listed_origin_may_read() {
        for (origin, read) in [
            ("https://panel.example.com", true),
            ("https://panel.example.com.evil.test", false),
            ("https://panel.example.com:8443", false),
            ("http://panel.example.com", false),
            ("null", false),
            ("*", false),
        ] {
            let found = reader(&headers(&[("origin", origin)]), &list());
            assert_eq!(found.is_some(), read, "{origin}");
        }
        assert_eq!(reader(&headers(&[("origin", "https://panel.example.com")]), &[]), None);
    }
}
