//! The request methods that a site may receive.

use http::{HeaderMap, Method};

use crate::headers::method_override;
use crate::web::problem::Problem;

/// The methods listed in `Allow`. Others in capital letters pass too.
pub(crate) const ALLOWED: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// Refuses CONNECT, which is for forward proxies, and TRACE, which would echo the visitor's cookies (RFC 9110 §9.3.8).
/// Methods are capital letters, some with hyphens: some servers take `get` for `GET`, others do not.
pub(crate) fn check(method: &Method) -> Result<(), Problem> {
    if matches!(method.as_str(), "CONNECT" | "TRACE" | "TRACK") {
        return Err(Problem::MethodNotAllowed(ALLOWED));
    }
    let plain = method.as_str().bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    if plain { Ok(()) } else { Err(Problem::BadRequest("the method has other characters than capital letters")) }
}

/// A client that overrides the method names one, perhaps in the header fields of two frameworks. The rules are
/// evaluated for each method, so a field with many of them would cost thousands of times as much as a request.
const MOST_CLAIMED: usize = 3;

/// The methods that a site may use instead of the request's own. A rule about methods must hold for each of them (OWASP
/// WSTG-CONF-06). Every spelling of the field name is read, because CGI variables do not tell them apart.
pub(crate) fn overridden(headers: &HeaderMap) -> Result<Vec<Method>, Problem> {
    let said = headers.iter().filter(|(name, _)| method_override::is_override(name));
    let words = said.flat_map(|(_, value)| value.as_bytes().split(|byte| *byte == b','));
    let mut claimed = Vec::new();
    for method in words.filter_map(|word| Method::from_bytes(&word.trim_ascii().to_ascii_uppercase()).ok()) {
        if claimed.contains(&method) {
            continue;
        }
        if claimed.len() == MOST_CLAIMED {
            return Err(Problem::BadRequest("headers claim more methods than a request can have"));
        }
        claimed.push(method);
    }
    Ok(claimed)
}

/// Whether a method is safe (RFC 9110 §9.2.1): a browser can be redirected to the sign-in and repeat the request
/// afterwards.
pub(crate) fn only_asks(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_method_that_a_field_says_counts_too() {
        let said = |lines: &[(&str, &str)]| {
            overridden(&lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect())
        };
        assert_eq!(said(&[("x-other", "DELETE")]).unwrap(), [] as [Method; 0]);
        assert_eq!(
            said(&[("x-http-method-override", "delete"), ("x_method_override", "PUT, patch, delete")]).unwrap(),
            [Method::DELETE, Method::PUT, Method::PATCH]
        );
        assert!(said(&[("x-http-method-override", "a,b,c"), ("x-http-method", "d")]).is_err());
    }

    #[test]
    fn methods_are_capital_letters_and_some_are_not_for_us() {
        let judged = |name: &str| check(&Method::from_bytes(name.as_bytes()).unwrap());
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
