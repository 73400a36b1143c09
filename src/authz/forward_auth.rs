//! Reads the requests of Traefik's `ForwardAuth`, Caddy's `forward_auth` and our script for HAProxy:
//! `X-Forwarded-Method`, `-Proto`, `-Host` and `-Uri`.

use http::header::HeaderName;

use crate::authz::original::{self, Original};
use crate::authz::request::ForwardAuthRequest;
use crate::domain::origin::Origin;
use crate::web::Problem;

/// The header fields that this style reads.
pub(super) const FIELDS: [&str; 4] = ["x-forwarded-method", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-uri"];

const METHOD: HeaderName = HeaderName::from_static("x-forwarded-method");
const PROTO: HeaderName = HeaderName::from_static("x-forwarded-proto");
const HOST: HeaderName = HeaderName::from_static("x-forwarded-host");
const URI: HeaderName = HeaderName::from_static("x-forwarded-uri");

pub(super) fn read(request: &ForwardAuthRequest<'_>) -> Result<Original, Problem> {
    let field = |name, wrong| original::one(request.headers(), &name, wrong);
    let wrong = "X-Forwarded-Method does not say one method";
    let method = original::method(field(METHOD, wrong)?, wrong)?;
    let wrong = "X-Forwarded-Proto does not say one of http and https";
    let scheme = original::scheme(field(PROTO, wrong)?, wrong)?;
    let wrong = "X-Forwarded-Host does not say one host";
    let authority = original::authority(field(HOST, wrong)?, wrong)?;
    let wrong = "X-Forwarded-Uri does not say one path";
    let target = original::target(field(URI, wrong)?, wrong)?;
    Ok(Original { origin: Origin::new(scheme, &authority), method, target })
}
