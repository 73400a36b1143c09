//! Host names, with or without a port, and the host patterns of sites.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A host in canonical form: lower case, no trailing dot, internationalised names as `xn--…`, IPv6 in brackets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct HostName(String);

/// A host with an optional port (RFC 3986 §3.2 without userinfo).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Authority {
    host: HostName,
    port: Option<u16>,
}

/// The hosts that a site serves.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum HostPattern {
    /// Exactly this host.
    Exact(HostName),
    /// Every host below this one, at any depth, but not the host itself: `*.example.com`.
    Below(HostName),
    /// Every host.
    Any,
}

/// Why a text is not a valid host.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HostError {
    /// Empty, longer than 253 bytes, or with characters that are not allowed in a host.
    #[error("a host is a name such as `app.example.com` or an address such as `192.0.2.1` or `[2001:db8::1]`")]
    NotAHost,
    /// `user@host` makes one host look like another.
    #[error("a host has no `@` part")]
    UserInfo,
    /// The part after the colon is not a valid port.
    #[error("a port is a number from 1 to 65535")]
    Port,
}

impl HostName {
    /// The host as text; an IPv6 address stands in brackets.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the host is this machine: `localhost`, a name below it (RFC 6761 §6.3), `127.0.0.0/8` or `::1`. A
    /// browser treats these as trustworthy without TLS.
    pub fn is_loopback(&self) -> bool {
        match self.address() {
            Some(address) => address.is_loopback(),
            None => self.0 == "localhost" || self.0.ends_with(".localhost"),
        }
    }

    /// The IP address, if the host is one.
    pub fn address(&self) -> Option<IpAddr> {
        match self.0.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
            Some(six) => six.parse::<Ipv6Addr>().ok().map(IpAddr::V6),
            None => self.0.parse::<Ipv4Addr>().ok().map(IpAddr::V4),
        }
    }
}

impl FromStr for HostName {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        if text.contains('@') {
            return Err(HostError::UserInfo);
        }
        if let Some(inner) = text.strip_prefix('[') {
            let six = inner.strip_suffix(']').ok_or(HostError::NotAHost)?;
            let address: Ipv6Addr = six.parse().map_err(|_| HostError::NotAHost)?;
            return Ok(Self(format!("[{address}]")));
        }
        let name = text.strip_suffix('.').unwrap_or(text);
        if name.is_empty() || name.len() > 253 {
            return Err(HostError::NotAHost);
        }
        // Most hosts are plain ASCII; the IDNA tables are for the others.
        let plain =
            if name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'.' | b'_')) {
                name.to_owned()
            } else {
                idna::domain_to_ascii(name).map_err(|_| HostError::NotAHost)?
            };
        let labels_hold = plain.split('.').all(|label| (1..=63).contains(&label.len()));
        let letters_hold = plain.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
        if !labels_hold || !letters_hold || looks_like_odd_address(&plain) {
            return Err(HostError::NotAHost);
        }
        Ok(Self(plain))
    }
}

/// A host whose last label is a number is an IPv4 address (WHATWG URL, "ends in a number"); spellings such as `127.1`
/// or `0x7f.1` mean an address to a browser and a name to us, so only the dotted form passes.
fn looks_like_odd_address(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    let numeric = !last.is_empty() && (last.bytes().all(|b| b.is_ascii_digit()) || last.starts_with("0x"));
    numeric && host.parse::<Ipv4Addr>().is_err()
}

impl fmt::Display for HostName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Authority {
    /// The host at this port; `None` means the scheme's own port.
    pub const fn new(host: HostName, port: Option<u16>) -> Self {
        Self { host, port }
    }

    /// The host.
    pub const fn host(&self) -> &HostName {
        &self.host
    }

    /// The port, where one was written.
    pub const fn port(&self) -> Option<u16> {
        self.port
    }
}

impl FromStr for Authority {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        let after_bracket = text.rfind(']').map_or(0, |at| at + 1);
        let colon = text.get(after_bracket..).and_then(|rest| rest.find(':')).map(|at| at + after_bracket);
        let (host, port) = match colon {
            Some(at) => (text.get(..at).unwrap_or_default(), text.get(at + 1..)),
            None => (text, None),
        };
        let port = match port {
            None => None,
            // `u16::from_str` accepts `+80`; a port has digits only (RFC 3986 §3.2.3).
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                Some(digits.parse::<u16>().ok().filter(|port| *port > 0).ok_or(HostError::Port)?)
            }
            Some(_) => return Err(HostError::Port),
        };
        Ok(Self { host: host.parse()?, port })
    }
}

impl fmt::Display for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.host),
            None => write!(f, "{}", self.host),
        }
    }
}

impl HostPattern {
    /// Whether the pattern is exactly this host.
    pub fn names(&self, host: &HostName) -> bool {
        matches!(self, Self::Exact(name) if name == host)
    }

    /// Whether the pattern matches `host`.
    pub fn covers(&self, host: &HostName) -> bool {
        match self {
            Self::Exact(name) => name == host,
            Self::Below(name) => {
                host.as_str().strip_suffix(name.as_str()).is_some_and(|rest| rest.len() > 1 && rest.ends_with('.'))
            }
            Self::Any => true,
        }
    }
}

impl HostPattern {
    /// The pattern as [`fmt::Display`] writes it. A single `*` is a site without a host and cannot be written in a
    /// configuration, where it would look like a host.
    pub fn of_site(written: &str) -> Result<Self, HostError> {
        if written == "*" { Ok(Self::Any) } else { written.parse() }
    }
}

impl FromStr for HostPattern {
    type Err = HostError;

    fn from_str(text: &str) -> Result<Self, HostError> {
        match text.strip_prefix("*.") {
            Some(parent) => parent.parse().map(Self::Below),
            None => text.parse().map(Self::Exact),
        }
    }
}

impl fmt::Display for HostPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(name) => write!(f, "{name}"),
            Self::Below(name) => write!(f, "*.{name}"),
            Self::Any => f.write_str("*"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_host_are_equal() {
        for text in ["App.Example.COM", "app.example.com.", "APP.EXAMPLE.com"] {
            assert_eq!(text.parse::<HostName>().unwrap().as_str(), "app.example.com", "{text}");
        }
        assert_eq!("b\u{fc}cher.example".parse::<HostName>().unwrap().as_str(), "xn--bcher-kva.example");
        assert_eq!("[2001:DB8::0:1]".parse::<HostName>().unwrap().as_str(), "[2001:db8::1]");
    }

    #[test]
    fn a_host_that_could_mean_two_things_is_refused() {
        for text in [
            "",
            ".",
            "a..b",
            "a b",
            "a/b",
            "a@b",
            "a@b/evil",
            "127.1",
            "0x7f.1",
            "1.2.3.4.5",
            "[::1",
            "::1",
            "a:b:c",
            "a%2eb",
            "-\u{0}",
            "a\\b",
        ] {
            assert!(text.parse::<Authority>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_port_is_digits_from_1_to_65535() {
        assert_eq!("a.example:8443".parse::<Authority>().unwrap().port(), Some(8443));
        assert_eq!("[::1]:80".parse::<Authority>().unwrap().to_string(), "[::1]:80");
        for text in ["a:", "a:0", "a:+80", "a:65536", "a:80x", "a: 80"] {
            assert!(text.parse::<Authority>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_pattern_is_read_as_it_is_written() {
        for text in ["app.example.com", "*.example.com", "*"] {
            assert_eq!(HostPattern::of_site(text).unwrap().to_string(), text);
        }
        assert!("*".parse::<HostPattern>().is_err());
    }

    #[test]
    fn a_star_covers_what_is_below_and_nothing_beside() {
        let pattern: HostPattern = "*.example.com".parse().unwrap();
        assert!(pattern.covers(&"a.example.com".parse().unwrap()));
        assert!(pattern.covers(&"b.a.example.com".parse().unwrap()));
        for other in ["example.com", "badexample.com", "example.com.evil.test"] {
            assert!(!pattern.covers(&other.parse().unwrap()), "{other}");
        }
    }
}
