//! Lines for Envoy (`ext_authz` over HTTP), in the connection manager of the host.

use super::Mend;

pub(super) const fn lines(mend: Mend) -> Option<&'static str> {
    Some(match mend {
        Mend::Https => "virtual_hosts:\n  - name: app\n    domains: [HOST]\n    require_tls: ALL",
        Mend::Certificate => {
            "tls_certificates:\n  - certificate_chain: { filename: /etc/envoy/fullchain.pem }\n    \
             private_key: { filename: /etc/envoy/key.pem }"
        }
        Mend::Portal | Mend::Host => {
            "- match: { prefix: PREFIX/ }\n  route: { cluster: portcullis }\n  typed_per_filter_config:\n    \
             envoy.filters.http.ext_authz:\n      \
             \"@type\": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthzPerRoute\n      \
             disabled: true"
        }
        Mend::Decisions => {
            "- match: { prefix: PREFIX/authz }    # before the route of PREFIX/\n  direct_response: { status: 403 }"
        }
        Mend::Ask => {
            "http_filters:\n  - name: envoy.filters.http.ext_authz\n    typed_config:\n      \
             \"@type\": type.googleapis.com/envoy.extensions.filters.http.ext_authz.v3.ExtAuthz\n      \
             transport_api_version: V3\n      failure_mode_allow: false\n      http_service:\n        \
             path_prefix: PREFIX/authz/ext-authz\n        \
             server_uri: { uri: \"http://portcullis:8080\", cluster: portcullis, timeout: 1s }"
        }
        Mend::Original => {
            "use_remote_address: true\nxff_num_trusted_hops: 0\n# in http_service of ext_authz\nauthorization_request:\n  \
             headers_to_add:\n    - { key: X-Forwarded-Proto, value: \"%REQ(:SCHEME)%\" }\n# in the virtual host\n\
             request_headers_to_remove: [forwarded, x-original-url, x-rewrite-url, x-forwarded-host]"
        }
        Mend::Refusal => {
            "# in ext_authz\nallowed_headers:\n  patterns:\n    - exact: cookie\n    - exact: accept\n    \
             - prefix: sec-fetch-\n    - exact: x-requested-with\n    - exact: upgrade\n    - exact: x-forwarded-proto"
        }
        Mend::Hsts => {
            "response_headers_to_add:\n  - header: { key: Strict-Transport-Security, value: max-age=63072000 }"
        }
        Mend::Identity => {
            "# in http_service of ext_authz\nauthorization_response:\n  allowed_upstream_headers:\n    patterns:\n      \
             - exact: remote-user\n      - exact: remote-name\n      - exact: remote-email\n      \
             - exact: remote-groups\n      - exact: x-portcullis-assertion\n# in the connection manager\n\
             common_http_protocol_options: { headers_with_underscores_action: REJECT_REQUEST }\n\
             # in the virtual host\nrequest_headers_to_remove: [remote.user, remote.name, remote.email, remote.groups]"
        }
        Mend::Paths => "normalize_path: true\nmerge_slashes: false\npath_with_escaped_slashes_action: REJECT_REQUEST",
        Mend::Trace => {
            "- match: { prefix: /, headers: [{ name: \":method\", string_match: { exact: TRACE } }] }\n  \
             direct_response: { status: 405 }"
        }
        Mend::Override => "request_headers_to_remove: [x-http-method-override, x-http-method, x-method-override]",
        Mend::Caching => "# no envoy.filters.http.cache before ext_authz",
        Mend::Reach | Mend::Gateway | Mend::Believe | Mend::Cookies | Mend::Headers => return None,
    })
}
