//! Fixes that apply to every proxy, and the gateway's own settings if there is no proxy in front.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> &'static str {
    match fix {
        Fix::Reach => "Let the proxy listen at the address that HOST resolves to, and open the port to the outside.",
        Fix::Https => {
            "Serve HOST over https, and answer every request to port 80 with 301 to https://HOST and the same path."
        }
        Fix::Certificate => {
            "Give the proxy a certificate for HOST with all intermediate certificates; name your own authority with \
             --root-certificates."
        }
        Fix::Gateway => {
            "Start the gateway and test it on its own machine: portcullis health\nThen check whether the proxy can \
             reach the address in `server.listen`."
        }
        Fix::Host => {
            "Let the proxy pass Host on unchanged, and configure the site in the gateway:\n[[sites]]\nhost = \"HOST\""
        }
        Fix::Believe => {
            "# in portcullis.toml\n[server]\ntrusted_proxies = [\"192.0.2.1\"]    # the address that the proxy connects from"
        }
        Fix::Portal => {
            "Pass PREFIX/ of HOST to the gateway, path and headers unchanged, without requiring a session; except \
             PREFIX/authz/."
        }
        Fix::Decisions => {
            "Refuse PREFIX/authz/ from outside with 403, before any rule that passes PREFIX/ on; only the proxy itself \
             may send requests there."
        }
        Fix::Ask => ASK,
        Fix::Original => ORIGINAL,
        Fix::Replacements => REPLACEMENTS,
        Fix::Client => CLIENT,
        Fix::StaticFiles => STATIC_FILES,
        Fix::Refusal => {
            "Let the proxy pass the gateway's answer on unchanged (status and Location), and pass the visitor's Accept, \
             Sec-Fetch-Mode and X-Requested-With to the gateway."
        }
        Fix::Cookies => "Remove every rule that changes Set-Cookie of answers below PREFIX/.",
        Fix::Domain => DOMAIN,
        Fix::Caching => "Do not cache answers with no-store, and do not change Cache-Control of answers.",
        Fix::Headers => "Remove every rule that removes or replaces security headers of answers below PREFIX/.",
        Fix::Hsts => "Add to every answer: Strict-Transport-Security: max-age=63072000",
        Fix::Identity => IDENTITY,
        Fix::Paths => {
            "Let the proxy pass paths on unchanged, and match PREFIX/ only after dot segments are resolved; keep \
             `ambiguous_paths = \"refuse\"` for the site."
        }
        Fix::SecondTarget => SECOND_TARGET,
        Fix::Trace => "Refuse the methods TRACE and TRACK with 405.",
        Fix::Override => {
            "Let the app and the proxy ignore X-HTTP-Method-Override, X-HTTP-Method and X-Method-Override, or remove \
             them from requests."
        }
    }
}

const REPLACEMENTS: &str = "Let the proxy remove visitors' X-HTTP-Path-Override, X-Override-URL, X-Script-Name, Script-Name, \
    Path-Info, X-Matched-Path, X-Invoke-Path, X-Accel-Mapping and X-WAWS-Unencoded-URL, from the forward-auth request and \
    from the request to the app.";

const CLIENT: &str = "Let the proxy replace visitors' X-Forwarded-For and X-Real-IP with the address that they connect from, and \
    append to neither.";

const STATIC_FILES: &str = "Let the proxy ask the gateway about every path of HOST, whatever its extension. If a rule of the site \
    opens such paths on purpose, nothing is wrong.";

const DOMAIN: &str = "Nothing, if every host below the domain is yours. Otherwise, in portcullis.toml, remove \
    `session.cookie_domain` and set `portal.url`: one sign-in, and a cookie for each site.";

const IDENTITY: &str = "Let the proxy remove visitors' Remote-User, Remote-Name, Remote-Email, Remote-Groups and \
    X-Portcullis-Assertion, in every spelling (_ and . for -), and set them from the gateway's answer.";

const ORIGINAL: &str = "Let the proxy set X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Uri itself, from the visitor's own \
    request, and remove visitors' X-Original-URL, X-Rewrite-URL and Forwarded.";

const ASK: &str = "Let the proxy ask the gateway (PREFIX/authz/…) about every request of HOST, including WebSocket handshakes, \
    and pass a request on only if the answer is 200.";

const SECOND_TARGET: &str = "Pass `Destination` to the gateway with every request or forward-auth request: it names the place \
    where COPY and MOVE write. For an app without WebDAV, remove it from requests instead, before the gateway is asked.";

/// The gateway's own configuration.
pub(super) const fn without_proxy(fix: Fix) -> Option<&'static str> {
    Some(match fix {
        Fix::Reach => "[server]\nlisten = [\"0.0.0.0:443\", \"[::]:443\"]",
        Fix::Https | Fix::Certificate => {
            "[server]\nlisten = [\"0.0.0.0:443\"]\ntls = [{ certificate = \"fullchain.pem\", key = \"key.pem\" }]\n\
             Nothing else of HOST should listen on port 80."
        }
        Fix::Host | Fix::Ask => "[[sites]]\nhost = \"HOST\"\nupstream = [\"http://127.0.0.1:3000\"]",
        Fix::Portal => "[portal]\npath = \"PREFIX\"",
        Fix::Original | Fix::Client => "[server]\ntrusted_proxies = []",
        Fix::Hsts => "[server]\nhsts = \"auto\"",
        Fix::Paths => "[[sites]]\nambiguous_paths = \"refuse\"",
        Fix::Gateway
        | Fix::StaticFiles
        | Fix::Replacements
        | Fix::Domain
        | Fix::Believe
        | Fix::Decisions
        | Fix::Refusal
        | Fix::Cookies
        | Fix::Caching
        | Fix::Headers
        | Fix::Identity
        | Fix::SecondTarget
        | Fix::Trace
        | Fix::Override => return None,
    })
}
