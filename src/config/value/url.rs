//! URLs of the CPaaS, the portal and protected sites.

use std::path::PathBuf;

use url::Url;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;
use crate::domain::host::HostName;
use crate::domain::origin::Origin;

/// `cpaas.base_url`: https, or plain http on this machine.
pub(in crate::config) struct CpaasUrl(pub(in crate::config) Url);

/// `portal.url`.
pub(in crate::config) struct PortalUrl(pub(in crate::config) Origin);

/// One of `sites.cors_origins`.
pub(in crate::config) struct CorsOrigin(pub(in crate::config) Origin);

/// One address of a protected site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) enum UpstreamUrl {
    /// Scheme, host and port, and the base path: empty, or without a trailing slash.
    Http(Origin, String),
    /// A unix socket.
    Unix(PathBuf),
}

impl ConfigValue for CpaasUrl {
    const EXAMPLE: &'static str = "https://cpaas.example.com";

    fn kind() -> String {
        "a URL".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let origin = origin_of::<Self>(text)?;
        let url = Url::parse(&origin.to_string()).map_err(|_| super::not_a::<Self>(text))?;
        // The secret and the codes are sent there: on a network they must be encrypted.
        if url.scheme() == "http" && !origin.authority().host().is_loopback() {
            return Err(Fault::new(
                "plain http to another machine",
                "write `https://`: plain http is allowed only on this machine",
            ));
        }
        Ok(Self(url))
    }

    fn text(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }
}

impl UpstreamUrl {
    /// The base path; empty if there is none.
    pub(in crate::config) fn base_path(&self) -> &str {
        match self {
            Self::Http(_, base) => base,
            Self::Unix(_) => "",
        }
    }
}

impl ConfigValue for UpstreamUrl {
    const EXAMPLE: &'static str = "http://127.0.0.1:3000";

    fn kind() -> String {
        "a URL or `unix:/path`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        if let Some(path) = text.strip_prefix("unix:") {
            let remedy = "write the absolute path of the socket, such as `unix:/run/app/app.sock`";
            let whole = path.starts_with('/') && !path.ends_with('/');
            return if whole {
                Ok(Self::Unix(PathBuf::from(path)))
            } else {
                Err(Fault::new("a socket without an absolute path", remedy))
            };
        }
        let after_scheme = text.find("://").map_or(0, |at| at + "://".len());
        let path_at =
            text.get(after_scheme..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| at + after_scheme);
        let (origin, path) = text.split_at(path_at);
        let base = path.trim_end_matches('/');
        if let Some(at) = text.find(['?', '#']) {
            // The fault tells which of the two it is.
            let rest = text.get(at..).unwrap_or_default();
            return Err(origin_of::<Self>(&format!("{origin}{rest}"))
                .err()
                .unwrap_or_else(|| super::not_a::<Self>(text)));
        }
        if base.is_empty() {
            return origin_of::<Self>(text).map(|origin| Self::Http(origin, String::new()));
        }
        if !base.split('/').skip(1).all(is_plain_segment) {
            let remedy =
                "write plain path segments, such as `http://127.0.0.1:3000/app`: no `.` or `..`, no `//`, no `%`";
            return Err(Fault::new("a URL with an ambiguous path", remedy));
        }
        Ok(Self::Http(origin_of::<Self>(origin)?, base.to_owned()))
    }

    fn text(&self) -> String {
        match self {
            Self::Http(origin, base) => format!("{origin}{base}"),
            Self::Unix(path) => format!("unix:{}", path.display()),
        }
    }
}

/// Whether every server reads the path segment alike (RFC 3986 §2.3).
fn is_plain_segment(segment: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(plain)
}

impl ConfigValue for PortalUrl {
    const EXAMPLE: &'static str = "https://auth.example.com";

    fn kind() -> String {
        "a URL".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        origin_of::<Self>(text).map(Self)
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

impl ConfigValue for CorsOrigin {
    const EXAMPLE: &'static str = "https://panel.example.com";

    fn kind() -> String {
        "an origin".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        if text == "*" || text == "null" {
            let what = format!("`{text}` would let every page on the web read what the site answers to its visitor");
            return Err(Fault::new(what, format!("name each origin, such as `{}`", Self::EXAMPLE)));
        }
        origin_of::<Self>(text).map(Self)
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}

/// Parses scheme, host and port; the fault names anything else in the text.
fn origin_of<L: ConfigValue>(text: &str) -> Result<Origin, Fault> {
    let remedy = || format!("write only scheme, host and port, such as `{}`", L::EXAMPLE);
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Err(Fault::new("not a URL that starts with `https://` or `http://`", remedy()));
    };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    // Not repeated: the part before the `@` may contain a password.
    if rest.contains('@') {
        return Err(Fault::new("a URL with a user or password in it", remedy()));
    }
    match tail.chars().next() {
        Some('?') => return Err(Fault::new("a URL with a query", remedy())),
        Some('#') => return Err(Fault::new("a URL with a fragment", remedy())),
        Some(_) if tail != "/" => return Err(Fault::new("a URL with a path", remedy())),
        Some(_) | None => {}
    }
    let host = authority.split(':').next().unwrap_or_default();
    if host.parse::<HostName>().is_err() && !authority.starts_with('[') {
        return Err(Fault::new(format!("{} is not a host", quoted(host)), remedy()));
    }
    let origin = text.strip_suffix('/').unwrap_or(text);
    origin.parse().map_err(|error| Fault::new(format!("{error}"), remedy()))
}
