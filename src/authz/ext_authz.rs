//! Reads the requests of Envoy's `ext_authz` over HTTP, of Istio and of the Gateway API's external auth. They have the
//! original method and host, and the original path behind our own; `X-Forwarded-Proto` is the scheme.

use http::header::{HeaderMap, HeaderName};

use crate::authz::original::{self, Original};
use crate::authz::request::ForwardAuthRequest;
use crate::domain::origin::Origin;
use crate::headers::target_fields::second_use;
use crate::web::{Problem, request_host, request_method};

/// The header fields that this style reads, besides the request line and `Host`.
pub(super) const FIELDS: [&str; 1] = ["x-forwarded-proto"];

pub(super) fn read(request: &ForwardAuthRequest<'_>) -> Result<Original, Problem> {
    request_method::check(&request.head.method)?;
    let wrong = "X-Forwarded-Proto does not say one of http and https";
    let proto = original::one(request.headers(), &HeaderName::from_static("x-forwarded-proto"), wrong)?;
    let scheme = original::scheme(proto, wrong)?;
    let head = request.head;
    let authority = request_host::read(&head.uri, &head.headers, head.version, scheme)?;
    one_second_target(request.headers())?;
    let target = original::target(request.behind, "the question has no path behind ext-authz")?;
    Ok(Original { origin: Origin::new(scheme, &authority), method: head.method.clone(), target })
}

/// Refuses a comma in a second target. Envoy joins repeated fields with commas, but the app receives them separately,
/// so `/public/x,/admin/x` may be one path or two. A client can write a comma as `%2C`.
fn one_second_target(headers: &HeaderMap) -> Result<(), Problem> {
    let second = headers.iter().filter(|(name, _)| second_use(name.as_str()).is_some());
    if second.into_iter().any(|(_, value)| value.as_bytes().contains(&b',')) {
        return Err(Problem::BadRequest(
            "a second target (such as Destination) has a comma, which Envoy also writes between two lines; use %2C",
        ));
    }
    Ok(())
}
