//! Refuses forward-auth requests in which the visitor claims an identity.
//!
//! The proxy overwrites only those request fields that it was configured to copy from our response. All other fields
//! reach the app as the visitor wrote them. So a request is refused if it has another spelling of a field in our
//! response (`Remote_User`: CGI maps it to the same variable; Traefik CVE-2026-39858, oauth2-proxy CVE-2025-64484), a
//! name that the site chose (the proxy may not know it), or a name that common apps read an identity from. The files in
//! `config/` remove these fields before they ask. Envoy removes the fields that our response names, so for Envoy the
//! last kind is not refused.

use http::HeaderMap;
use http::header::HeaderName;

use crate::authz::request::{RelayedFields, Style};
use crate::domain::identity_headers::IdentityHeaders;
use crate::headers::identity;
use crate::web::Problem;

pub(super) fn check(style: &Style, headers: &HeaderMap, site: &IdentityHeaders) -> Result<(), Problem> {
    for name in headers.keys() {
        if identity::is_misplaced(site, name.as_str()) {
            return Err(Problem::BadRequest(
                "a header that tells the site who is signed in came from the visitor: the proxy must remove it before it asks",
            ));
        }
        if style.relayed != RelayedFields::CredentialsAndRemovals && identity::is_foreign(site, name.as_str()) {
            return Err(Problem::BadRequest(
                "a header by which apps take an identity came from the visitor: the proxy must remove it before it asks, \
                 or the site must name it in keep_headers",
            ));
        }
    }
    Ok(())
}

/// The request fields that tell the site of an identity and that nothing in our response overwrites.
pub(super) fn foreign<'a>(
    headers: &'a HeaderMap,
    site: &'a IdentityHeaders,
) -> impl Iterator<Item = &'a HeaderName> + use<'a> {
    headers.keys().filter(|name| identity::is_foreign(site, name.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authz::styles::style_at;

    fn judged(style: &str, name: &'static str) -> bool {
        let headers = [(HeaderName::from_static(name), "eve".parse().unwrap())].into_iter().collect();
        let kept = vec![HeaderName::from_static("tailscale-user-login")];
        check(style_at(style).unwrap(), &headers, &IdentityHeaders { kept, ..IdentityHeaders::default() }).is_ok()
    }

    #[test]
    fn a_disguised_identity_is_refused_and_a_plain_one_is_overwritten() {
        for style in ["/forward-auth", "/auth-request", "/ext-authz/"] {
            for name in ["remote-user", "x-portcullis-assertion", "remote-addr", "tailscale-user-login"] {
                assert!(judged(style, name), "{style} {name}");
            }
            for name in ["remote_user", "remote.groups", "x_portcullis-assertion", "remote~name"] {
                assert!(!judged(style, name), "{style} {name}");
            }
        }
    }

    #[test]
    fn what_nobody_removes_is_refused() {
        for name in ["x-remote-user", "x_webauth_user", "tailscale_user_login", "ssl-client-cert"] {
            assert!(!judged("/forward-auth", name) && !judged("/auth-request", name), "{name}");
            assert!(judged("/ext-authz/", name), "{name}");
        }
    }
}
