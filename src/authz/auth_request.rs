//! Reads the requests of nginx's `auth_request` and of ingress-nginx: `X-Original-URL` (a whole URL) and
//! `X-Original-Method`.

use http::header::{HeaderName, HeaderValue};

use crate::authz::original::{self, Original};
use crate::authz::request::ForwardAuthRequest;
use crate::domain::host::Authority;
use crate::domain::origin::Origin;
use crate::domain::target::RequestTarget;
use crate::web::Problem;

/// The header fields that this style reads.
pub(super) const FIELDS: [&str; 2] = ["x-original-method", "x-original-url"];

const FORWARDED_HOST: HeaderName = HeaderName::from_static("x-forwarded-host");

pub(super) fn read(request: &ForwardAuthRequest<'_>) -> Result<Original, Problem> {
    let field = |name: &'static str, wrong| original::one(request.headers(), &HeaderName::from_static(name), wrong);
    let wrong = "X-Original-Method does not say one method";
    let method = original::method(field("x-original-method", wrong)?, wrong)?;
    let wrong = "X-Original-URL does not say one URL";
    let url = RequestTarget::parse_absolute(field("x-original-url", wrong)?);
    let (origin, target) = url.ok_or(Problem::BadRequest(wrong))?;
    if !request.headers().get_all(FORWARDED_HOST).iter().all(|host| names(host, &origin)) {
        return Err(Problem::BadRequest("X-Forwarded-Host names another host than X-Original-URL"));
    }
    Ok(Original { origin, method, target })
}

/// Whether this is the host of `origin`. nginx selects the site by an absolute request target (`GET http://app/
/// HTTP/1.1`) before `Host`, but ingress-nginx writes `X-Original-URL` with `$http_host`, which is always `Host`: it
/// would ask about one site and open another. `$host` is the host that nginx selected by; our manifest sends it in this
/// field.
fn names(host: &HeaderValue, origin: &Origin) -> bool {
    let host = host.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    host.is_some_and(|host| host.host() == origin.authority().host())
}
