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
            "ProxyPreserveHost On\nProxyPass / http://portcullis:8080/ nocanon upgrade=websocket\n\
             # and no ProxyPass, Alias or RewriteRule before it: the gateway passes on to the app"
        }
        Mend::Host => "ProxyPreserveHost On",
        Mend::Decisions => "<LocationMatch \"(?i)^PREFIX/+authz\">\n    Require all denied\n</LocationMatch>",
        Mend::Original => {
            "RequestHeader set X-Forwarded-Proto \"expr=%{REQUEST_SCHEME}\"\n\
             RequestHeader set X-Forwarded-Host \"expr=%{HTTP_HOST}\"\nRequestHeader unset X-Forwarded-For early\n\
             RequestHeader unset Forwarded\nProxyAddHeaders On"
        }
        Mend::Cookies => "# no ProxyPassReverseCookieDomain, ProxyPassReverseCookiePath and `Header … Set-Cookie` line",
        Mend::Caching => "CacheDisable /",
        Mend::Hsts => "Header always set Strict-Transport-Security \"max-age=63072000\"",
        Mend::Paths => "AllowEncodedSlashes NoDecode\nProxyPass / http://portcullis:8080/ nocanon upgrade=websocket",
        Mend::Trace => "TraceEnable off",
        Mend::Override => {
            "RequestHeader unset X-HTTP-Method-Override\nRequestHeader unset X-HTTP-Method\n\
             RequestHeader unset X-Method-Override"
        }
        Mend::Identity => {
            "ProxyPass / http://portcullis:8080/ nocanon upgrade=websocket    # the gateway cleans the headers"
        }
        Mend::Reach | Mend::Gateway | Mend::Believe | Mend::Refusal | Mend::Headers => return None,
    })
}
