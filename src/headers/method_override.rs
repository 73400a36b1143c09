//! Fields by which a request claims another method than the one it is sent with.

use http::{HeaderMap, HeaderName};

use crate::headers::spelling;

/// Frameworks let a client that knows GET and POST alone say another method so (Rails, Symfony, Express).
const OVERRIDES: [&str; 3] = ["x-http-method-override", "x-http-method", "x-method-override"];

/// Whether a field claims a method, in any spelling: sites that are told by variables of CGI read them all.
pub(crate) fn is_override(name: &HeaderName) -> bool {
    name.as_str().starts_with('x') && OVERRIDES.iter().any(|known| spelling::same(name.as_str(), known))
}

/// Whether a request claims another method.
pub(crate) fn is_claimed(headers: &HeaderMap) -> bool {
    headers.keys().any(is_override)
}
