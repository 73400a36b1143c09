//! Lines for Apache, which cannot ask about a request: everything goes through the gateway, which passes it to the app.

use super::Mend;

pub(super) const fn lines(mend: Mend) -> Option<&'static str> {
    Some(match mend {
        Mend::Https => {
            "<VirtualHost *:80>\n    ServerName HOST\n    Redirect permanent / https://HOST/\n</VirtualHost>"
        }
        Mend::Certificate => {
            "SSLCertificateFile /etc/apache2/HOST.fullchain.pem\nSSLCertificateKeyFile /etc/apache2/HOST.key"
        }
        Mend::Portal | Mend::Ask => {
            "ProxyPreserveHost On\nProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket\n\
             # and no ProxyPass, Alias or RewriteRule before it: the gateway passes on to the app"
        }
        Mend::Host => "ProxyPreserveHost On",
        Mend::StaticFiles => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket\n\
             # and no ProxyPassMatch, Alias or RewriteRule for static files before it"
        }
        Mend::Decisions => {
            "<LocationMatch \"^/*PREFIX/+authz\">\n    \
             Redirect 404 /\n\
             </LocationMatch>"
        }
        Mend::Replacements => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket    # the gateway removes them"
        }
        Mend::Original | Mend::Client => {
            "RequestHeader unset X-Forwarded-For early\n\
             RequestHeader unset X-Forwarded-Host early\n\
             RequestHeader unset Forwarded early\n\
             RequestHeader set X-Forwarded-Proto https\n\
             ProxyPreserveHost On"
        }
        Mend::Cookies => "# no ProxyPassReverseCookieDomain, ProxyPassReverseCookiePath and `Header … Set-Cookie` line",
        Mend::Caching => "CacheDisable /",
        Mend::Hsts => "Header always set Strict-Transport-Security \"max-age=63072000\"",
        Mend::Paths => {
            "AllowEncodedSlashes NoDecode\n\
             MergeSlashes Off\n\
             ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket"
        }
        Mend::SecondTarget => "# no `RequestHeader unset Destination` line: the gateway judges the place that it names",
        Mend::Trace => "TraceEnable off",
        Mend::Override => {
            "RequestHeader unset X-HTTP-Method-Override\nRequestHeader unset X-HTTP-Method\n\
             RequestHeader unset X-Method-Override"
        }
        Mend::Identity => {
            "ProxyPass / http://127.0.0.1:9091/ nocanon upgrade=websocket    # the gateway cleans the headers"
        }
        Mend::Reach | Mend::Domain | Mend::Gateway | Mend::Believe | Mend::Refusal | Mend::Headers => return None,
    })
}
