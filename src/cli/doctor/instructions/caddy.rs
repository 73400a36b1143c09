//! Lines for Caddy (`forward_auth`), inside the block of the site.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => {
            "HOST {    # without http:// and without `auto_https off`: Caddy redirects plain http to https itself\n}"
        }
        Fix::Certificate => {
            "tls /etc/caddy/fullchain.pem /etc/caddy/key.pem    # or omit it: Caddy requests one itself"
        }
        Fix::Portal => "handle PREFIX/* {\n    reverse_proxy 127.0.0.1:9091\n}",
        Fix::Host => "handle PREFIX/* {\n    reverse_proxy 127.0.0.1:9091    # without `header_up Host`\n}",
        Fix::StaticFiles => {
            "route {    # forward_auth first: no matcher such as `path *.css` and no file_server before it\n    \
             forward_auth 127.0.0.1:9091 {\n        uri PREFIX/authz/forward-auth\n        copy_headers \
             Remote-User Remote-Name Remote-Email Remote-Groups X-Portcullis-Assertion Cookie Authorization\n    }\n    \
             reverse_proxy 127.0.0.1:3000\n}"
        }
        Fix::Decisions => "respond PREFIX/authz* 404    # first in a `route` block, so that nothing takes precedence",
        Fix::Ask => {
            "handle {\n    forward_auth 127.0.0.1:9091 {\n        uri PREFIX/authz/forward-auth\n        copy_headers \
             Remote-User Remote-Name Remote-Email Remote-Groups X-Portcullis-Assertion Cookie Authorization\n    }\n    \
             reverse_proxy 127.0.0.1:3000\n}"
        }
        Fix::Original | Fix::Client => {
            "# before forward_auth\nrequest_header -Forwarded\nrequest_header -X-Forwarded-*\n\
             request_header -X-Original-*\nrequest_header -X-Rewrite-*\n\
             # and in `trusted_proxies` only your own proxy in front of this one"
        }
        Fix::Hsts => "header Strict-Transport-Security \"max-age=63072000\"",
        Fix::Identity => {
            "# before forward_auth; a star also catches Remote_User and Remote.User\nrequest_header -Remote*\n\
             request_header -*Portcullis*\nforward_auth 127.0.0.1:9091 {\n    uri PREFIX/authz/forward-auth\n    \
             copy_headers Remote-User Remote-Name Remote-Email Remote-Groups X-Portcullis-Assertion Cookie Authorization\n}"
        }
        Fix::Paths => "# no `uri`, `rewrite`, `route` or `handle_path` line before forward_auth",
        Fix::SecondTarget => {
            "forward_auth 127.0.0.1:9091 {\n    uri PREFIX/authz/forward-auth\n    \
             # no `header_up -Destination` here: the gateway judges its target\n}"
        }
        Fix::Trace => "@trace method TRACE\nrespond @trace 405",
        Fix::Override => {
            "request_header -X-HTTP-Method-Override\nrequest_header -X-HTTP-Method\nrequest_header -X-Method-Override"
        }
        Fix::Reach
        | Fix::Domain
        | Fix::Gateway
        | Fix::Believe
        | Fix::Refusal
        | Fix::Cookies
        | Fix::Caching
        | Fix::Headers => {
            return None;
        }
    })
}

const REPLACEMENTS: &str = "# before forward_auth\n\
    request_header -*Script-Name\n\
    request_header -*Script_Name\n\
    request_header -Path-Info\n\
    request_header -Path_Info\n\
    request_header -X-Accel-Mapping\n\
    request_header -X-Http-Path-Override\n\
    request_header -X-Override-Url\n\
    request_header -X-Matched-Path\n\
    request_header -X-Invoke-Path\n\
    request_header -X-Waws-Unencoded-Url";
