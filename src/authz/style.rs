//! The ways in which proxies ask, one line each.

use crate::authorize::denial::Relay;
use crate::authz::answer::ForwardAuthRequest;
use crate::authz::original::Original;
use crate::authz::{auth_request, ext_authz, forward_auth};
use crate::web::Problem;

/// How one kind of proxy asks and is told no.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// Its path below `{prefix}/authz/`.
    pub word: &'static str,
    /// Whether the original path stands behind that.
    pub(super) path: Path,
    /// How it is told to send a person to the sign-in.
    pub(super) relay: Relay,
    /// What the proxy takes from a yes.
    pub(super) hears: Hears,
    /// Who reads the answer.
    pub(super) reader: Reader,
    /// Reads what was asked of the proxy.
    pub(super) read: fn(&ForwardAuthRequest<'_>) -> Result<Original, Problem>,
    /// The fields that it is read from: the visitor's own words under other names may not contradict them.
    pub(super) fields: &'static [&'static str],
}

/// What stands behind the style's own path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Path {
    /// Nothing.
    Whole,
    /// The path and query of the original request.
    Suffixed,
}

/// What a proxy takes from a yes, beside who is there: the visitor's `Cookie` and `Authorization` without what is ours, to
/// put in the place of what he sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hears {
    /// `Authorization` alone. nginx holds the head of an answer in one buffer of 4 KiB: cookies would burst it, and it
    /// takes ours out by itself.
    Authorization,
    /// Both. What is missing here is taken away there: Traefik has no other way to keep a session from the site.
    Credentials,
    /// Both, and the names of what is to be taken away, which Envoy would leave as it was.
    CredentialsAndRemovals,
}

/// Who reads the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// The proxy, which acts on it.
    Proxy,
    /// The visitor. The proxy was told no already, could not relay what it was told, and asks again for the page. A yes is
    /// never given here: it would tell the visitor what only the proxy may know (the signed assertion).
    Visitor,
}

/// Every style there is.
const ALL: [Style; 4] = [
    // Traefik, Caddy, HAProxy.
    Style {
        word: "forward-auth",
        path: Path::Whole,
        relay: Relay::Redirect,
        hears: Hears::Credentials,
        reader: Reader::Proxy,
        read: forward_auth::read,
        fields: &forward_auth::FIELDS,
    },
    // nginx, ingress-nginx.
    Style {
        word: "auth-request",
        path: Path::Whole,
        relay: Relay::UnauthorizedWithLocation,
        hears: Hears::Authorization,
        reader: Reader::Proxy,
        read: auth_request::read,
        fields: &auth_request::FIELDS,
    },
    // nginx, for the page: `auth_request` drops the body of the answer and makes a 500 of all but 200, 401 and 403.
    Style {
        word: "refusal",
        path: Path::Whole,
        relay: Relay::Redirect,
        hears: Hears::Authorization,
        reader: Reader::Visitor,
        read: auth_request::read,
        fields: &auth_request::FIELDS,
    },
    // Envoy, Istio, Gateway API.
    Style {
        word: "ext-authz",
        path: Path::Suffixed,
        relay: Relay::Redirect,
        hears: Hears::CredentialsAndRemovals,
        reader: Reader::Proxy,
        read: ext_authz::read,
        fields: &ext_authz::FIELDS,
    },
];

impl Style {
    /// The style that is asked in, by what stands behind `{prefix}/authz`.
    pub fn at(rest: &str) -> Option<&'static Self> {
        let rest = rest.strip_prefix('/')?;
        ALL.iter().find(|style| match (rest.strip_prefix(style.word), style.path) {
            (Some(behind), Path::Whole) => behind.is_empty(),
            (Some(behind), Path::Suffixed) => behind.starts_with('/'),
            (None, _) => false,
        })
    }
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
            assert_eq!(Style::at(&at).unwrap().word, style.word);
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
            assert!(Style::at(rest).is_none(), "{rest}");
        }
    }
}
