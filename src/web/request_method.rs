//! Methods that a site may be asked with.

use http::Method;

use crate::web::problem::Problem;

/// Those we know; any other in capital letters passes too.
pub const ALLOWED: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// CONNECT is for forward proxies; TRACE would echo the visitor's cookies (RFC 9110 §9.3.8). Methods are capital
/// letters, some with dashes: to some servers `get` is `GET`, to others it is not.
pub fn check(method: &Method) -> Result<(), Problem> {
    if matches!(method.as_str(), "CONNECT" | "TRACE" | "TRACK") {
        return Err(Problem::MethodNotAllowed(ALLOWED));
    }
    let plain = method.as_str().bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-');
    if plain { Ok(()) } else { Err(Problem::BadRequest("the method has other characters than capital letters")) }
}

/// Whether a method only asks (RFC 9110 §9.2.1): a browser may be sent elsewhere and come back with the same request.
pub fn only_asks(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;

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
