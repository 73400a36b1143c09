//! Follows the bytes of one connection from request to request.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use crate::server::framing::chunk;
use crate::server::framing::head::{Framing, Head, Violation};

/// What was found about one request head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// It can be read in one way only.
    Clean,
    /// It is refused.
    Refused(Violation),
}

/// The judgements that wait for their requests, in the order of the wire. Clones share the queue.
#[derive(Debug, Clone, Default)]
pub struct Verdicts(Arc<Mutex<VecDeque<Judgement>>>);

/// More heads than this in one connection's buffers are no client's: from there on nothing is judged.
const MOST_WAITING: usize = 1024;

/// The reader.
#[derive(Debug)]
pub(super) struct Judge {
    place: Place,
    head: Head,
    /// The beginning of a line whose end has not come yet.
    line: Vec<u8>,
    /// Bytes of the head, or of the trailers, that went by.
    taken: usize,
    /// `server.max_head`.
    most: usize,
    verdicts: Verdicts,
}

/// Where in a message the next byte stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
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

/// The chunks of a body are not framed as they must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BrokenBody;

impl Verdicts {
    /// The judgement on the request that is being answered. None there: it was never read as a request of its own.
    pub fn take(&self) -> Judgement {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        queue.pop_front().unwrap_or(Judgement::Refused(Violation::Unjudged))
    }

    /// Whether there is room for one more.
    fn put(&self, judgement: Judgement) -> Result<(), Violation> {
        let mut queue = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if queue.len() >= MOST_WAITING {
            return Err(Violation::Unjudged);
        }
        queue.push_back(judgement);
        Ok(())
    }
}

impl Judge {
    pub(super) fn new(most: usize, verdicts: Verdicts) -> Self {
        Self { place: Place::Start, head: Head::default(), line: Vec::new(), taken: 0, most, verdicts }
    }

    /// Whether a head has begun and not ended.
    pub(super) fn in_head(&self) -> bool {
        self.place == Place::Fields || self.place == Place::Start && !self.line.is_empty()
    }

    /// Reads the next bytes of the wire.
    pub(super) fn read(&mut self, mut bytes: &[u8]) -> Result<(), BrokenBody> {
        while !bytes.is_empty() {
            bytes = match self.place {
                Place::Lost => return Ok(()),
                Place::Broken => return Err(BrokenBody),
                Place::Body { left } => self.skip(bytes, left, |left| Place::Body { left }, Place::Start),
                Place::ChunkData { left } => self.skip(bytes, left, |left| Place::ChunkData { left }, Place::ChunkEnd),
                Place::Start | Place::Fields | Place::ChunkSize | Place::ChunkEnd | Place::Trailers => self.line(bytes),
            };
        }
        if self.place == Place::Broken { Err(BrokenBody) } else { Ok(()) }
    }

    fn skip<'a>(&mut self, bytes: &'a [u8], left: u64, more: impl Fn(u64) -> Place, then: Place) -> &'a [u8] {
        let here = u64::try_from(bytes.len()).unwrap_or(u64::MAX).min(left);
        self.place = if here == left { then } else { more(left - here) };
        usize::try_from(here).ok().and_then(|here| bytes.get(here..)).unwrap_or_default()
    }

    /// Takes one line, or keeps the beginning of one.
    fn line<'a>(&mut self, bytes: &'a [u8]) -> &'a [u8] {
        // What follows a 101 is no request: a WebSocket frame never begins with a visible character and an end of line.
        let begins = self.place == Place::Start && self.line.is_empty();
        if begins && !bytes.first().is_some_and(|byte| byte.is_ascii_graphic() || matches!(byte, b'\r' | b'\n')) {
            self.place = Place::Lost;
            return &[];
        }
        let end = memchr::memchr(b'\n', bytes).map_or(bytes.len(), |at| at + 1);
        let Some((piece, rest)) = bytes.split_at_checked(end) else { return &[] };
        self.taken = self.taken.saturating_add(piece.len());
        if self.taken > self.most {
            // hyper answers 431 by itself.
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
            Place::Start => self.request_line(ending(line)),
            Place::Fields => self.field_line(ending(line)),
            Place::ChunkSize => self.chunk_size(chunk::size(line)),
            Place::ChunkEnd => self.place = if line == b"\r\n" { Place::ChunkSize } else { Place::Broken },
            Place::Trailers => self.trailer_line(chunk::strict(line)),
            Place::Body { .. } | Place::ChunkData { .. } | Place::Lost | Place::Broken => self.lose(),
        }
    }

    fn request_line(&mut self, line: &[u8]) {
        // RFC 9112 §2.2: empty lines before a request line are passed over; hyper does so.
        if line.is_empty() {
            self.taken = 0;
            return;
        }
        self.head = Head::begin(line);
        self.place = Place::Fields;
    }

    fn field_line(&mut self, line: &[u8]) {
        if !line.is_empty() {
            return self.head.field(line);
        }
        self.taken = 0;
        let (judgement, place) = match self.head.conclude() {
            Ok(Framing::Length(0)) => (Judgement::Clean, Place::Start),
            Ok(Framing::Length(left)) => (Judgement::Clean, Place::Body { left }),
            Ok(Framing::Chunked) => (Judgement::Clean, Place::ChunkSize),
            Err(violation) => (Judgement::Refused(violation), Place::Lost),
        };
        self.place = if self.verdicts.put(judgement).is_ok() { place } else { Place::Lost };
    }

    fn chunk_size(&mut self, size: Option<u64>) {
        self.taken = 0;
        self.place = match size {
            Some(0) => Place::Trailers,
            Some(left) => Place::ChunkData { left },
            None => Place::Broken,
        };
    }

    fn trailer_line(&mut self, line: Option<&[u8]>) {
        match line {
            Some(b"") => {
                self.taken = 0;
                self.place = Place::Start;
            }
            Some(_) => {}
            None => self.lose(),
        }
    }

    fn lose(&mut self) {
        let in_head = matches!(self.place, Place::Start | Place::Fields | Place::Lost);
        self.place = if in_head { Place::Lost } else { Place::Broken };
        self.line = Vec::new();
    }
}

/// A line of a head without its end: CRLF, or the bare LF that hyper accepts too (RFC 9112 §2.2).
fn ending(line: &[u8]) -> &[u8] {
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    text.strip_suffix(b"\r").unwrap_or(text)
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
