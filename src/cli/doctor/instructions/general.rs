//! What holds for every proxy, and the gateway's own lines where none stands before it.

use crate::cli::doctor::fix::Fix;

pub(super) const fn lines(fix: Fix) -> &'static str {
    match fix {
        Fix::Reach => "Let the proxy listen at the address that HOST leads to, and open the port to the outside.",
        Fix::Https => {
            "Serve HOST over https, and answer every request to port 80 with 301 to https://HOST and the same path."
        }
        Fix::Certificate => {
            "Give the proxy a certificate for HOST with all certificates between it and its authority; name an authority \
             of your own with --root-certificates."
        }
        Fix::Gateway => {
            "Start the gateway and ask it beside itself: portcullis health\nThen look whether the proxy reaches the \
             address in `server.listen`."
        }
        Fix::Host => {
            "Let the proxy pass Host on unchanged, and name the site to the gateway:\n[[sites]]\nhost = \"HOST\""
        }
        Fix::Believe => {
            "# in portcullis.toml\n[server]\ntrusted_proxies = [\"192.0.2.1\"]    # the address that the proxy connects from"
        }
        Fix::Portal => {
            "Pass PREFIX/ of HOST to the gateway, path and headers unchanged, without asking for a session; all but \
             PREFIX/authz/."
        }
        Fix::Decisions => {
            "Refuse PREFIX/authz/ from outside with 403, before any rule that passes PREFIX/ on; only the proxy itself \
             asks there."
        }
        Fix::Ask => ASK,
        Fix::Original => ORIGINAL,
        Fix::Replacements => REPLACEMENTS,
        Fix::Client => CLIENT,
        Fix::StaticFiles => STATIC_FILES,
        Fix::Refusal => {
            "Let the proxy hand the gateway's answer on as it is (status and Location), and show the gateway Accept, \
             Sec-Fetch-Mode and X-Requested-With of the visitor."
        }
        Fix::Cookies => "Take every rule out that changes Set-Cookie of answers below PREFIX/.",
        Fix::Domain => DOMAIN,
        Fix::Caching => "Keep no answer in a cache that says no-store, and leave Cache-Control of answers as it is.",
        Fix::Headers => "Take every rule out that removes or replaces security headers of answers below PREFIX/.",
        Fix::Hsts => "Add to every answer: Strict-Transport-Security: max-age=63072000",
        Fix::Identity => IDENTITY,
        Fix::Paths => {
            "Let the proxy pass paths on as they came, and match PREFIX/ only after dot segments are resolved; keep \
             `ambiguous_paths = \"refuse\"` of the site."
        }
        Fix::SecondTarget => SECOND_TARGET,
        Fix::Trace => "Refuse the methods TRACE and TRACK with 405.",
        Fix::Override => {
            "Let the app and the proxy pass over X-HTTP-Method-Override, X-HTTP-Method and X-Method-Override, or remove \
             them from requests."
        }
    }
}

const REPLACEMENTS: &str = "Let the proxy drop X-HTTP-Path-Override, X-Override-URL, X-Script-Name, Script-Name, Path-Info, \
    X-Matched-Path, X-Invoke-Path, X-Accel-Mapping and X-WAWS-Unencoded-URL of visitors, for the question and for the app.";

const CLIENT: &str = "Let the proxy replace X-Forwarded-For and X-Real-IP of visitors by the address that they connect from, and \
    append to neither.";

const STATIC_FILES: &str = "Let the proxy ask the gateway about every path of HOST, whatever it ends in. Where a rule of the site \
    opens such paths on purpose, nothing is wrong.";

const DOMAIN: &str = "Nothing, where every host below the domain is yours. Otherwise, in portcullis.toml, take \
    `session.cookie_domain` out and set `portal.url`: one sign-in, and a cookie for each site.";

const IDENTITY: &str = "Let the proxy remove Remote-User, Remote-Name, Remote-Email, Remote-Groups and X-Portcullis-Assertion of \
    visitors, in every spelling (_ and . for -), and set them from the gateway's answer.";

const ORIGINAL: &str = "Let the proxy set X-Forwarded-Proto, X-Forwarded-Host and X-Forwarded-Uri itself, from the visitor's own \
    request, and drop X-Original-URL, X-Rewrite-URL and Forwarded of visitors.";

const ASK: &str = "Let the proxy ask the gateway (PREFIX/authz/…) about every request of HOST, WebSocket handshakes included, \
    and pass on only what is answered with 200.";

const SECOND_TARGET: &str = "Pass `Destination` to the gateway with every request or question: it names the place where \
    COPY and MOVE write. For an app without WebDAV, remove it from requests instead, before anything is asked.";

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
