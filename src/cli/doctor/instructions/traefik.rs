//! Lines for Traefik (`forwardAuth`), in the dynamic configuration unless they say otherwise.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => {
            "# static configuration\nentryPoints:\n  web:\n    address: \":80\"\n    http:\n      redirections:\n        \
             entryPoint: { to: websecure, scheme: https }"
        }
        Fix::Certificate => {
            "tls:\n  certificates:\n    - certFile: /etc/traefik/fullchain.pem\n      keyFile: /etc/traefik/key.pem"
        }
        Fix::Portal => {
            "http:\n  routers:\n    portcullis-pages:\n      rule: \"Host(`HOST`) && PathPrefix(`PREFIX/`)\"\n      \
             priority: 1000\n      service: portcullis    # without the forwardAuth middleware\n  \
             services:\n    portcullis:\n      \
             loadBalancer: { passHostHeader: true, servers: [{ url: \"http://127.0.0.1:9091\" }] }"
        }
        Fix::Decisions => {
            "http:\n  routers:\n    portcullis-questions:\n      rule: \"PathPrefix(`PREFIX/authz`)\"\n      priority: 2000\n      \
             middlewares: [nobody]\n      service: portcullis\n  middlewares:\n    nobody:\n      \
             ipAllowList: { sourceRange: [\"255.255.255.255/32\"], rejectStatusCode: 404 }"
        }
        Fix::Paths => {
            "# static configuration\nentryPoints:\n  websecure:\n    http:\n      sanitizePath: true\n      encodedCharacters: \
             { allowEncodedSlash: false, allowEncodedBackSlash: false, allowEncodedNullCharacter: false }"
        }
        Fix::Host => "http:\n  services:\n    portcullis:\n      loadBalancer: { passHostHeader: true }",
        Fix::StaticFiles => {
            "http:\n  routers:\n    app-assets:    # and every other router of HOST except that of PREFIX/\n      \
             middlewares: [portcullis]"
        }
        Fix::Ask => {
            "http:\n  routers:\n    app:\n      rule: \"Host(`HOST`)\"\n      middlewares: [portcullis]\n  \
             middlewares:\n    portcullis:\n      forwardAuth:\n        \
             address: \"http://127.0.0.1:9091PREFIX/authz/forward-auth\""
        }
        Fix::Original | Fix::Client => ORIGINAL,
        Fix::Refusal => {
            "http:\n  middlewares:\n    portcullis:\n      forwardAuth:\n        \
             authRequestHeaders: []    # empty: the gateway gets Accept and Sec-Fetch-Mode too"
        }
        Fix::Hsts => {
            "http:\n  middlewares:\n    https-only:\n      headers: { stsSeconds: 63072000 }    # and in `middlewares` of both routers"
        }
        Fix::Identity => {
            "http:\n  middlewares:\n    portcullis:\n      forwardAuth:\n        \
             authResponseHeaders: [Remote-User, Remote-Name, Remote-Email, Remote-Groups, \
             X-Portcullis-Assertion, X-Portcullis-Token, Cookie, Authorization]\n# static configuration\nentryPoints:\n  websecure:\n    http:\n      \
             underscoreHeadersStrategy: delete"
        }
        Fix::SecondTarget => SECOND_TARGET,
        Fix::Trace => "http:\n  routers:\n    app:\n      rule: \"Host(`HOST`) && !Method(`TRACE`)\"",
        Fix::Override => {
            "http:\n  middlewares:\n    no-override:\n      headers:\n        customRequestHeaders: \
             { X-HTTP-Method-Override: \"\", X-HTTP-Method: \"\", X-Method-Override: \"\" }"
        }
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Cookies | Fix::Caching | Fix::Headers => {
            return None;
        }
    })
}

const ORIGINAL: &str = "http:\n  middlewares:\n    portcullis:\n      forwardAuth:\n        trustForwardHeader: false\n    \
             portcullis-clean:    # before `portcullis` in `middlewares` of the routers\n      headers:\n        \
             customRequestHeaders: { Forwarded: \"\", X-Forwarded-Uri: \"\", X-Original-URL: \"\", \
             X-Rewrite-URL: \"\" }\n# static configuration: trust only your own proxy in front of this one\n\
             entryPoints:\n  websecure:\n    forwardedHeaders: { insecure: false }";

const SECOND_TARGET: &str = "http:\n  middlewares:\n    portcullis:\n      forwardAuth:\n        \
    authRequestHeaders: []    # empty: the gateway gets Destination too";

const REPLACEMENTS: &str = "# before `portcullis` in `middlewares` of the routers\n\
    http:\n  \
    middlewares:\n    \
    portcullis-clean:\n      \
    headers:\n        \
    customRequestHeaders: { Path-Info: \"\", Script-Name: \"\", X-Accel-Mapping: \"\", X-HTTP-Path-Override: \"\", X-Invoke-Path: \"\", X-Matched-Path: \"\", X-Override-URL: \"\", X-Script-Name: \"\", X-WAWS-Unencoded-URL: \"\" }";
