//! Request targets: path and query, byte for byte, and whether the path is ambiguous.

use std::fmt;
use std::sync::Arc;

use crate::domain::origin::Origin;
use crate::domain::path::{escape, unicode_escape};

/// The path and query of a request in origin-form (RFC 9112 §3.2.1), exactly as they arrived and are forwarded
/// (RFC 9110 §7.7: a proxy must not modify them).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RequestTarget {
    /// Shared, because a permit carries the judged target on to the site.
    text: Arc<str>,
    path_length: usize,
}

/// The text is not an origin-form target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a request target starts with `/` and contains no blanks, control characters or `#`")]
pub struct NotATarget;

/// How a path could mean one thing to us and another to the protected site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ambiguity {
    /// `%2F`: a separator to some servers.
    EncodedSlash,
    /// `\` or `%5C`: a separator to some servers.
    Backslash,
    /// `%00`: the end of the path to some servers.
    Nul,
    /// `.` or `..` as a segment, plain or encoded.
    DotSegment,
    /// `//`: a single separator to some servers.
    EmptySegment,
    /// Decodes to another escape (`%2541`, `%25%34%31`): a different path to a server that decodes twice.
    DoubleEncoding,
    /// `%` without two hexadecimal digits after it.
    BrokenEncoding,
}

impl RequestTarget {
    /// Parses an origin-form target.
    pub fn parse(text: &str) -> Result<Self, NotATarget> {
        let visible = text.bytes().all(|b| b > b' ' && b != 0x7f && b != b'#');
        if !text.starts_with('/') || !visible {
            return Err(NotATarget);
        }
        let path_length = text.find('?').unwrap_or(text.len());
        Ok(Self { text: text.into(), path_length })
    }

    /// Parses a target in absolute-form (RFC 9112 §3.2.2), byte for byte: everything between the scheme and the first
    /// `/` after it is the host, so `https://app.test\\@evil.test/` has no valid host.
    pub fn parse_absolute(text: &str) -> Option<(Origin, Self)> {
        let after_scheme = text.find("://")? + "://".len();
        let slash = text.get(after_scheme..)?.find('/')? + after_scheme;
        let origin = text.get(..slash)?.parse().ok()?;
        Some((origin, Self::parse(text.get(slash..)?).ok()?))
    }

    /// Path and query together, as received.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The path alone.
    pub fn path(&self) -> &str {
        self.text.get(..self.path_length).unwrap_or(&self.text)
    }

    /// The query after the `?`, if there is a `?`.
    pub fn query(&self) -> Option<&str> {
        self.text.get(self.path_length + 1..)
    }

    /// The first ambiguity in the path, if there is one.
    pub fn ambiguity(&self) -> Option<Ambiguity> {
        let path = self.path();
        ambiguous_byte(path.as_bytes()).or_else(|| ambiguous_segment(path))
    }
}

fn ambiguous_byte(path: &[u8]) -> Option<Ambiguity> {
    if path.contains(&b'\\') {
        return Some(Ambiguity::Backslash);
    }
    if !path.contains(&b'%') {
        return None;
    }
    let mut decoded = Vec::with_capacity(path.len());
    let mut rest = path;
    while let Some((first, behind)) = rest.split_first() {
        let (byte, after) = match (first, escape(rest)) {
            (b'%', None) => return Some(Ambiguity::BrokenEncoding),
            (b'%', Some((b'/', _))) => return Some(Ambiguity::EncodedSlash),
            (b'%', Some((b'\\', _))) => return Some(Ambiguity::Backslash),
            (b'%', Some((0, _))) => return Some(Ambiguity::Nul),
            (_, Some(decoded)) => decoded,
            (plain, None) => (*plain, behind),
        };
        decoded.push(byte);
        rest = after;
    }
    // A literal percent sign is `%25`; alone it decodes to nothing further.
    let twice = (0..decoded.len()).any(|at| decoded.get(at..).is_some_and(begins_with_an_escape));
    twice.then_some(Ambiguity::DoubleEncoding)
}

/// `%41`, or `%u0041`, which is in no RFC but IIS decodes it.
fn begins_with_an_escape(text: &[u8]) -> bool {
    escape(text).is_some() || unicode_escape(text).is_some()
}

fn ambiguous_segment(path: &str) -> Option<Ambiguity> {
    let segments = path.strip_prefix('/').unwrap_or(path).split('/');
    let last = path.matches('/').count().saturating_sub(1);
    segments.enumerate().find_map(|(index, segment)| {
        // `/a;x/..;y/b`: servlet containers drop `;…` before they look at the dots.
        match segment.split(';').next().unwrap_or_default() {
            "" if index < last => Some(Ambiguity::EmptySegment),
            name if is_dots(name.as_bytes()) => Some(Ambiguity::DotSegment),
            _ => None,
        }
    })
}

/// Whether this is `.` or `..`, with either dot optionally encoded as `%2e`.
fn is_dots(name: &[u8]) -> bool {
    let behind_dot = |text: &[u8]| match text {
        [b'.', behind @ ..] | [b'%', b'2', b'e' | b'E', behind @ ..] => Some(behind.len()),
        _ => None,
    };
    let Some(left) = behind_dot(name) else { return false };
    let second = name.get(name.len() - left..).unwrap_or_default();
    second.is_empty() || behind_dot(second) == Some(0)
}

impl Ambiguity {
    /// The message for the client.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::EncodedSlash => "the path contains an encoded slash (%2F)",
            Self::Backslash => "the path contains a backslash",
            Self::Nul => "the path contains an encoded NUL (%00)",
            Self::DotSegment => "the path contains a dot segment (. or ..)",
            Self::EmptySegment => "the path contains an empty segment (//)",
            Self::DoubleEncoding => "the path is encoded twice (it decodes to another encoding)",
            Self::BrokenEncoding => "the path contains a % without two hexadecimal digits after it",
        }
    }
}

impl fmt::Display for RequestTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ambiguity(text: &str) -> Option<Ambiguity> {
        RequestTarget::parse(text).unwrap().ambiguity()
    }

    #[test]
    fn ordinary_paths_are_clear() {
        for text in [
            "/",
            "/a",
            "/a/",
            "/a/b.c",
            "/a%20b",
            "/a;v=1/b",
            "/.well-known/x",
            "/a..b",
            "/...",
            "/a?x=//..%2f%00",
            "/caf\u{e9}",
            "/50%25%20off.pdf",
            "/100%25",
            "/100%25/41",
            "/a%25g1/%25",
            "/%25%25zz",
            "/%25ux041",
        ] {
            assert_eq!(ambiguity(text), None, "{text}");
        }
    }

    #[test]
    fn a_path_that_could_mean_two_things_is_found() {
        for (text, found) in [
            ("/public/../admin", Ambiguity::DotSegment),
            ("/public/%2e%2E/admin", Ambiguity::DotSegment),
            ("/public/.%2e", Ambiguity::DotSegment),
            ("/public/..;x/admin", Ambiguity::DotSegment),
            ("/./a", Ambiguity::DotSegment),
            ("/public/..%2fadmin", Ambiguity::EncodedSlash),
            ("/public/..%5cadmin", Ambiguity::Backslash),
            ("/public\\..\\admin", Ambiguity::Backslash),
            ("//admin", Ambiguity::EmptySegment),
            ("/a//b", Ambiguity::EmptySegment),
            ("/a//", Ambiguity::EmptySegment),
            ("/;x/admin", Ambiguity::EmptySegment),
            ("/a%00", Ambiguity::Nul),
            ("/%252e%252e/admin", Ambiguity::DoubleEncoding),
            ("/%2541", Ambiguity::DoubleEncoding),
            ("/%25%34%31", Ambiguity::DoubleEncoding),
            ("/%254%31", Ambiguity::DoubleEncoding),
            ("/%25%341", Ambiguity::DoubleEncoding),
            ("/50%25ab", Ambiguity::DoubleEncoding),
            ("/%25%2541", Ambiguity::DoubleEncoding),
            ("/%25u0041", Ambiguity::DoubleEncoding),
            ("/%25%75004%31", Ambiguity::DoubleEncoding),
            ("/a%", Ambiguity::BrokenEncoding),
            ("/a%zz", Ambiguity::BrokenEncoding),
        ] {
            assert_eq!(ambiguity(text), Some(found), "{text}");
        }
    }

    #[test]
    fn an_absolute_form_is_split_at_its_first_slash_and_kept_byte_for_byte() {
        let read = RequestTarget::parse_absolute;
        let (origin, target) = read("https://APP.example.com:443//a%2Fb/../x/%2e%2e/y;p?q=%20+|").unwrap();
        assert_eq!(origin.to_string(), "https://app.example.com");
        assert_eq!(target.as_str(), "//a%2Fb/../x/%2e%2e/y;p?q=%20+|");
        for wrong in [
            "",
            "/a",
            "https://app.example.com",
            "https://app.example.com?x=/",
            "https://a@b/",
            "https:///a",
            "ftp://a/",
            "https://app.example.com/a#b",
            "https://app.example.com/a b",
            "https://evil.test\\@app.example.com/",
        ] {
            assert!(read(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn a_target_keeps_every_byte() {
        let target = RequestTarget::parse("/a%2Fb?x=%20&&=?").unwrap();
        assert_eq!((target.path(), target.query(), target.as_str()), ("/a%2Fb", Some("x=%20&&=?"), "/a%2Fb?x=%20&&=?"));
        assert_eq!(RequestTarget::parse("/a?").unwrap().query(), Some(""));
        for text in ["", "a", "*", "admin", "http://a/", "/a b", "/a#b", "/a\n", "/a\u{7f}"] {
            assert!(RequestTarget::parse(text).is_err(), "{text:?}");
        }
    }
}
