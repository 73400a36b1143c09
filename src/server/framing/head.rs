//! Reads one request head line by line: how its body is framed, and whether that can be read in two ways.

use crate::headers::content_length;

/// Why the framing of a request is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Violation {
    /// `Content-Length` together with `Transfer-Encoding`.
    TwoFramings,
    /// `Transfer-Encoding` other than a single `chunked`, or in HTTP/1.0.
    Encoding,
    /// Two `Content-Length` fields, or one that is not plain digits.
    Length,
    /// `#` in the target: hyper would cut it off, the next server might not.
    Fragment,
    /// A target that is neither a path nor an absolute URL.
    Target,
    /// A malformed line.
    MalformedLine,
    /// The framing of an earlier request was broken, so these bytes may not be a request of their own.
    Unjudged,
}

/// How the body after a head is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// A body of this many bytes.
    Length(u64),
    /// A chunked body.
    Chunked,
}

/// The lines of one head that were read so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    minor: u8,
    length: Option<u64>,
    encodings: u8,
    violation: Option<Violation>,
    wants_html: bool,
}

impl Violation {
    /// The explanation for the client.
    pub const fn explanation(self) -> &'static str {
        match self {
            Self::TwoFramings => "the request has both Content-Length and Transfer-Encoding",
            Self::Encoding => "the request has a Transfer-Encoding other than one `chunked`",
            Self::Length => "the request has a Content-Length that is not one plain number",
            Self::Fragment => "the request target has a fragment",
            Self::Target => "the request target is neither a path nor a URL",
            Self::MalformedLine => "the request head has a line that is no field",
            Self::Unjudged => "the request follows one whose end is unknown",
        }
    }
}

impl Head {
    /// Reads a request line (RFC 9112 §3), given without its line end.
    pub(super) fn begin(line: &[u8]) -> Self {
        let mut head = Self::default();
        let mut words = line.split(|byte| *byte == b' ');
        match (words.next(), words.next(), words.next(), words.next()) {
            (Some(method), Some(target), Some(version), None) => {
                head.minor = u8::from(version == b"HTTP/1.1");
                head.judge_target(method, target);
            }
            _ => head.found(Violation::MalformedLine),
        }
        head
    }

    fn judge_target(&mut self, method: &[u8], target: &[u8]) {
        let whole = |scheme: &[u8]| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
        if target.contains(&b'#') {
            self.found(Violation::Fragment);
        }
        let form = target.first() == Some(&b'/') || target == b"*" || whole(b"http://") || whole(b"https://");
        // CONNECT names an authority. It is refused later as a method, with the right status.
        if !form && method != b"CONNECT" {
            self.found(Violation::Target);
        }
    }

    /// Reads a field line, given without its line end.
    pub(super) fn field(&mut self, line: &[u8]) {
        let colon = memchr::memchr(b':', line);
        let Some((name, value)) = colon.and_then(|at| line.split_at_checked(at)) else {
            return self.found(Violation::MalformedLine);
        };
        // A line that starts with a blank continues the previous one (obs-fold, RFC 9112 §5.2).
        if name.first().is_none_or(u8::is_ascii_whitespace) || memchr::memchr(b'\r', line).is_some() {
            return self.found(Violation::MalformedLine);
        }
        let value = || value.get(1..).unwrap_or_default().trim_ascii();
        match name.len() {
            14 if name.eq_ignore_ascii_case(b"content-length") => self.judge_length(value()),
            6 if name.eq_ignore_ascii_case(b"accept") => {
                self.wants_html = memchr::memmem::find(value(), b"text/html").is_some();
            }
            17 if name.eq_ignore_ascii_case(b"transfer-encoding") => self.judge_encoding(value()),
            _ => {}
        }
    }

    /// RFC 9110 §8.6: 1*DIGIT. Some parsers read a leading zero as octal; two lines are refused even if they agree.
    fn judge_length(&mut self, value: &[u8]) {
        match content_length::parse(value).filter(|_| self.length.is_none()) {
            Some(number) => self.length = Some(number),
            None => self.found(Violation::Length),
        }
    }

    /// RFC 9112 §6.1: unless the final coding is `chunked`, the length of a request is unknown. We support no other
    /// coding.
    fn judge_encoding(&mut self, value: &[u8]) {
        self.encodings = self.encodings.saturating_add(1);
        if self.encodings > 1 || self.minor == 0 || !value.eq_ignore_ascii_case(b"chunked") {
            self.found(Violation::Encoding);
        }
    }

    /// Keeps the first violation; only that one is reported.
    fn found(&mut self, violation: Violation) {
        self.violation.get_or_insert(violation);
    }

    /// Whether the client accepts HTML.
    pub(super) const fn wants_html(&self) -> bool {
        self.wants_html
    }

    /// The framing of the body, given the whole head.
    pub(super) fn conclude(&self) -> Result<Framing, Violation> {
        match (self.violation, self.encodings, self.length) {
            (Some(violation), _, _) => Err(violation),
            (None, 0, length) => Ok(Framing::Length(length.unwrap_or(0))),
            (None, _, None) => Ok(Framing::Chunked),
            (None, _, Some(_)) => Err(Violation::TwoFramings),
        }
    }
}
