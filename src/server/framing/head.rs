//! One request head, line by line: how its body is framed, and whether that could be read in two ways.

use crate::headers::content_length;

/// Why a request is refused before anything else is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Violation {
    /// `Content-Length` beside `Transfer-Encoding`.
    TwoFramings,
    /// `Transfer-Encoding` other than one `chunked`, or in HTTP/1.0.
    Encoding,
    /// `Content-Length` twice, or other than plain digits.
    Length,
    /// `#` in the target: hyper would cut it, the next server might not.
    Fragment,
    /// A target that is neither a path nor a whole URL.
    Target,
    /// A line that no request has.
    MalformedLine,
    /// The framing was lost before: whatever came is not known to be one request.
    Unjudged,
}

/// How the body behind a head is framed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Framing {
    /// So many bytes.
    Length(u64),
    /// Chunks.
    Chunked,
}

/// What the lines of one head said so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Head {
    minor: u8,
    length: Option<u64>,
    encodings: u8,
    violation: Option<Violation>,
    wants_html: bool,
}

impl Violation {
    /// What is said to whoever sent it.
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
    /// Reads a request line (RFC 9112 §3) without its line end.
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
        // CONNECT names an authority; it is refused as a method, with the right status.
        if !form && method != b"CONNECT" {
            self.found(Violation::Target);
        }
    }

    /// Reads a field line without its line end.
    pub(super) fn field(&mut self, line: &[u8]) {
        let colon = memchr::memchr(b':', line);
        let Some((name, value)) = colon.and_then(|at| line.split_at_checked(at)) else {
            return self.found(Violation::MalformedLine);
        };
        // A line that starts with a blank continues the one before it (obs-fold, RFC 9112 §5.2).
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

    /// RFC 9110 §8.6: 1*DIGIT. A leading zero is octal to some; two lines are one too many even where they agree.
    fn judge_length(&mut self, value: &[u8]) {
        match content_length::parse(value).filter(|_| self.length.is_none()) {
            Some(number) => self.length = Some(number),
            None => self.found(Violation::Length),
        }
    }

    /// RFC 9112 §6.1: anything but a final `chunked` leaves the length of a request unknown; we know no other coding.
    fn judge_encoding(&mut self, value: &[u8]) {
        self.encodings = self.encodings.saturating_add(1);
        if self.encodings > 1 || self.minor == 0 || !value.eq_ignore_ascii_case(b"chunked") {
            self.found(Violation::Encoding);
        }
    }

    /// The first violation is the one that is reported.
    fn found(&mut self, violation: Violation) {
        self.violation.get_or_insert(violation);
    }

    /// Whether whoever sent it can show a page.
    pub(super) const fn wants_html(&self) -> bool {
        self.wants_html
    }

    /// What the whole head means.
    pub(super) fn conclude(&self) -> Result<Framing, Violation> {
        match (self.violation, self.encodings, self.length) {
            (Some(violation), _, _) => Err(violation),
            (None, 0, length) => Ok(Framing::Length(length.unwrap_or(0))),
            (None, _, None) => Ok(Framing::Chunked),
            (None, _, Some(_)) => Err(Violation::TwoFramings),
        }
    }
}
