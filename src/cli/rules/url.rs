//! Parses the URL of a request without changing a byte of it: a library would normalise the path that is to be tested.

use std::str::FromStr;

use crate::domain::origin::{Origin, OriginError};
use crate::domain::target::{NotATarget, RequestTarget};

/// The origin and the target of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestUrl {
    pub(super) origin: Origin,
    pub(super) target: RequestTarget,
}

/// A URL that no request can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum NotARequestUrl {
    /// The scheme, host or port is invalid.
    #[error(transparent)]
    Origin(#[from] OriginError),
    /// The path or query is invalid.
    #[error(transparent)]
    Target(#[from] NotATarget),
}

impl FromStr for RequestUrl {
    type Err = NotARequestUrl;

    /// Parses `scheme://host[:port]` and, after it, path and query as they would be in the request line. Without a
    /// path, also before a query, the path is `/` (RFC 9112 §3.2.1).
    fn from_str(text: &str) -> Result<Self, NotARequestUrl> {
        let host = text.find("://").map_or(0, |at| at + 3);
        let behind =
            text.get(host..).and_then(|rest| rest.find(['/', '?', '#', '\\'])).map_or(text.len(), |at| host + at);
        let (origin, target) = text.split_at(behind);
        let origin = origin.parse()?;
        let root = if target.starts_with('/') { "" } else { "/" };
        Ok(Self { origin, target: RequestTarget::parse(&format!("{root}{target}"))? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_read_without_changing_a_byte() {
        for (text, origin, target) in [
            ("https://app.example.com", "https://app.example.com", "/"),
            ("https://App.example.com?a=/b", "https://app.example.com", "/?a=/b"),
            ("http://[::1]:8080/a/../%2e%2E//b;c?d#".trim_end_matches('#'), "http://[::1]:8080", "/a/../%2e%2E//b;c?d"),
            ("https://app.example.com\\admin", "https://app.example.com", "/\\admin"),
        ] {
            let url: RequestUrl = text.parse().unwrap();
            assert_eq!((url.origin.to_string().as_str(), url.target.as_str()), (origin, target), "{text}");
        }
    }

    #[test]
    fn what_no_request_can_ask_for_is_no_url() {
        for text in [
            "",
            "/a",
            "app.example.com/a",
            "ftp://a/",
            "https:///a",
            "https://u@a/",
            "https://a:0/",
            "https://a/b c",
            "https://a/#b",
        ] {
            assert!(text.parse::<RequestUrl>().is_err(), "{text}");
        }
    }
}
