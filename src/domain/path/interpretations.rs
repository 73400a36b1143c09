//! All ways in which a server could interpret a path.

use std::borrow::Cow;

use super::canonical::{CanonicalPath, escape, is_unreserved, push_escape, settled};
use super::steps::{DEEPEST, Draft, STEPS};

/// The interpretations of one path. An ordinary path has one, and computing it allocates nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathInterpretations<'a> {
    canonical: CanonicalPath<'a>,
    further: Vec<String>,
    extent: Extent,
}

/// Whether all interpretations are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// They are.
    Known,
    /// The path is encoded more than twice, or has more interpretations than the limit: how a server would read it is
    /// unknown.
    Endless,
}

/// An honest path has at most four interpretations; a crafted one must not cost more than this.
const MOST: usize = 32;

/// Total size of all drafts in bytes: four times the longest path that is judged. Every byte is visited about a dozen
/// times, so this costs a quarter of a millisecond.
const ROOM: usize = 32 * 1024;

impl<'a> PathInterpretations<'a> {
    /// Computes the interpretations of an absolute path.
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

    /// The interpretation used for routing and rules.
    pub const fn canonical(&self) -> &CanonicalPath<'a> {
        &self.canonical
    }

    /// The other interpretations, all different, in the form in which rules are written: anything that is not a path
    /// character (RFC 3986 §3.3) is percent-encoded.
    pub fn further(&self) -> &[String] {
        &self.further
    }

    /// Whether the list is complete.
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
            // `:$` begins an NTFS stream name on Windows.
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

/// Every draft that the steps produce, in any order.
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

/// A draft in the form in which a rule could be written for it.
fn text(draft: &Draft) -> String {
    let (bytes, escapes) = match (draft.depth, std::str::from_utf8(&draft.bytes)) {
        // Nothing is decoded yet, so encoded characters stay encoded. A raw letter beyond ASCII means the same to a
        // server as its encoding, and rules are written with the encoding.
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

/// How `%XX` in a draft is treated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Escapes {
    /// It stands for a byte.
    Kept,
    /// It is the result of decoding: an ordinary `%`.
    Encoded,
}
