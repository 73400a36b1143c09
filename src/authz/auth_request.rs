//! nginx's `auth_request` and ingress-nginx: `X-Original-URL` (a whole URL) and `X-Original-Method`.

use http::header::{HeaderName, HeaderValue};

use crate::authz::answer::Asking;
use crate::authz::original::{self, Original};
use crate::domain::host::Authority;
use crate::domain::origin::Origin;
use crate::web::Problem;

/// What it is read from.
pub(super) const FIELDS: [&str; 2] = ["x-original-method", "x-original-url"];

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

pub(super) fn read(asking: &Asking<'_>) -> Result<Original, Problem> {
    let field = |name: &'static str, wrong| original::one(asking.headers(), &HeaderName::from_static(name), wrong);
    let wrong = "X-Original-Method does not say one method";
    let method = original::method(field("x-original-method", wrong)?, wrong)?;
    let wrong = "X-Original-URL does not say one URL";
    let (origin, target) = url(field("x-original-url", wrong)?).ok_or(Problem::BadRequest(wrong))?;
    if !asking.headers().get_all(FORWARDED_HOST).iter().all(|host| names(host, &origin)) {
        return Err(Problem::BadRequest("X-Forwarded-Host names another host than X-Original-URL"));
    }
    Ok(Original { origin, method, target })
}

/// Whether this is the host of `origin`. nginx chooses the site by an absolute request target (`GET http://app/ HTTP/1.1`)
/// before `Host`, and ingress-nginx writes `X-Original-URL` with `$http_host`, which is `Host` all the same: it would ask
/// about one site and open another. `$host` is what it chose by; our manifest has it tell us that here.
fn names(host: &HeaderValue, origin: &Origin) -> bool {
    let host = host.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    host.is_some_and(|host| host.host() == origin.authority().host())
}

/// `$scheme://$host$request_uri`, byte for byte: what stands before the first `/` of the rest is the host.
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
