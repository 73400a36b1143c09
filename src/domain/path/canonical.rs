//! RFC 3986 §6.2.2: percent-encoded unreserved characters decoded, hexadecimal digits in capitals, dot segments
//! removed.

use std::borrow::Cow;
use std::fmt;

/// A path in the form in which equivalent paths are equal. Anything that the RFC does not call equivalent stays
/// unchanged: `//`, `;`, letter case, `%2F`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CanonicalPath<'a>(Cow<'a, str>);

impl<'a> CanonicalPath<'a> {
    /// The canonical form of an absolute path. An ordinary path is already canonical, and nothing is allocated.
    pub fn of(path: &'a str) -> Self {
        Self(match settled(path) {
            Cow::Borrowed(path) => text(without_dots(path.as_bytes()), path),
            Cow::Owned(settled) => match without_dots(settled.as_bytes()) {
                Some(bytes) => Cow::Owned(String::from_utf8(bytes).unwrap_or(settled)),
                None => Cow::Owned(settled),
            },
        })
    }

    /// A path that is known to be canonical.
    pub(super) const fn ordinary(path: &'a str) -> Self {
        Self(Cow::Borrowed(path))
    }

    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CanonicalPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Bytes made from a text by removing ASCII; the text itself if nothing was removed.
fn text(bytes: Option<Vec<u8>>, path: &str) -> Cow<'_, str> {
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// RFC 3986 §6.2.2.1 and §6.2.2.2: no unreserved character is encoded, and hexadecimal digits are capitals.
pub(super) fn settled(path: &str) -> Cow<'_, str> {
    let mut settled = Vec::with_capacity(if path.contains('%') { path.len() } else { 0 });
    if settled.capacity() == 0 {
        return Cow::Borrowed(path);
    }
    let mut rest = path.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let Some((byte, after)) = escape(rest) else {
            settled.push(*first);
            rest = behind;
            continue;
        };
        if is_unreserved(byte) && !completes_a_stray(&settled, byte) {
            settled.push(byte);
        } else {
            settled.extend(rest.iter().take(3).map(u8::to_ascii_uppercase));
        }
        rest = after;
    }
    text((settled != path.as_bytes()).then_some(settled), path)
}

/// Whether `byte` would turn a stray `%` before it into an encoding: `%%341` must not become `%41`, which the next
/// reader decodes to `A`.
fn completes_a_stray(before: &[u8], byte: u8) -> bool {
    byte.is_ascii_hexdigit()
        && match before {
            [.., b'%'] => true,
            [.., b'%', digit] => digit.is_ascii_hexdigit(),
            [..] => false,
        }
}

/// The byte that the `%XX` at the start encodes, and the rest.
pub(in crate::domain) fn escape(text: &[u8]) -> Option<(u8, &[u8])> {
    let [b'%', high, low, behind @ ..] = text else { return None };
    let digit = |byte: &u8| char::from(*byte).to_digit(16);
    Some((u8::try_from(digit(high)? * 16 + digit(low)?).ok()?, behind))
}

/// Writes `%XX`. Hand-written for speed: a crafted path makes thousands of them.
pub(super) fn push_escape(text: &mut String, byte: u8) {
    let digit = |nibble: u8| char::from(if nibble < 10 { b'0' + nibble } else { b'A' + (nibble - 10) });
    text.push('%');
    text.push(digit(byte >> 4));
    text.push(digit(byte & 0x0f));
}

/// RFC 3986 §2.3.
pub(super) const fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

/// RFC 3986 §5.2.4 for an absolute path; `None` if there is no dot segment.
pub(super) fn without_dots(path: &[u8]) -> Option<Vec<u8>> {
    let dots = |segment: &[u8]| matches!(segment, b"." | b"..");
    let segments = || path.split(|byte| *byte == b'/').skip(1);
    if !segments().any(dots) {
        return None;
    }
    let mut kept: Vec<&[u8]> = Vec::new();
    let mut segments = segments().peekable();
    while let Some(segment) = segments.next() {
        match segment {
            b"." => {}
            b".." => drop(kept.pop()),
            _ => {
                kept.push(segment);
                continue;
            }
        }
        // A dot segment at the end names a folder: `/a/..` is `/`, `/a/.` is `/a/`.
        if segments.peek().is_none() {
            kept.push(b"");
        }
    }
    Some(kept.iter().flat_map(|segment| [b"/", *segment].concat()).collect())
}
