//! Fields with which a request claims another method than its own.

use http::{HeaderMap, HeaderName};

use crate::headers::spelling;

/// Frameworks accept these from clients that can only send GET and POST (Rails, Symfony, Express).
const OVERRIDES: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

/// Whether this field claims a method, in any spelling: sites that get headers as CGI variables accept all of them.
pub(crate) fn is_override(name: &HeaderName) -> bool {
    name.as_str().starts_with('x') && OVERRIDES.iter().any(|known| spelling::same(name.as_str(), known))
}

/// Whether a request claims another method.
pub(crate) fn is_claimed(headers: &HeaderMap) -> bool {
    headers.keys().any(is_override)
}
