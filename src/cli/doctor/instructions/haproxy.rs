//! Lines for HAProxy, in the frontend of the host.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => "http-request redirect scheme https code 301 unless { ssl_fc }",
        Fix::Certificate => {
            "bind :443 ssl crt /etc/haproxy/HOST.pem    # key, certificate and intermediate certificates"
        }
        Fix::Portal => {
            "acl portal-page path -m reg ^PREFIX/([A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)?$\n\
             use_backend portcullis if portal-page\nbackend portcullis\n    server portcullis 127.0.0.1:9091"
        }
        Fix::Ask => {
            "# global\nlua-load-per-thread /etc/haproxy/portcullis.lua\n# frontend\n\
             http-request lua.portcullis http://127.0.0.1:9091 unless portal-page\n\
             http-request deny deny_status 503 unless portal-page or { var(txn.portcullis) -m str yes }"
        }
        Fix::Host => "# in the backend portcullis: no `http-request set-header Host` and no http-send-name-header line",
        Fix::StaticFiles => {
            "# without `unless { path_end .css }` and the like, and no use_backend for such paths before it\n\
             http-request lua.portcullis http://127.0.0.1:9091 unless portal-page\n\
             http-request deny deny_status 503 unless portal-page or { var(txn.portcullis) -m str yes }"
        }
        Fix::Decisions => "http-request deny deny_status 404 if { path,url_dec,lower -m beg PREFIX/authz }",
        Fix::Original | Fix::Client => {
            "# before the gateway is asked\n\
             http-request del-header ^x[^a-z0-9](forwarded|original|rewrite)[^a-z0-9] -m reg\n\
             http-request del-header forwarded\nhttp-request set-header X-Forwarded-For %[src]\n\
             http-request set-header X-Forwarded-Proto https\n\
             http-request set-header X-Forwarded-Host %[req.hdr(host)]"
        }
        Fix::Hsts => "http-response set-header Strict-Transport-Security max-age=63072000",
        Fix::Identity => {
            "# before the gateway is asked\n\
             http-request del-header ^remote[^a-z0-9](user|name|email|groups)$ -m reg\n\
             http-request del-header ^x[^a-z0-9]portcullis[^a-z0-9] -m reg\n\
             http-request lua.portcullis http://127.0.0.1:9091    # sets them anew"
        }
        Fix::Paths => "# no normalize-uri, set-path or replace-path line before the gateway is asked",
        Fix::SecondTarget => {
            "# in portcullis.lua: no [\"destination\"] in `left_out`\nhttp-request lua.portcullis http://127.0.0.1:9091"
        }
        Fix::Trace => "http-request deny deny_status 405 if METH_TRACE",
        Fix::Override => {
            "http-request del-header X-HTTP-Method-Override\nhttp-request del-header X-HTTP-Method\n\
             http-request del-header X-Method-Override"
        }
        Fix::Caching => "# no `http-request cache-use` and no `http-response cache-store` line for HOST",
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Refusal | Fix::Cookies | Fix::Headers => {
            return None;
        }
    })
}

const REPLACEMENTS: &str = "# before the gateway is asked\n\
    http-request del-header ^(x[^a-z0-9])?script[^a-z0-9]name$ -m reg\n\
    http-request del-header ^path[^a-z0-9]info$ -m reg\n\
    http-request del-header ^x[^a-z0-9](accel[^a-z0-9]mapping|http[^a-z0-9]path[^a-z0-9]override|override[^a-z0-9]url)$ -m reg\n\
    http-request del-header ^x[^a-z0-9]((matched|invoke)[^a-z0-9]path|waws[^a-z0-9]unencoded[^a-z0-9]url)$ -m reg";
