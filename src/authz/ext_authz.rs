//! Envoy's `ext_authz` over HTTP, Istio and the Gateway API's external auth: the question has the original method and
//! host, and the original path behind our own; `X-Forwarded-Proto` says the scheme.

use http::header::HeaderName;

use crate::authz::answer::Asking;
use crate::authz::original::{self, Original};
use crate::domain::origin::Origin;
use crate::web::{Problem, request_host, request_method};

/// What it is read from beside the request line.
pub(super) const FIELDS: [&str; 1] = ["x-forwarded-proto"];

pub(super) fn read(asking: &Asking<'_>) -> Result<Original, Problem> {
    request_method::check(&asking.head.method)?;
    let wrong = "X-Forwarded-Proto does not say one of http and https";
    let proto = original::one(asking.headers(), &HeaderName::from_static("x-forwarded-proto"), wrong)?;
    let scheme = original::scheme(proto, wrong)?;
    let head = asking.head;
    let authority = request_host::read(&head.uri, &head.headers, head.version, scheme)?;
    let target = original::target(asking.behind, "the question has no path behind ext-authz")?;
    Ok(Original { origin: Origin::new(scheme, &authority), method: head.method.clone(), target })
}
