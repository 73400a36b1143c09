//! Follows the bytes of one connection from request to request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::server::framing::chunk;
use crate::server::framing::head::{Framing, Head, Violation};

/// What was found about one request head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FramingVerdict {
    /// It can be read in one way only.
    Clean,
    /// It is refused.
    Refused(Violation),
}

/// The verdicts that wait for their requests, in the order of the wire. Clones share the queue.
#[derive(Debug, Clone, Default)]
pub struct FramingVerdicts(Arc<Mutex<VecDeque<FramingVerdict>>>);

/// More heads than this in one connection's buffers are no client's: from there on nothing is judged.
const MOST_WAITING: usize = 1024;

/// hyper parses as many fields without an allocation for each request; one more is refused.
pub(crate) const MOST_FIELDS: usize = 100;

/// A head that is over a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OversizedHead {
    /// The limit, in one sentence.
    pub explanation: &'static str,
    /// The request line, if it came whole; at most [`KEPT_LINE`] bytes.
    pub request_line: Vec<u8>,
    /// Whether the fields so far ask for HTML.
    pub wants_html: bool,
}

/// How much of a request line is kept for the log.
const KEPT_LINE: usize = 2048;

/// The reader.
#[derive(Debug)]
pub(super) struct FramingParser {
    place: ParserState,
    head: Head,
    /// The beginning of a line whose end has not come yet.
    line: Vec<u8>,
    /// Bytes of the head, or of the trailers, that went by.
    taken: usize,
    /// `server.max_head`.
    most: usize,
    /// The line of the request whose head is being read: one buffer for all requests.
    request_line: Vec<u8>,
    /// Its fields.
    fields: usize,
    verdicts: FramingVerdicts,
}

/// Where in a message the next byte stands.
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
    /// Nothing more is judged.
    Lost,
    /// A body broke its own framing: nothing more may even be read.
    Broken,
}

/// Why nothing more of the connection may be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unreadable {
    /// The chunks of a body are not framed as they must be.
    BrokenBody,
    /// A head is over a limit.
    Oversized(OversizedHead),
}

impl FramingVerdicts {
    /// The verdict on the request that is being answered. None there: it was never read as a request of its own.
    pub fn take(&self) -> FramingVerdict {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.pop_front().unwrap_or(FramingVerdict::Refused(Violation::Unjudged))
    }

    fn is_empty(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_empty()
    }

    /// Whether there is room for one more.
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

    /// Whether no request before this one waits to be answered.
    pub(super) fn nothing_waits(&self) -> bool {
        self.verdicts.is_empty()
    }

    /// Whether a head has begun and not ended.
    pub(super) fn in_head(&self) -> bool {
        self.place == ParserState::Fields || self.place == ParserState::Start && !self.line.is_empty()
    }

    /// Whether more may come of a message whose head has ended, or of one that is no longer judged.
    pub(super) fn in_message(&self) -> bool {
        !matches!(self.place, ParserState::Start | ParserState::Fields)
    }

    /// Reads the next bytes of the wire.
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

    /// The limit that the head is over, if it is.
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

    /// Takes one line, or keeps the beginning of one.
    fn line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        // What follows a 101 is no request: a WebSocket frame never begins with a visible character and an end of line.
        let begins = self.place == ParserState::Start && self.line.is_empty();
        if begins && !bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || matches!(byte, b'\r' | b'\n')) {
            self.place = ParserState::Lost;
            return &[];
        }
        let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        let Some((piece, rest)) = bytes.split_at_checked(end) else { return &[] };
        self.taken = self.taken.saturating_add(piece.len());
        if self.taken > self.most && matches!(self.place, ParserState::Start | ParserState::Fields) {
            // `read` refuses it.
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
        // RFC 9112 §2.2: empty lines before a request line are passed over; hyper does so.
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

/// A line of a head without its end: CRLF, or the bare LF that hyper accepts too (RFC 9112 §2.2).
fn ending(line: &[u8]) -> &[u8] {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(test)]
#[path = "parser_tests.rs"]
mod tests;
