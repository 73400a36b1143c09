//! Lines for Envoy (`ext_authz` over HTTP), in the connection manager of the host.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => "virtual_hosts:\n  - name: app\n    domains: [HOST]\n    require_tls: ALL",
        Fix::Certificate => {
            "tls_certificates:\n  - certificate_chain: { filename: /etc/envoy/fullchain.pem }\n    \
             private_key: { filename: /etc/envoy/key.pem }"
        }
        Fix::Portal => {
            "- match: { prefix: PREFIX/ }\n  route: { cluster: portcullis }\n  typed_per_filter_config:\n    \
             envoy.filters.http.ext_authz:\n      \
             \"@type\": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute\n      \
             disabled: true"
        }
        Fix::Decisions => {
            "- match: { prefix: PREFIX/authz }    # before the route of PREFIX/\n  \
             direct_response: { status: 404 }\n  \
             typed_per_filter_config:\n    \
             envoy.filters.http.ext_authz:\n      \
             \"@type\": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute\n      \
             disabled: true"
        }
        Fix::Host => {
            "- match: { prefix: PREFIX/ }\n  route: { cluster: portcullis }    \
             # without host_rewrite_literal, host_rewrite_header and auto_host_rewrite"
        }
        Fix::StaticFiles => {
            "# remove `disabled: true` of ext_authz from every route of HOST except those of PREFIX/\n\
             - match: { prefix: / }\n  route: { cluster: app }"
        }
        Fix::Ask => ASK,
        Fix::Original | Fix::Client => ORIGINAL,
        Fix::Refusal => REFUSAL,
        Fix::Hsts => {
            "response_headers_to_add:\n  - header: { key: Strict-Transport-Security, value: max-age=63072000 }"
        }
        Fix::Identity => IDENTITY,
        Fix::Paths => {
            "# in the connection manager\n\
             normalize_path: true\n\
             merge_slashes: true\n\
             path_with_escaped_slashes_action: REJECT_REQUEST"
        }
        Fix::SecondTarget => {
            "# in the ext_authz filter, next to cookie and the others\nallowed_headers:\n  patterns:\n    - { exact: destination }\n    \
             - safe_regex: { regex: \"x[^a-z0-9]((amz|ms|goog)[^a-z0-9](copy|rename)[^a-z0-9]source|copy[^a-z0-9]from)\" }"
        }
        Fix::Trace => {
            "- match: { prefix: /, headers: [{ name: \":method\", string_match: { exact: TRACE } }] }\n  \
             direct_response: { status: 405 }"
        }
        Fix::Override => "request_headers_to_remove: [x-http-method-override, x-http-method, x-method-override]",
        Fix::Caching => "# no envoy.filters.http.cache before ext_authz",
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Cookies | Fix::Headers => return None,
    })
}

const ORIGINAL: &str = "# in the connection manager\n\
    use_remote_address: true\n\
    xff_num_trusted_hops: 0\n\
    early_header_mutation_extensions:\n  \
    - name: envoy.http.early_header_mutation.header_mutation\n    \
    typed_config:\n      \
    \"@type\": type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation\n      \
    mutations:\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"x[^a-z0-9](forwarded|original|rewrite)[^a-z0-9].*\" } } }\n        \
    - remove: forwarded";

const IDENTITY: &str = "# in http_service of ext_authz\n\
    authorization_response:\n  \
    allowed_upstream_headers:\n    \
    patterns:\n      \
    - { exact: remote-user }\n      \
    - { exact: remote-name }\n      \
    - { exact: remote-email }\n      \
    - { exact: remote-groups }\n      \
    - { exact: x-portcullis-assertion }\n      \
    - { exact: cookie }\n      \
    - { exact: authorization }\n\
    # in the connection manager\n\
    common_http_protocol_options: { headers_with_underscores_action: DROP_HEADER }\n\
    early_header_mutation_extensions:\n  \
    - name: envoy.http.early_header_mutation.header_mutation\n    \
    typed_config:\n      \
    \"@type\": type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation\n      \
    mutations:\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"remote[^a-z0-9](user|name|email|groups)\" } } }\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"x[^a-z0-9]portcullis[^a-z0-9].*\" } } }";

const REFUSAL: &str = "# in ext_authz\n\
    allowed_headers:\n  \
    patterns:\n    \
    - { exact: cookie }\n    \
    - { exact: accept }\n    \
    - { exact: origin }\n    \
    - { exact: x-forwarded-for }\n    \
    - { exact: x-forwarded-proto }\n    \
    - { exact: x-requested-with }\n    \
    - { prefix: sec-fetch- }\n    \
    - { prefix: sec-websocket- }\n    \
    - safe_regex: { regex: \"x[^a-z0-9](http[^a-z0-9]method([^a-z0-9]override)?|method[^a-z0-9]override)\" }";

const ASK: &str = "http_filters:\n  \
    - name: envoy.filters.http.ext_authz\n    \
    typed_config:\n      \
    \"@type\": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz\n      \
    failure_mode_allow: false\n      \
    http_service:\n        \
    path_prefix: PREFIX/authz/ext-authz\n        \
    server_uri: { uri: \"http://127.0.0.1:9091\", cluster: portcullis, timeout: 5s }";

const REPLACEMENTS: &str = "# in the connection manager\n\
    early_header_mutation_extensions:\n  \
    - name: envoy.http.early_header_mutation.header_mutation\n    \
    typed_config:\n      \
    \"@type\": type.googleapis.com/envoy.extensions.http.early_header_mutation.header_mutation.v3.HeaderMutation\n      \
    mutations:\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"(x[^a-z0-9])?script[^a-z0-9]name|path[^a-z0-9]info\" } } }\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"x[^a-z0-9](accel[^a-z0-9]mapping|http[^a-z0-9]path[^a-z0-9]override|override[^a-z0-9]url)\" } } }\n        \
    - remove_on_match: { key_matcher: { safe_regex: { regex: \"x[^a-z0-9]((matched|invoke)[^a-z0-9]path|waws[^a-z0-9]unencoded[^a-z0-9]url)\" } } }";
