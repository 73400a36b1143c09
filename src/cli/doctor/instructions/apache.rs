//! Lines for Apache, which has no forward auth: every request goes through the gateway, which passes it to the app.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Https => "<VirtualHost *:80>\n    ServerName HOST\n    Redirect permanent / https://HOST/\n</VirtualHost>",
        Fix::Certificate => {
            "SSLCertificateFile /etc/apache2/HOST.fullchain.pem\nSSLCertificateKeyFile /etc/apache2/HOST.key"
        }
        Fix::Portal | Fix::Ask => {
            "ProxyPreserveHost On\nProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket\n\
             # and no ProxyPass, Alias or RewriteRule before it: the gateway passes requests on to the app"
        }
        Fix::Host => "ProxyPreserveHost On",
        Fix::StaticFiles => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket\n\
             # and no ProxyPassMatch, Alias or RewriteRule for static files before it"
        }
        Fix::Decisions => {
            "<LocationMatch \"^/*PREFIX/+authz\">\n    \
             Redirect 404 /\n\
             </LocationMatch>"
        }
        Fix::Replacements => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket    # the gateway removes them"
        }
        Fix::Original | Fix::Client => {
            "RequestHeader unset X-Forwarded-For early\n\
             RequestHeader unset X-Forwarded-Host early\n\
             RequestHeader unset Forwarded early\n\
             RequestHeader set X-Forwarded-Proto https\n\
             ProxyPreserveHost On"
        }
        Fix::Cookies => "# no ProxyPassReverseCookieDomain, ProxyPassReverseCookiePath and `Header … Set-Cookie` line",
        Fix::Caching => "CacheDisable /",
        Fix::Hsts => "Header always set Strict-Transport-Security \"max-age=63072000\"",
        Fix::Paths => {
            "AllowEncodedSlashes NoDecode\n\
             MergeSlashes Off\n\
             ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket"
        }
        Fix::SecondTarget => "# no `RequestHeader unset Destination` line: the gateway judges its target",
        Fix::Trace => "TraceEnable off",
        Fix::Override => {
            "RequestHeader unset X-HTTP-Method-Override\nRequestHeader unset X-HTTP-Method\n\
             RequestHeader unset X-Method-Override"
        }
        Fix::Identity => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket    # the gateway cleans the headers"
        }
        Fix::Reach | Fix::Domain | Fix::Gateway | Fix::Believe | Fix::Refusal | Fix::Headers => return None,
    })
}
