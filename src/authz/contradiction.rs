//! Refuses forward-auth requests in which the visitor's header fields contradict those of the proxy.
//!
//! nginx passes on a client's `X-Forwarded-Uri: /public` next to the true `X-Original-URL`; Caddy passes on an
//! `X-Original-URI`. We read one family, but the app behind the proxy may read the other, so two fields that name
//! different targets are refused. So is a field that replaces the path, because the app would serve another path than
//! the one that was checked.

use http::HeaderMap;

use crate::authz::original::Original;
use crate::authz::request::Style;
use crate::headers::target_fields::{OverrideKind, override_kind};
use crate::web::Problem;

pub(super) fn check(style: &Style, headers: &HeaderMap, original: &Original) -> Result<(), Problem> {
    for (name, value) in headers {
        let name = name.as_str();
        if style.fields.contains(&name) {
            continue;
        }
        match override_kind(name) {
            Some(OverrideKind::Original) if !names(value.as_bytes(), original) => {
                return Err(Problem::BadRequest("two headers say two different things about what was asked for"));
            }
            Some(OverrideKind::Replacement) => {
                return Err(Problem::BadRequest("a header would have the site serve another path than was asked for"));
            }
            Some(OverrideKind::Original) | None => {}
        }
    }
    Ok(())
}

/// Whether a value names exactly the original target, as a path or a whole URL.
fn names(value: &[u8], original: &Original) -> bool {
    let target = original.target.as_str();
    if value == target.as_bytes() {
        return true;
    }
    let Some(origin) = value.strip_suffix(target.as_bytes()) else { return false };
    std::str::from_utf8(origin).ok().and_then(|text| text.parse().ok()).is_some_and(|origin| original.origin == origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authz::styles::style_at;

    fn judged(lines: &[(&'static str, &'static str)]) -> bool {
        let headers = lines.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect();
        let original = Original {
            origin: "https://app.example.com".parse().unwrap(),
            method: http::Method::GET,
            target: crate::domain::target::RequestTarget::parse("/admin?x=1").unwrap(),
        };
        check(style_at("/auth-request").unwrap(), &headers, &original).is_ok()
    }

    #[test]
    fn a_second_field_may_say_the_same_and_nothing_else() {
        assert!(judged(&[("x-original-url", "anything: it is what was read"), ("x-forwarded-for", "192.0.2.1")]));
        assert!(judged(&[("x-forwarded-uri", "/admin?x=1"), ("x-original-uri", "https://APP.example.com/admin?x=1")]));
        for (name, value) in [
            ("x-forwarded-uri", "/public"),
            ("x_forwarded_uri", "/public"),
            ("x-original-uri", ""),
            ("x.original.url", "https://app.example.com/public"),
            ("x-rewrite-url", "/admin"),
            ("x-forwarded-uri", "https://evil.test/admin?x=1"),
            ("x-http-path-override", "/admin?x=1"),
            ("x_script.name", "/admin"),
            ("script_name", "/admin"),
        ] {
            assert!(!judged(&[(name, value)]), "{name}: {value}");
        }
    }
}
