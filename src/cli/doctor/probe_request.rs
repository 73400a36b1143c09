//! One request of `doctor`, byte for byte: the HTTP client libraries would normalise what is tested.

use std::fmt::Write as _;

/// A request before host and session are added.
#[derive(Debug, Clone)]
pub(super) struct ProbeRequest {
    method: &'static str,
    target: String,
    fields: Vec<(String, String)>,
    client: ClientKind,
}

/// The kind of client that the request imitates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ClientKind {
    /// A person who opens a page in a browser.
    Person,
    /// A script in a page.
    Program,
    /// Neither: only the given fields are sent.
    Nobody,
}

impl ProbeRequest {
    /// A page that a person opens in a browser.
    pub(super) fn person(target: &str) -> Self {
        Self::new(ClientKind::Person, target)
    }

    /// Data that a script fetches.
    pub(super) fn program(target: &str) -> Self {
        Self::new(ClientKind::Program, target)
    }

    /// Without a browser's fields.
    pub(super) fn bare(target: &str) -> Self {
        Self::new(ClientKind::Nobody, target)
    }

    fn new(client: ClientKind, target: &str) -> Self {
        Self { method: "GET", target: target.to_owned(), fields: Vec::new(), client }
    }

    #[must_use]
    pub(super) fn method(mut self, method: &'static str) -> Self {
        self.method = method;
        self
    }

    #[must_use]
    pub(super) fn field(mut self, name: &str, value: &str) -> Self {
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The bytes on the wire. `cookie` is the value of the `Cookie` field.
    pub(super) fn bytes(&self, authority: &str, origin: &str, cookie: Option<&str>) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\nHost: {authority}\r\n", self.method, self.target);
        let mut field = |name: &str, value: &str| {
            let _ = write!(head, "{name}: {value}\r\n");
        };
        field("User-Agent", concat!("portcullis-doctor/", env!("CARGO_PKG_VERSION")));
        match self.client {
            ClientKind::Person => {
                field("Accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8");
                field("Sec-Fetch-Mode", "navigate");
                field("Sec-Fetch-Dest", "document");
                field("Sec-Fetch-Site", if self.method == "POST" { "same-origin" } else { "none" });
            }
            ClientKind::Program => {
                field("Accept", "application/json");
                field("X-Requested-With", "XMLHttpRequest");
                field("Sec-Fetch-Mode", "cors");
                field("Sec-Fetch-Dest", "empty");
                field("Sec-Fetch-Site", "same-origin");
            }
            ClientKind::Nobody => {}
        }
        if self.method == "POST" {
            field("Origin", origin);
            field("Content-Length", "0");
        }
        if let Some(cookie) = cookie {
            field("Cookie", cookie);
        }
        // Several `Connection` lines would be combined; a check that sends its own writes all of it, as an attacker
        // would.
        if !self.fields.iter().any(|(name, _)| name == "Connection") {
            field("Connection", "close");
        }
        for (name, value) in &self.fields {
            field(name, value);
        }
        head.push_str("\r\n");
        head.into_bytes()
    }
}
