//! Follows the bytes of one connection from request to request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::server::framing::chunk;
use crate::server::framing::head::{Framing, Head, Violation};

/// The verdict on the framing of one request head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FramingVerdict {
    /// The head can be read in one way only.
    Clean,
    /// The request has to be refused.
    Refused(Violation),
}

/// The verdicts whose requests are not answered yet, in wire order. Clones share the queue.
#[derive(Debug, Clone, Default)]
pub struct FramingVerdicts(Arc<Mutex<VecDeque<FramingVerdict>>>);

/// The most verdicts in the queue. No legitimate client pipelines that many requests; those after them are refused.
const MOST_WAITING: usize = 1024;

/// The most fields in a head. hyper parses up to this many without allocating; heads with more are refused.
pub(crate) const MOST_FIELDS: usize = 100;

/// A head over a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OversizedHead {
    /// The limit, in one sentence.
    pub explanation: &'static str,
    /// The request line, at most [`KEPT_LINE`] bytes. Empty if it did not arrive whole.
    pub request_line: Vec<u8>,
    /// Whether the fields read so far accept HTML.
    pub wants_html: bool,
}

/// Bytes of a request line that are kept for the log.
const KEPT_LINE: usize = 2048;

/// The parser.
#[derive(Debug)]
pub(super) struct FramingParser {
    place: ParserState,
    head: Head,
    /// The beginning of an incomplete line.
    line: Vec<u8>,
    /// Bytes of the current head, chunk line or trailers so far.
    taken: usize,
    /// `server.max_head`, in bytes.
    most: usize,
    /// The request line of the current head; one buffer for all requests.
    request_line: Vec<u8>,
    /// Fields of the current head so far.
    fields: usize,
    verdicts: FramingVerdicts,
}

/// The position in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ParserState {
    Start,
    Fields,
    Body {
        left: u64,
    },
    ChunkSize,
    ChunkData {
        left: u64,
    },
    ChunkEnd,
    Trailers,
    /// Framing unknown; nothing more is checked and requests get no verdict.
    Lost,
    /// The framing of a body is broken; reading fails.
    Broken,
}

/// Why the connection must not be read any further.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The chunks of a body are malformed.
    BrokenBody,
    /// A head is over a limit.
    Oversized(OversizedHead),
}

impl FramingVerdicts {
    /// The verdict on the next request. Without one the bytes were never checked as a request, which is refused.
    pub fn take(&self) -> FramingVerdict {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.pop_front().unwrap_or(FramingVerdict::Refused(Violation::Unjudged))
    }

    fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Adds a verdict. Fails if the queue is full.
    fn put(&self, verdict: FramingVerdict) -> Result<(), Violation> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.len() >= MOST_WAITING {
            return Err(Violation::Unjudged);
        }
        queue.push_back(verdict);
        Ok(())
    }
}

impl FramingParser {
    pub(super) fn new(most: usize, verdicts: FramingVerdicts) -> Self {
        Self {
            place: ParserState::Start,
            head: Head::default(),
            line: Vec::new(),
            taken: 0,
            most,
            request_line: Vec::new(),
            fields: 0,
            verdicts,
        }
    }

    /// Whether no earlier request is waiting for its response.
    pub(super) fn nothing_waits(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// Whether a head has begun and not ended.
    pub(super) fn in_head(&self) -> bool {
        self.place == ParserState::Fields || self.place == ParserState::Start && !self.line.is_empty()
    }

    /// Whether the rest of a message may follow: a body or trailers, or bytes whose framing is unknown.
    pub(super) fn in_message(&self) -> bool {
        !matches!(self.place, ParserState::Start | ParserState::Fields)
    }

    /// Reads the next bytes from the wire.
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> Result<(), Unreadable> {
        while !bytes.is_empty() {
            bytes = match self.place {
                ParserState::Lost => return Ok(()),
                ParserState::Broken => return Err(Unreadable::BrokenBody),
                ParserState::Body { left } => {
                    self.skip(bytes, left, |left| ParserState::Body { left }, ParserState::Start)
                }
                ParserState::ChunkData { left } => {
                    self.skip(bytes, left, |left| ParserState::ChunkData { left }, ParserState::ChunkEnd)
                }
                ParserState::Start
                | ParserState::Fields
                | ParserState::ChunkSize
                | ParserState::ChunkEnd
                | ParserState::Trailers => self.line(bytes),
            };
            if let Some(explanation) = self.over_a_limit() {
                let head = OversizedHead {
                    explanation,
                    request_line: std::mem::take(&mut self.request_line),
                    wants_html: self.head.wants_html(),
                };
                self.lose();
                return Err(Unreadable::Oversized(head));
            }
        }
        if self.place == ParserState::Broken { Err(Unreadable::BrokenBody) } else { Ok(()) }
    }

    /// The limit that the head exceeds, if any.
    fn over_a_limit(&self) -> Option<&'static str> {
        match self.place {
            ParserState::Start | ParserState::Fields if self.taken > self.most => {
                Some("the request line and header fields are larger than server.max_head")
            }
            ParserState::Fields if self.fields > MOST_FIELDS => Some("the request has more than 100 header fields"),
            ParserState::Start
            | ParserState::Fields
            | ParserState::Body { .. }
            | ParserState::ChunkSize
            | ParserState::ChunkData { .. }
            | ParserState::ChunkEnd
            | ParserState::Trailers
            | ParserState::Lost
            | ParserState::Broken => None,
        }
    }

    fn skip<'a>(
        &mut self,
        bytes: &'a [u8],
        left: u64,
        more: impl Fn(u64) -> ParserState,
        then: ParserState,
    ) -> &'a [u8] {
        let here = u64::try_from(bytes.len()).unwrap_or(u64::MAX).min(left);
        self.place = if here == left { then } else { more(left - here) };
        usize::try_from(here).ok().and_then(|here| bytes.get(here..)).unwrap_or_default()
    }

    /// Takes one line, or stores the beginning of one, and returns the bytes after it.
    fn line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        // Bytes after a 101 are not a request: a WebSocket frame never begins with a visible character or a line end.
        let begins = self.place == ParserState::Start && self.line.is_empty();
        if begins && !bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || matches!(byte, b'\r' | b'\n')) {
            self.place = ParserState::Lost;
            return &[];
        }
        let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        let Some((piece, rest)) = bytes.split_at_checked(end) else { return &[] };
        self.taken = self.taken.saturating_add(piece.len());
        if self.taken > self.most && matches!(self.place, ParserState::Start | ParserState::Fields) {
            // `read` refuses the head.
            return &[];
        }
        if self.taken > self.most {
            self.lose();
        } else if piece.last() != Some(&b'\n') {
            self.line.extend_from_slice(piece);
        } else if self.line.is_empty() {
            self.whole_line(piece);
        } else {
            let mut line = std::mem::take(&mut self.line);
            line.extend_from_slice(piece);
            self.whole_line(&line);
        }
        rest
    }

    fn whole_line(&mut self, line: &[u8]) {
        match self.place {
            ParserState::Start => self.request_line(ending(line)),
            ParserState::Fields => self.field_line(ending(line)),
            ParserState::ChunkSize => self.chunk_size(chunk::size(line)),
            ParserState::ChunkEnd => {
                self.place = if line == b"\r\n" { ParserState::ChunkSize } else { ParserState::Broken }
            }
            ParserState::Trailers => self.trailer_line(chunk::strict(line)),
            ParserState::Body { .. } | ParserState::ChunkData { .. } | ParserState::Lost | ParserState::Broken => {
                self.lose();
            }
        }
    }

    fn request_line(&mut self, line: &[u8]) {
        // RFC 9112 §2.2: empty lines before a request line are ignored, as in hyper.
        if line.is_empty() {
            self.taken = 0;
            return;
        }
        self.head = Head::begin(line);
        self.fields = 0;
        self.request_line.clear();
        self.request_line.extend_from_slice(line.get(..KEPT_LINE).unwrap_or(line));
        self.place = ParserState::Fields;
    }

    fn field_line(&mut self, line: &[u8]) {
        if !line.is_empty() {
            self.fields += 1;
            return self.head.field(line);
        }
        self.taken = 0;
        let (verdict, place) = match self.head.conclude() {
            Ok(Framing::Length(0)) => (FramingVerdict::Clean, ParserState::Start),
            Ok(Framing::Length(left)) => (FramingVerdict::Clean, ParserState::Body { left }),
            Ok(Framing::Chunked) => (FramingVerdict::Clean, ParserState::ChunkSize),
            Err(violation) => (FramingVerdict::Refused(violation), ParserState::Lost),
        };
        self.place = if self.verdicts.put(verdict).is_ok() { place } else { ParserState::Lost };
    }

    fn chunk_size(&mut self, size: Option<u64>) {
        self.taken = 0;
        self.place = match size {
            Some(0) => ParserState::Trailers,
            Some(left) => ParserState::ChunkData { left },
            None => ParserState::Broken,
        };
    }

    fn trailer_line(&mut self, line: Option<&[u8]>) {
        match line {
            Some(b"") => {
                self.taken = 0;
                self.place = ParserState::Start;
            }
            Some(_) => {}
            None => self.lose(),
        }
    }

    fn lose(&mut self) {
        let in_head = matches!(self.place, ParserState::Start | ParserState::Fields | ParserState::Lost);
        self.place = if in_head { ParserState::Lost } else { ParserState::Broken };
        self.line = Vec::new();
    }
}

/// Removes the line end of a head: CRLF, or the bare LF that hyper accepts too (RFC 9112 §2.2).
fn ending(line: &[u8]) -> &[u8] {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
