//! Every way in which a server could read a path.

use std::borrow::Cow;

use super::canonical::{CanonicalPath, escape, is_unreserved, push_escape, settled};
use super::steps::{DEEPEST, Draft, STEPS};

/// The ways to read one path. An ordinary path has one, and making this of it allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathInterpretations<'a> {
    canonical: CanonicalPath<'a>,
    further: Vec<String>,
    extent: Extent,
}

/// Whether all readings are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// They are.
    Known,
    /// The path is encoded more than twice, or tangled so that it has more readings than anybody should follow: nobody
    /// can say what a server makes of it.
    Endless,
}

/// An honest path has four readings at most; a crafted one must not buy more work than this.
const MOST: usize = 32;

/// All drafts together, in bytes: four of the longest path that is judged. Every byte costs a dozen looks, so this is a
/// quarter of a millisecond.
const ROOM: usize = 32 * 1024;

impl<'a> PathInterpretations<'a> {
    /// The readings of an absolute path.
    pub fn of(path: &'a str) -> Self {
        if is_ordinary(path) {
            return Self { canonical: CanonicalPath::ordinary(path), further: Vec::new(), extent: Extent::Known };
        }
        let canonical = CanonicalPath::of(path);
        let (drafts, extent) = explored(path);
        let mut further = Vec::new();
        for text in drafts.iter().map(text) {
            if text != canonical.as_str() && !further.contains(&text) {
                further.push(text);
            }
        }
        Self { canonical, further, extent }
    }

    /// The reading that decides and routes.
    pub const fn canonical(&self) -> &CanonicalPath<'a> {
        &self.canonical
    }

    /// The others, each different from it and from each other, in the form in which rules are written: what is no
    /// character of a path (RFC 3986 §3.3) is percent-encoded.
    pub fn further(&self) -> &[String] {
        &self.further
    }

    /// Whether these are all.
    pub const fn extent(&self) -> Extent {
        self.extent
    }
}

/// Whether no step changes anything: one look at each byte.
fn is_ordinary(path: &str) -> bool {
    let mut before = b' ';
    for byte in path.bytes() {
        let odd = match byte {
            b'/' => matches!(before, b'/' | b'.'),
            // `:$` begins a stream of Windows.
            b'$' => before == b':',
            b'%' | b';' | b'\\' => true,
            _ => !is_of_a_path(byte),
        };
        if odd {
            return false;
        }
        before = byte;
    }
    before != b'.'
}

/// `pchar` and `/` of RFC 3986 §3.3.
const fn is_of_a_path(byte: u8) -> bool {
    is_unreserved(byte)
        || matches!(
            byte,
            b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' | b'/'
        )
}

/// Every draft that the steps lead to, in whatever order they are taken.
fn explored(path: &str) -> (Vec<Draft>, Extent) {
    let mut drafts = vec![Draft { depth: 0, bytes: path.as_bytes().to_vec() }];
    let mut at = 0;
    let mut room = ROOM.saturating_sub(path.len());
    while let Some(draft) = drafts.get(at) {
        if draft.depth == DEEPEST && draft.is_encoded() {
            return (drafts, Extent::Endless);
        }
        let next: Vec<Draft> = STEPS.iter().filter_map(|step| step(draft)).collect();
        for draft in next {
            if drafts.contains(&draft) {
                continue;
            }
            if drafts.len() == MOST || room < draft.bytes.len() {
                return (drafts, Extent::Endless);
            }
            room -= draft.bytes.len();
            drafts.push(draft);
        }
        at += 1;
    }
    (drafts, Extent::Known)
}

/// A draft as a rule could be written for it.
fn text(draft: &Draft) -> String {
    let (bytes, escapes) = match (draft.depth, std::str::from_utf8(&draft.bytes)) {
        // Nothing is decoded yet: what is encoded stays so. A letter beyond ASCII may stand there as it is, though, which
        // is the same to a server as its encoding, and rules are written with that.
        (0, Ok(plain)) => (Cow::Owned(settled(plain).into_owned().into_bytes()), Escapes::Kept),
        (_, _) => (Cow::Borrowed(&draft.bytes), Escapes::Encoded),
    };
    let mut text = String::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let is_escape = *first == b'%' && escapes == Escapes::Kept && escape(rest).is_some();
        if is_escape || is_of_a_path(*first) {
            text.push(char::from(*first));
        } else {
            push_escape(&mut text, *first);
        }
        rest = behind;
    }
    text
}

/// What becomes of `%XX` in a draft.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// It stands for a byte.
    Kept,
    /// It is what was decoded: a `%` like any other.
    Encoded,
}
