//! Lines for nginx (`auth_request`), inside the `server` block of the host.

use super::Mend;

pub(super) const fn lines(mend: Mend) -> Option<&'static str> {
    Some(match mend {
        Mend::Https => "server {\n    listen 80;\n    server_name HOST;\n    return 301 https://$host$request_uri;\n}",
        Mend::Certificate => {
            "ssl_certificate /etc/nginx/HOST.fullchain.pem;    # the certificate, then those between it and its authority\n\
             ssl_certificate_key /etc/nginx/HOST.key;"
        }
        Mend::Portal | Mend::Host => {
            "location ^~ PREFIX/ {\n    proxy_pass http://portcullis:8080;\n    proxy_set_header Host $http_host;\n    \
             proxy_set_header X-Forwarded-Host $http_host;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    \
             proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header Forwarded \"\";\n}"
        }
        Mend::Decisions => "location ^~ PREFIX/authz/ { return 403; }",
        Mend::Ask => {
            "auth_request /portcullis-decision;\nlocation = /portcullis-decision {\n    internal;\n    \
             proxy_pass http://portcullis:8080PREFIX/authz/auth-request;\n    proxy_pass_request_body off;\n    \
             proxy_set_header Content-Length \"\";\n    \
             proxy_set_header X-Original-URL $scheme://$http_host$request_uri;\n    \
             proxy_set_header X-Original-Method $request_method;\n    \
             proxy_set_header X-Forwarded-For $remote_addr;\n}"
        }
        Mend::Original => {
            "# where the gateway is asked and where PREFIX/ is passed on\n\
             proxy_set_header X-Original-URL $scheme://$http_host$request_uri;\n\
             proxy_set_header X-Original-Method $request_method;\n\
             proxy_set_header X-Forwarded-Proto $scheme;\nproxy_set_header X-Forwarded-Host $http_host;\n\
             proxy_set_header X-Forwarded-For $remote_addr;\nproxy_set_header Forwarded \"\";"
        }
        Mend::Refusal => {
            "auth_request_set $sign_in $upstream_http_location;\nerror_page 401 = @sign_in;\nlocation @sign_in {\n    \
             auth_request off;\n    if ($sign_in) { return 302 $sign_in; }\n    return 401;\n}"
        }
        Mend::Cookies => "proxy_cookie_domain off;\nproxy_cookie_path off;\nproxy_cookie_flags off;",
        Mend::Caching => "proxy_cache off;\nexpires off;",
        Mend::Hsts => "add_header Strict-Transport-Security \"max-age=63072000\" always;",
        Mend::Identity => {
            "underscores_in_headers off;\nignore_invalid_headers on;\n\
             auth_request_set $user $upstream_http_remote_user;\nauth_request_set $name $upstream_http_remote_name;\n\
             auth_request_set $email $upstream_http_remote_email;\n\
             auth_request_set $groups $upstream_http_remote_groups;\n\
             auth_request_set $assertion $upstream_http_x_portcullis_assertion;\n\
             proxy_set_header Remote-User $user;\nproxy_set_header Remote-Name $name;\n\
             proxy_set_header Remote-Email $email;\nproxy_set_header Remote-Groups $groups;\n\
             proxy_set_header X-Portcullis-Assertion $assertion;"
        }
        Mend::Paths => {
            "proxy_pass http://app:3000;    # without a path behind it, so that paths are passed on as they came\n\
             proxy_set_header X-Original-URL $scheme://$http_host$request_uri;"
        }
        Mend::Trace => "if ($request_method = TRACE) { return 405; }",
        Mend::Override => {
            "proxy_set_header X-HTTP-Method-Override \"\";\nproxy_set_header X-HTTP-Method \"\";\n\
             proxy_set_header X-Method-Override \"\";"
        }
        Mend::Reach | Mend::Gateway | Mend::Believe | Mend::Headers => return None,
    })
}
