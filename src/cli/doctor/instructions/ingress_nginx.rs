//! Annotations for ingress-nginx, on the Ingress of the app unless the lines say otherwise.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Replacements => REPLACEMENTS,
        Fix::Https => {
            "nginx.ingress.kubernetes.io/ssl-redirect: \"true\"\nnginx.ingress.kubernetes.io/force-ssl-redirect: \"true\""
        }
        Fix::Certificate => "spec:\n  tls:\n    - hosts: [HOST]\n      secretName: app-tls    # with the whole chain",
        Fix::Portal => {
            "# a separate Ingress for our pages, without auth-url\nspec:\n  rules:\n    - host: HOST\n      \
             http:\n        paths:\n          - path: PREFIX/\n            pathType: Prefix\n            \
             backend: { service: { name: portcullis, port: { number: 9091 } } }"
        }
        Fix::Host => "# no nginx.ingress.kubernetes.io/upstream-vhost on the Ingress of our pages",
        Fix::StaticFiles => {
            "# on every Ingress of HOST except that of PREFIX/, and no snippet with its own location\n\
             nginx.ingress.kubernetes.io/auth-url: \
             \"http://portcullis.default.svc.cluster.local:9091PREFIX/authz/auth-request\""
        }
        Fix::Decisions => {
            "# in the Ingress of our pages; `nobody` is a Service without a selector\n          \
             - path: PREFIX/authz\n            pathType: Prefix\n            \
             backend: { service: { name: nobody, port: { number: 80 } } }"
        }
        Fix::Ask => {
            "nginx.ingress.kubernetes.io/auth-url: \
             \"http://portcullis.default.svc.cluster.local:9091PREFIX/authz/auth-request\""
        }
        Fix::Original | Fix::Client => {
            "# in the ConfigMap of the controller, unless a load balancer is in front of it\n\
             use-forwarded-headers: \"false\"\ncompute-full-forwarded-for: \"false\"\nproxy-set-headers: default/portcullis-clean\n\
             # in the ConfigMap portcullis-clean: empty values remove what visitors send\nForwarded: \"\"\n\
             X-Forwarded-Method: \"\"\nX-Forwarded-Uri: \"\"\nX-Original-Method: \"\"\nX-Original-URL: \"\"\n\
             X-Rewrite-URL: \"\""
        }
        Fix::Refusal => {
            "nginx.ingress.kubernetes.io/auth-signin: \"https://$http_hostPREFIX/login?rm=$request_method\""
        }
        Fix::Caching => {
            "# no auth-cache-key, auth-cache-duration and proxy_cache line: a cached permit would outlive the log-out"
        }
        Fix::Cookies => {
            "nginx.ingress.kubernetes.io/proxy-cookie-domain: \"off\"\nnginx.ingress.kubernetes.io/proxy-cookie-path: \"off\""
        }
        Fix::Hsts => "# in the ConfigMap of the controller\nhsts: \"true\"\nhsts-max-age: \"63072000\"",
        Fix::Identity => {
            "nginx.ingress.kubernetes.io/auth-response-headers: \
             \"Remote-User,Remote-Name,Remote-Email,Remote-Groups,X-Portcullis-Assertion,X-Portcullis-Token,Authorization\"\n\
             # in the ConfigMap of the controller\nenable-underscores-in-headers: \"false\"\n\
             ignore-invalid-headers: \"true\""
        }
        Fix::Paths => {
            "# no rewrite-target and no use-regex on the Ingress; in the ConfigMap of the controller\nstrict-validate-path-type: \"true\""
        }
        Fix::SecondTarget => "# in the ConfigMap portcullis-question\nDestination: \"$http_destination\"",
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Headers | Fix::Trace | Fix::Override => {
            return None;
        }
    })
}

const REPLACEMENTS: &str = "# in the ConfigMaps portcullis-clean and portcullis-question: empty values remove what visitors send\n\
    Path-Info: \"\"\n\
    Script-Name: \"\"\n\
    X-Accel-Mapping: \"\"\n\
    X-HTTP-Path-Override: \"\"\n\
    X-Invoke-Path: \"\"\n\
    X-Matched-Path: \"\"\n\
    X-Override-URL: \"\"\n\
    X-Script-Name: \"\"\n\
    X-WAWS-Unencoded-URL: \"\"";
