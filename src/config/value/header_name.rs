//! Header names: those of a site's identity headers, and those that it accepts from visitors.

use http::header::HeaderName;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;
use crate::headers::{forwarded, identity, known_identity, spelling};

/// A header name under which a site gets the signed-in person's identity.
#[derive(Clone)]
pub(in crate::config) struct IdentityHeader(pub(in crate::config) Spelled);

/// A header name from which common apps read an identity, and which a site accepts from its visitors.
#[derive(Clone)]
pub(in crate::config) struct KeptHeader(pub(in crate::config) Spelled);

/// A field name in its original letter case.
#[derive(Clone)]
pub(in crate::config) struct Spelled {
    pub(in crate::config) name: HeaderName,
    text: String,
}

/// Prefixes of names that HTTP, browsers, the gateway or the proxies in front of it use otherwise: an identity in one
/// of them would be misread or lost.
const TAKEN: [&str; 58] = [
    "a-im",
    "accept",
    "access-control-",
    "age",
    "allow",
    "alt-",
    "authorization",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-",
    "cookie",
    "date",
    "depth",
    "destination",
    "dnt",
    "early-data",
    "etag",
    "expect",
    "expires",
    "forwarded",
    "from",
    "host",
    "http2-settings",
    "if-",
    "keep-alive",
    "last-modified",
    "link",
    "location",
    "lock-token",
    "max-forwards",
    "origin",
    "overwrite",
    "pragma",
    "prefer",
    "priority",
    "proxy-",
    "range",
    "referer",
    "refresh",
    "retry-after",
    "sec-",
    "server",
    "set-cookie",
    "status",
    "te",
    "timeout",
    "trace",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
    "vary",
    "via",
    "www-authenticate",
    "x-accel-",
    "x-http-",
    "x-method-",
];

/// More such names, matched whole.
const TAKEN_WHOLE: [&str; 6] = ["x-csrf-token", "x-requested-with", "x-sendfile", "x-request-id", "x-xsrf-token", "if"];

impl Spelled {
    fn parse(text: &str) -> Result<Self, Fault> {
        let marks = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        let plain = text.len() <= 64 && text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.bytes().all(marks);
        match HeaderName::from_bytes(text.as_bytes()) {
            Ok(name) if plain => Ok(Self { name, text: text.to_owned() }),
            Ok(_) | Err(_) => {
                let remedy = "write letters, digits, `-` and `_`, such as `X-WEBAUTH-USER`";
                Err(Fault::new(format!("{} is not a header name", quoted(text)), remedy))
            }
        }
    }
}

fn is_taken(name: &str) -> bool {
    TAKEN_WHOLE.iter().any(|taken| spelling::same(name, taken))
        || TAKEN.iter().any(|taken| match taken.strip_suffix('-') {
            Some(_) => spelling::begins(name, taken),
            // `accept` also matches `accept-language`, but not `acceptance`.
            None => spelling::same(name, taken) || spelling::begins(name, &format!("{taken}-")),
        })
}

impl ConfigValue for IdentityHeader {
    const EXAMPLE: &'static str = "X-WEBAUTH-USER";

    fn kind() -> String {
        "a header name".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let spelled = Spelled::parse(text)?;
        let name = spelled.name.as_str();
        if spelling::begins(name, "x-portcullis-") {
            return Err(Fault::new(format!("{} is reserved for the gateway", quoted(text)), "choose another name"));
        }
        // The known identity names that begin with `X-Forwarded-` are allowed: the gateway sends no other value under
        // them.
        if is_taken(name) || (forwarded::is_claimed(name) && !known_identity::is_known(name)) {
            let what = format!("{} has another meaning", quoted(text));
            return Err(Fault::new(
                what,
                "write the name from which the app reads an identity, such as `X-WEBAUTH-USER`",
            ));
        }
        Ok(Self(spelled))
    }

    fn text(&self) -> String {
        self.0.text.clone()
    }
}

impl ConfigValue for KeptHeader {
    const EXAMPLE: &'static str = "Cf-Access-Jwt-Assertion";

    fn kind() -> String {
        "a header name".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let spelled = Spelled::parse(text)?;
        let name = spelled.name.as_str();
        if identity::is_claimed(name) {
            return Err(Fault::new(format!("{} is never accepted from a visitor", quoted(text)), "remove it"));
        }
        if !known_identity::is_known(name) {
            let what = format!("{} is not among the identity headers that are removed", quoted(text));
            return Err(Fault::new(what, "remove it: other headers pass, or are never accepted from a visitor"));
        }
        Ok(Self(spelled))
    }

    fn text(&self) -> String {
        self.0.text.clone()
    }
}
