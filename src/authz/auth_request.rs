//! nginx's `auth_request` and ingress-nginx: `X-Original-URL` (a whole URL) and `X-Original-Method`.

use http::header::HeaderName;

use crate::authz::answer::Asking;
use crate::authz::original::{self, Original};
use crate::domain::origin::Origin;
use crate::web::Problem;

/// What it is read from.
pub(super) const FIELDS: [&str; 2] = ["x-original-method", "x-original-url"];

pub(super) fn read(asking: &Asking<'_>) -> Result<Original, Problem> {
    let field = |name: &'static str, wrong| original::one(asking.headers(), &HeaderName::from_static(name), wrong);
    let wrong = "X-Original-Method does not say one method";
    let method = original::method(field("x-original-method", wrong)?, wrong)?;
    let wrong = "X-Original-URL does not say one URL";
    let (origin, target) = url(field("x-original-url", wrong)?).ok_or(Problem::BadRequest(wrong))?;
    Ok(Original { origin, method, target })
}

/// `$scheme://$http_host$request_uri`, byte for byte: what stands before the first `/` of the rest is the host.
fn url(text: &str) -> Option<(Origin, crate::domain::target::RequestTarget)> {
    let after_scheme = text.find("://")? + 3;
    let slash = text.get(after_scheme..)?.find('/')? + after_scheme;
    let origin = text.get(..slash)?.parse().ok()?;
    let target = crate::domain::target::RequestTarget::parse(text.get(slash..)?).ok()?;
    Some((origin, target))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_at_its_first_slash_and_kept_byte_for_byte() {
        let (origin, target) = url("https://APP.example.com:443//a%2Fb/../x/%2e%2e/y;p?q=%20+|").unwrap();
        assert_eq!(origin.to_string(), "https://app.example.com");
        assert_eq!(target.as_str(), "//a%2Fb/../x/%2e%2e/y;p?q=%20+|");
        for wrong in [
            "",
            "/a",
            "https://app.example.com",
            "https://app.example.com?x=/",
            "https://a@b/",
            "https:///a",
            "ftp://a/",
            "https://app.example.com/a#b",
            "https://app.example.com/a b",
            "https://evil.test\\@app.example.com/",
        ] {
            assert!(url(wrong).is_none(), "{wrong}");
        }
    }
}
