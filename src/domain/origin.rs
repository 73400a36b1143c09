//! Origins: scheme, host and port (RFC 6454).

use std::fmt;
use std::str::FromStr;

use crate::domain::host::{Authority, HostError};

/// How the visitor's browser speaks to the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS, terminated by us or by a trusted proxy in front of us.
    Https,
}

/// A scheme, host and port. The scheme's default port is dropped, so that equal origins are equal values.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin {
    scheme: Scheme,
    authority: Authority,
}

/// Why a text is not a valid origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OriginError {
    /// It does not start with `http://` or `https://`.
    #[error("an origin starts with `https://` or `http://`")]
    Scheme,
    /// Its host is not valid.
    #[error(transparent)]
    Host(#[from] HostError),
}

impl Scheme {
    /// `http` or `https`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Https => "https",
        }
    }

    /// The default port of this scheme.
    pub const fn port(self) -> u16 {
        match self {
            Self::Http => 80,
            Self::Https => 443,
        }
    }
}

impl Origin {
    /// The origin of `authority` reached by `scheme`.
    pub fn new(scheme: Scheme, authority: &Authority) -> Self {
        let port = authority.port().filter(|port| *port != scheme.port());
        Self { scheme, authority: Authority::new(authority.host().clone(), port) }
    }

    /// The scheme.
    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    /// Host and port, without the scheme's default port.
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    /// Parses `scheme://host[:port]` with nothing after it. `null` (RFC 6454 §7.1) is not an origin.
    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (scheme, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
            (Some(rest), _) => (Scheme::Https, rest),
            (None, Some(rest)) => (Scheme::Http, rest),
            (None, None) => return Err(OriginError::Scheme),
        };
        Ok(Self::new(scheme, &rest.parse()?))
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme.as_str(), self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_schemes_own_port_makes_no_difference() {
        let one: Origin = "https://app.example:443".parse().unwrap();
        assert_eq!(one, "https://APP.example.".parse().unwrap());
        assert_ne!(one, "http://app.example".parse().unwrap());
        assert_ne!(one, "https://app.example:8443".parse().unwrap());
    }

    #[test]
    fn null_and_paths_are_no_origin() {
        for text in ["null", "", "app.example", "https://", "https://a/", "https://a@b", "ftp://a", "HTTPS://a"] {
            assert!(text.parse::<Origin>().is_err(), "{text}");
        }
    }
}
