//! Lines for nginx (`auth_request`), inside the `server` block of the host.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => "server {\n    listen 80;\n    server_name HOST;\n    return 301 https://$host$request_uri;\n}",
        Fix::Certificate => {
            "ssl_certificate /etc/nginx/HOST.fullchain.pem;    # the certificate, then the intermediate ones\n\
             ssl_certificate_key /etc/nginx/HOST.key;"
        }
        Fix::Portal | Fix::Host => {
            "location ^~ PREFIX/ {\n    proxy_pass http://127.0.0.1:9091;\n    proxy_set_header Host $host;\n    \
             proxy_set_header X-Forwarded-Host $host;\n    proxy_set_header X-Forwarded-Proto $scheme;\n    \
             proxy_set_header X-Forwarded-For $remote_addr;\n    proxy_set_header Forwarded \"\";\n}"
        }
        Fix::Decisions => "location ^~ PREFIX/authz { return 404; }",
        Fix::Ask => ASK,
        Fix::Original => {
            "# where the gateway is asked and where PREFIX/ is passed on; with a port other than 443: \
             $host:$server_port\nproxy_set_header X-Original-URL $scheme://$host$request_uri;\n\
             proxy_set_header X-Original-Method $request_method;\nproxy_set_header X-Forwarded-Proto $scheme;\n\
             proxy_set_header X-Forwarded-Host $host;\nproxy_set_header X-Forwarded-For $remote_addr;\n\
             proxy_set_header X-Rewrite-URL \"\";\nproxy_set_header Forwarded \"\";"
        }
        Fix::Client => {
            "# where the gateway is asked, where PREFIX/ is passed on, and where requests go to the app; never \
             $proxy_add_x_forwarded_for\nproxy_set_header X-Forwarded-For $remote_addr;\n\
             proxy_set_header X-Real-IP $remote_addr;"
        }
        // With the `^~` modifier nginx ignores locations with regular expressions.
        Fix::StaticFiles => {
            "location ^~ / {\n    # instead of `location / {`: then no `location ~` takes precedence\n}"
        }
        Fix::Refusal => {
            "auth_request_set $portcullis_sign_in $upstream_http_location;\n\
             error_page 401 = @portcullis_refused;\nlocation @portcullis_refused {\n    \
             if ($portcullis_sign_in = \"\") { return 401; }\n    \
             if ($request_method ~ \"^(GET|HEAD|OPTIONS)$\") { return 302 $portcullis_sign_in; }\n    \
             return 303 $portcullis_sign_in;\n}"
        }
        Fix::Cookies => "proxy_cookie_domain off;\nproxy_cookie_path off;\nproxy_cookie_flags off;",
        Fix::Caching => {
            "proxy_cache off;\n# in location @portcullis_refused, which nginx answers itself\n\
             add_header Cache-Control no-store always;"
        }
        Fix::Hsts => "add_header Strict-Transport-Security \"max-age=63072000\" always;",
        Fix::Identity => IDENTITY,
        Fix::Paths => {
            "proxy_pass http://127.0.0.1:3000;    # without a path: then paths are passed on unchanged\n\
             proxy_set_header X-Original-URL $scheme://$host$request_uri;\nmerge_slashes off;"
        }
        Fix::SecondTarget => {
            "# in location = /portcullis-question\nproxy_pass_request_headers on;\n\
             proxy_set_header Destination $http_destination;"
        }
        Fix::Trace => "if ($request_method = TRACE) { return 405; }",
        Fix::Override => {
            "proxy_set_header X-HTTP-Method-Override \"\";\nproxy_set_header X-HTTP-Method \"\";\n\
             proxy_set_header X-Method-Override \"\";"
        }
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Headers => return None,
    })
}

const IDENTITY: &str = "underscores_in_headers off;\nignore_invalid_headers on;\n\
    auth_request_set $portcullis_user $upstream_http_remote_user;\n\
    auth_request_set $portcullis_name $upstream_http_remote_name;\n\
    auth_request_set $portcullis_email $upstream_http_remote_email;\n\
    auth_request_set $portcullis_groups $upstream_http_remote_groups;\n\
    auth_request_set $portcullis_assertion $upstream_http_x_portcullis_assertion;\n\
    proxy_set_header Remote-User $portcullis_user;\nproxy_set_header Remote-Name $portcullis_name;\n\
    proxy_set_header Remote-Email $portcullis_email;\n\
    proxy_set_header Remote-Groups $portcullis_groups;\n\
    proxy_set_header X-Portcullis-Assertion $portcullis_assertion;\n\
    auth_request_set $portcullis_authorization $upstream_http_authorization;\n\
    proxy_set_header Authorization $portcullis_authorization;";

const ASK: &str = "auth_request /portcullis-question;\nlocation = /portcullis-question {\n    internal;\n    \
    proxy_pass http://127.0.0.1:9091PREFIX/authz/auth-request;\n    proxy_pass_request_body off;\n    \
    proxy_set_header Content-Length \"\";\n    \
    proxy_set_header X-Original-URL $scheme://$host$request_uri;\n    \
    proxy_set_header X-Original-Method $request_method;\n    \
    proxy_set_header X-Forwarded-For $remote_addr;\n}";

const REPLACEMENTS: &str = "# where the gateway is asked, and where requests go to the app\n\
    proxy_set_header Path-Info \"\";\n\
    proxy_set_header Script-Name \"\";\n\
    proxy_set_header X-Accel-Mapping \"\";\n\
    proxy_set_header X-HTTP-Path-Override \"\";\n\
    proxy_set_header X-Invoke-Path \"\";\n\
    proxy_set_header X-Matched-Path \"\";\n\
    proxy_set_header X-Override-URL \"\";\n\
    proxy_set_header X-Script-Name \"\";\n\
    proxy_set_header X-WAWS-Unencoded-URL \"\";";
