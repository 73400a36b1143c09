//! Cross-origin resource sharing (Fetch §3.2).
//!
//! Only two things are ours: to tell a preflight, which has no cookies, from other requests, and to let scripts of a
//! configured origin read our refusals. Everything else about CORS is the site's own.

use http::Method;
use http::header::{self, HeaderMap, HeaderValue};

use crate::domain::origin::Origin;

/// The origin of a CORS preflight; `None` if the request is none (Fetch §3.2.2: `OPTIONS` with `Origin` and
/// `Access-Control-Request-Method`).
pub(crate) fn preflight(method: &Method, headers: &HeaderMap) -> Option<Origin> {
    if *method != Method::OPTIONS || !headers.contains_key(header::ACCESS_CONTROL_REQUEST_METHOD) {
        return None;
    }
    origin(headers)
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

    const ASKS: (&str, &str) = ("access-control-request-method", "PUT");

    #[test]
    fn a_preflight_has_a_method_one_origin_and_the_method_that_follows() {
        let panel = ("origin", "https://panel.example.com");
        let origin = preflight(&Method::OPTIONS, &headers(&[panel, ASKS]));
        assert_eq!(origin.map(|origin| origin.to_string()).as_deref(), Some("https://panel.example.com"));
        for (method, lines) in [
            (Method::GET, vec![panel, ASKS]),
            (Method::OPTIONS, vec![panel]),
            (Method::OPTIONS, vec![ASKS]),
            (Method::OPTIONS, vec![("origin", "null"), ASKS]),
        ] {
            assert_eq!(preflight(&method, &headers(&lines)), None, "{method} {lines:?}");
        }
        let mut twice = headers(&[panel, ASKS]);
        twice.append(header::ORIGIN, HeaderValue::from_static("https://panel.example.com"));
        assert_eq!(preflight(&Method::OPTIONS, &twice), None);
    }

    #[test]
    fn only_a_listed_origin_may_read() {
        let list = ["https://panel.example.com".parse().unwrap()];
        for (origin, read) in [
            ("https://panel.example.com", true),
            ("https://panel.example.com.evil.test", false),
            ("https://panel.example.com:8443", false),
            ("http://panel.example.com", false),
            ("null", false),
            ("*", false),
        ] {
            let found = reader(&headers(&[("origin", origin)]), &list);
            assert_eq!(found.is_some(), read, "{origin}");
        }
        assert_eq!(reader(&headers(&[("origin", "https://panel.example.com")]), &[]), None);
    }
}
