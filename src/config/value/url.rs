//! URLs of the CPaaS and of protected sites.

use std::path::PathBuf;

use url::Url;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;
use crate::domain::host::HostName;
use crate::domain::origin::Origin;

/// `cpaas.base_url`: https, or plain http on this machine.
pub(in crate::config) struct CpaasUrl(pub(in crate::config) Url);

/// `portal.url`: where people sign in.
pub(in crate::config) struct PortalUrl(pub(in crate::config) Origin);

/// One address of a protected site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) enum UpstreamUrl {
    /// Scheme, host and port, and a path that stands before every path: empty, or without a slash at its end.
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
        // The secret and the codes travel there: off this machine never readable for others.
        if url.scheme() == "http" && !origin.authority().host().is_loopback() {
            return Err(Fault::new(
                "plain http to another machine",
                "write `https://`; plain http is for this machine alone",
            ));
        }
        Ok(Self(url))
    }

    fn text(&self) -> String {
        self.0.as_str().trim_end_matches('/').to_owned()
    }
}

impl UpstreamUrl {
    /// The path before every path.
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
            let remedy = "write the whole path of the socket, such as `unix:/run/app/app.sock`";
            let whole = path.starts_with('/') && !path.ends_with('/');
            return if whole {
                Ok(Self::Unix(PathBuf::from(path)))
            } else {
                Err(Fault::new("a socket without a whole path", remedy))
            };
        }
        let after_scheme = text.find("://").map_or(0, |at| at + "://".len());
        let path_at =
            text.get(after_scheme..).and_then(|rest| rest.find('/')).map_or(text.len(), |at| at + after_scheme);
        let (origin, path) = text.split_at(path_at);
        let base = path.trim_end_matches('/');
        if let Some(at) = text.find(['?', '#']) {
            // Says which of the two it is.
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
                "write plain path segments, such as `http://127.0.0.1:3000/app`: no dots alone, no `//`, no `%`";
            return Err(Fault::new("a URL with a path that could be read in two ways", remedy));
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

/// A segment of a path that every server reads alike (RFC 3986 §2.3).
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

/// Reads scheme, host and port, and says exactly what else was written.
fn origin_of<L: ConfigValue>(text: &str) -> Result<Origin, Fault> {
    let remedy = || format!("write scheme, host and port alone, such as `{}`", L::EXAMPLE);
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else {
        return Err(Fault::new("not a URL that starts with `https://` or `http://`", remedy()));
    };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len()));
    // Not repeated: before the `@` stands a password.
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
        return Err(Fault::new(format!("{} is no host", quoted(host)), remedy()));
    }
    let origin = text.strip_suffix('/').unwrap_or(text);
    origin.parse().map_err(|error| Fault::new(format!("{error}"), remedy()))
}
