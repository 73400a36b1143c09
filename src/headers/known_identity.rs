//! Header names from which common apps and login proxies read an identity.
//!
//! An app that is configured for one of them trusts any sender. The gateway sends none of them unless the site is
//! configured so (`sites.identity_headers`), so such a field in a request is the visitor's own claim (`X-WEBAUTH-USER:
//! admin`). They are removed in every spelling, unless `sites.keep_headers` lists them, because another program in
//! front, such as Cloudflare Access, may legitimately set one. This is the only list of these names; the reference
//! shows it to operators.

use crate::headers::spelling;

/// One name, or a family of names.
#[derive(Debug, Clone, Copy)]
pub struct KnownHeader {
    /// The name in lower case with dashes. A trailing `*` matches any ending.
    pub name: &'static str,
    /// The programs that read or write it.
    pub apps: &'static str,
}

const fn known(name: &'static str, apps: &'static str) -> KnownHeader {
    KnownHeader { name, apps }
}

const A: [KnownHeader; 2] = [
    known("auth-user", "apps behind hand-written proxy rules"),
    known("authenticated-user", "apps behind hand-written proxy rules"),
];

const C: [KnownHeader; 3] = [
    known("cf-access-*", "Cloudflare Access"),
    known("client-cert", "client certificates (RFC 9440)"),
    known("client-cert-chain", "client certificates (RFC 9440)"),
];

const E: [KnownHeader; 1] = [known("eppn", "Shibboleth")];

const I: [KnownHeader; 1] = [known("iv-*", "IBM Verify Access and WebSEAL; WebSphere apps")];

const O: [KnownHeader; 2] =
    [known("oam-*", "Oracle Access Manager"), known("oidc-*", "mod_auth_openidc (`OIDC_CLAIM_*`)")];

const R: [KnownHeader; 6] = [
    known("remote-fullname", "apps behind hand-written proxy rules"),
    known("remote-ident", "CGI apps"),
    known("remote-preferred-name", "Koel"),
    known("remote-role", "apps behind hand-written proxy rules"),
    known("remote-roles", "apps behind hand-written proxy rules"),
    known("remote-username", "apps behind hand-written proxy rules"),
];

const S: [KnownHeader; 4] = [
    known("shib-*", "Shibboleth"),
    known("sm-*", "SiteMinder (`SM_USER`)"),
    known("ssl-cert", "client certificates"),
    known("ssl-client-*", "client certificates: ingress-nginx, Apache, Keycloak"),
];

const T: [KnownHeader; 1] = [known("tailscale-*", "Tailscale Serve")];

const X: [KnownHeader; 72] = [
    known("x-amzn-mtls-*", "client certificates: AWS load balancers"),
    known("x-amzn-oidc-*", "AWS load balancers"),
    known("x-anonymous-consumer", "Kong"),
    known("x-arr-clientcert", "client certificates: Azure App Service"),
    known("x-auth-email", "apps behind hand-written proxy rules"),
    known("x-auth-groups", "apps behind hand-written proxy rules"),
    known("x-auth-name", "apps behind hand-written proxy rules"),
    known("x-auth-request-access-token", "oauth2-proxy with nginx"),
    known("x-auth-request-email", "oauth2-proxy with nginx"),
    known("x-auth-request-groups", "oauth2-proxy with nginx"),
    known("x-auth-request-preferred-username", "oauth2-proxy with nginx"),
    known("x-auth-request-user", "oauth2-proxy with nginx"),
    known("x-auth-roles", "apps behind hand-written proxy rules"),
    known("x-auth-user", "apps behind hand-written proxy rules"),
    known("x-auth-username", "apps behind hand-written proxy rules"),
    known("x-authenticated-*", "Etherpad (ep_headerauth), Kong"),
    known("x-authentik-*", "authentik"),
    known("x-client-cert", "client certificates"),
    known("x-client-cert-chain", "client certificates"),
    known("x-client-certificate", "client certificates"),
    known("x-client-dn", "client certificates"),
    known("x-client-s-dn", "client certificates"),
    known("x-client-verify", "client certificates"),
    known("x-consumer-*", "Kong"),
    known("x-credential-*", "Kong"),
    known("x-email", "chat front ends, apps behind hand-written proxy rules"),
    known("x-forwarded-access-token", "oauth2-proxy"),
    known("x-forwarded-client-cert", "client certificates: Envoy"),
    known("x-forwarded-displayname", "Jenkins"),
    known("x-forwarded-email", "oauth2-proxy, SonarQube"),
    known("x-forwarded-group", "apps behind hand-written proxy rules"),
    known("x-forwarded-groups", "oauth2-proxy, SonarQube, Jenkins"),
    known("x-forwarded-login", "SonarQube"),
    known("x-forwarded-mail", "Jenkins"),
    known("x-forwarded-name", "SonarQube"),
    known("x-forwarded-preferred-username", "oauth2-proxy, Home Assistant (auth_header)"),
    known("x-forwarded-remote-user", "Redash"),
    known("x-forwarded-roles", "Rundeck"),
    known("x-forwarded-tls-client-*", "client certificates: Traefik"),
    known("x-forwarded-user", "oauth2-proxy, Jenkins"),
    known("x-forwarded-username", "apps behind hand-written proxy rules"),
    known("x-forwarded-uuid", "Rundeck"),
    known("x-goog-authenticated-user-*", "Google Identity-Aware Proxy"),
    known("x-goog-iap-*", "Google Identity-Aware Proxy"),
    known("x-jwt-assertion", "WSO2"),
    known("x-ms-client-principal*", "Azure App Service"),
    known("x-ms-token-*", "Azure App Service"),
    known("x-pomerium-*", "Pomerium"),
    known("x-proxy-groups", "apps behind hand-written proxy rules"),
    known("x-proxy-remote-user", "apps behind hand-written proxy rules"),
    known("x-proxy-roles", "OpenSearch Security"),
    known("x-proxy-user", "OpenSearch Security"),
    known("x-remote-*", "Radicale, Splunk, devpi, Seafile, Kubernetes API server"),
    known("x-role", "CloudBeaver"),
    known("x-roles", "apps behind hand-written proxy rules"),
    known("x-sandstorm-*", "apps packaged for Sandstorm"),
    known("x-ssl-cert", "client certificates: HAProxy"),
    known("x-ssl-client-*", "client certificates: nginx, HAProxy, Apache"),
    known("x-sso-*", "Nexus Repository, apps behind hand-written proxy rules"),
    known("x-team", "CloudBeaver"),
    known("x-tls-client-*", "client certificates"),
    known("x-token-subject", "Caddy Security"),
    known("x-token-user-*", "Caddy Security"),
    known("x-user", "CloudBeaver"),
    known("x-user-email", "Open WebUI, apps behind hand-written proxy rules"),
    known("x-user-groups", "apps behind hand-written proxy rules"),
    known("x-user-name", "apps behind hand-written proxy rules"),
    known("x-user-roles", "apps behind hand-written proxy rules"),
    known("x-userinfo", "Apache APISIX, Kong"),
    known("x-username", "File Browser, apps behind hand-written proxy rules"),
    known("x-vouch-*", "Vouch Proxy"),
    known("x-webauth-*", "Grafana, Gitea, Forgejo, Gogs, FreshRSS"),
];

/// The names that begin with this letter. Fields with other first letters cost no comparison.
const fn of_letter(letter: u8) -> &'static [KnownHeader] {
    match letter {
        b'a' => &A,
        b'c' => &C,
        b'e' => &E,
        b'i' => &I,
        b'o' => &O,
        b'r' => &R,
        b's' => &S,
        b't' => &T,
        b'x' => &X,
        _ => &[],
    }
}

/// Every known name, in alphabetical order.
pub fn all() -> impl Iterator<Item = &'static KnownHeader> {
    (b'a'..=b'z').flat_map(of_letter)
}

/// Whether common apps read an identity from a field of this name (lower case), in any spelling.
pub fn is_known(name: &str) -> bool {
    let first = name.as_bytes().first().copied().unwrap_or_default();
    of_letter(first).iter().any(|known| match known.name.strip_suffix('*') {
        Some(family) => spelling::begins(name, family),
        None => spelling::same(name, known.name),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_stands_once_under_its_letter_in_lower_case() {
        let names: Vec<&str> = all().map(|known| known.name).collect();
        assert!(names.is_sorted_by(|a, b| a < b), "{names:?}");
        let marks = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'-' | b'*');
        assert!(names.iter().all(|name| name.bytes().all(marks)));
        for letter in b'a'..=b'z' {
            assert!(of_letter(letter).iter().all(|known| known.name.as_bytes()[0] == letter));
        }
    }

    #[test]
    fn a_known_name_is_found_in_every_spelling() {
        for known in all() {
            let name = known.name.replace('*', "any-end");
            for mark in ["-", "_", ".", "~"] {
                assert!(is_known(&name.replace('-', mark)), "{name} with {mark}");
            }
        }
    }

    /// Fields that browsers, scripts and API clients legitimately send.
    #[test]
    fn ordinary_fields_are_no_identity() {
        for name in [
            "accept",
            "authorization",
            "cookie",
            "content-type",
            "etag",
            "if-none-match",
            "origin",
            "overwrite",
            "range",
            "referer",
            "remote-addr",
            "sec-fetch-mode",
            "sec-websocket-key",
            "te",
            "timeout",
            "x-access-token",
            "x-api-key",
            // ingress-nginx sends it with every forward-auth request.
            "x-auth-request-redirect",
            "x-auth-token",
            "x-csrf-token",
            "x-forwarded-for",
            "x-forwarded-proto",
            "x-requested-with",
            "x-scope-orgid",
            "x-user-id",
            "x-xsrf-token",
        ] {
            assert!(!is_known(name), "{name}");
        }
    }
}
