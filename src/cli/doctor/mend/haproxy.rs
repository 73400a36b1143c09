//! Lines for HAProxy, in the frontend of the host.

use super::Mend;

pub(super) const fn lines(mend: Mend) -> Option<&'static str> {
    Some(match mend {
        Mend::Https => "http-request redirect scheme https code 301 unless { ssl_fc }",
        Mend::Certificate => {
            "bind :443 ssl crt /etc/haproxy/HOST.pem    # key, certificate and those between it and its authority"
        }
        Mend::Portal | Mend::Host => {
            "acl portcullis path_beg PREFIX/\nuse_backend portcullis if portcullis\n\
             # and `unless portcullis` behind the line that asks for a session\n\
             backend portcullis\n    server portcullis portcullis:8080"
        }
        Mend::Decisions => "http-request deny deny_status 403 if { path,url_dec -m beg -i PREFIX/authz }",
        Mend::Original => {
            "http-request del-header Forwarded\nhttp-request del-header X-Original-URL\n\
             http-request del-header X-Rewrite-URL\n\
             http-request set-header X-Forwarded-Proto https if { ssl_fc }\n\
             http-request set-header X-Forwarded-Proto http unless { ssl_fc }\n\
             http-request set-header X-Forwarded-Host %[req.hdr(host)]\n\
             http-request set-header X-Forwarded-Method %[method]\n\
             http-request set-header X-Forwarded-Uri %[pathq]\nhttp-request set-header X-Forwarded-For %[src]"
        }
        Mend::Hsts => "http-response set-header Strict-Transport-Security max-age=63072000",
        Mend::Identity => {
            "http-request del-header ^remote[-_.](user|name|email|groups)$ -m reg\n\
             http-request del-header ^x[-_.]portcullis[-_.] -m reg\n\
             # both before the line that asks the gateway, which sets them anew"
        }
        Mend::Paths => "# no normalize-uri, set-path or replace-path line before the gateway is asked",
        Mend::Trace => "http-request deny deny_status 405 if METH_TRACE",
        Mend::Override => {
            "http-request del-header X-HTTP-Method-Override\nhttp-request del-header X-HTTP-Method\n\
             http-request del-header X-Method-Override"
        }
        Mend::Caching => "# no `http-request cache-use` and no `http-response cache-store` line for HOST",
        Mend::Reach | Mend::Gateway | Mend::Believe | Mend::Ask | Mend::Refusal | Mend::Cookies | Mend::Headers => {
            return None;
        }
    })
}
