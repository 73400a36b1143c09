//! The forward-auth styles.

use crate::authorize::denial::Relay;
use crate::authz::request::{Path, Reader, RelayedFields, Style};
use crate::authz::{auth_request, ext_authz, forward_auth};

/// All styles.
const ALL: [Style; 4] = [
    // Traefik, Caddy, HAProxy.
    Style {
        word: "forward-auth",
        path: Path::Whole,
        relay: Relay::Redirect,
        relayed: RelayedFields::Credentials,
        reader: Reader::Proxy,
        read: forward_auth::read,
        fields: &forward_auth::FIELDS,
    },
    // nginx, ingress-nginx.
    Style {
        word: "auth-request",
        path: Path::Whole,
        relay: Relay::UnauthorizedWithLocation,
        relayed: RelayedFields::Authorization,
        reader: Reader::Proxy,
        read: auth_request::read,
        fields: &auth_request::FIELDS,
    },
    // nginx, for the page of a denial: `auth_request` drops the response body and turns every status but 200, 401 and
    // 403 into a 500.
    Style {
        word: "refusal",
        path: Path::Whole,
        relay: Relay::Redirect,
        relayed: RelayedFields::Authorization,
        reader: Reader::Visitor,
        read: auth_request::read,
        fields: &auth_request::FIELDS,
    },
    // Envoy, Istio, Gateway API.
    Style {
        word: "ext-authz",
        path: Path::Suffixed,
        relay: Relay::Redirect,
        relayed: RelayedFields::CredentialsAndRemovals,
        reader: Reader::Proxy,
        read: ext_authz::read,
        fields: &ext_authz::FIELDS,
    },
];

/// The style of a path; `rest` is the part behind `{prefix}/authz`.
pub(crate) fn style_at(rest: &str) -> Option<&'static Style> {
    let rest = rest.strip_prefix('/')?;
    ALL.iter().find(|style| match (rest.strip_prefix(style.word), style.path) {
        (Some(behind), Path::Whole) => behind.is_empty(),
        (Some(behind), Path::Suffixed) => behind.starts_with('/'),
        (None, _) => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_style_has_one_place_and_nothing_else_is_one() {
        for style in ALL {
            let at = match style.path {
                Path::Whole => format!("/{}", style.word),
                Path::Suffixed => format!("/{}//a/../b", style.word),
            };
            assert_eq!(style_at(&at).unwrap().word, style.word);
        }
        for rest in [
            "",
            "/",
            "/forward-auth/",
            "/forward-auth/x",
            "/forward-authx",
            "/ext-authz",
            "/ext-authzx/",
            "/Ext-authz/",
        ] {
            assert!(style_at(rest).is_none(), "{rest}");
        }
    }
}
