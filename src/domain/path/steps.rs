//! What servers do to a path before they serve it, one function a step. [`super::interpretations`] applies them in
//! every order.

use super::canonical::{escape, settled, without_dots};

/// A path while a server processes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    /// How often it was percent-decoded.
    pub(super) depth: u8,
    /// Its current bytes.
    pub(super) bytes: Vec<u8>,
}

/// Only an attacker encodes more than twice.
pub(super) const DEEPEST: u8 = 2;

/// One step; `None` if it changes nothing.
pub(super) type Step = fn(&Draft) -> Option<Draft>;

/// All steps.
pub(super) const STEPS: [Step; 14] = [
    settled_escapes,
    decoded,
    without_unicode_escapes,
    resolved,
    merged,
    slashed,
    bare_of_parameters,
    cut_at_nul,
    without_controls,
    cut_as_a_url,
    without_overlong,
    trimmed_names,
    trimmed_blanks,
    without_streams,
];

impl Draft {
    fn with(&self, bytes: Vec<u8>) -> Option<Self> {
        (bytes != self.bytes).then_some(Self { depth: self.depth, bytes })
    }

    /// Whether it may be decoded once more.
    pub(super) fn is_encoded(&self) -> bool {
        (0..self.bytes.len()).any(|at| self.bytes.get(at..).is_some_and(|rest| escape(rest).is_some()))
    }
}

/// RFC 3986 equivalence, before anything is decoded.
fn settled_escapes(draft: &Draft) -> Option<Draft> {
    let text = std::str::from_utf8(&draft.bytes).ok().filter(|_| draft.depth == 0)?;
    draft.with(settled(text).into_owned().into_bytes())
}

/// Percent-decoding of the whole path.
fn decoded(draft: &Draft) -> Option<Draft> {
    if draft.depth == DEEPEST || !draft.is_encoded() {
        return None;
    }
    let mut bytes = Vec::with_capacity(draft.bytes.len());
    let mut rest = draft.bytes.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let (byte, after) = escape(rest).unwrap_or((*first, behind));
        bytes.push(byte);
        rest = after;
    }
    Some(Draft { depth: draft.depth + 1, bytes })
}

/// `%u0041`: in no RFC, but IIS decodes it.
fn without_unicode_escapes(draft: &Draft) -> Option<Draft> {
    let mut bytes = Vec::with_capacity(draft.bytes.len());
    let mut rest = draft.bytes.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        if let Some((character, after)) = unicode_escape(rest) {
            bytes.extend(character.encode_utf8(&mut [0; 4]).bytes());
            rest = after;
        } else {
            bytes.push(*first);
            rest = behind;
        }
    }
    draft.with(bytes)
}

/// The character that the `%uXXXX` at the start encodes, and the rest.
pub(in crate::domain) fn unicode_escape(text: &[u8]) -> Option<(char, &[u8])> {
    let [b'%', b'u' | b'U', digits @ ..] = text else { return None };
    let (digits, behind) = digits.split_at_checked(4)?;
    let value = digits.iter().try_fold(0, |value, digit| Some(value * 16 + char::from(*digit).to_digit(16)?))?;
    Some((char::from_u32(value)?, behind))
}

/// Dot segments resolved.
fn resolved(draft: &Draft) -> Option<Draft> {
    draft.with(without_dots(&draft.bytes)?)
}

/// `//` as one separator.
fn merged(draft: &Draft) -> Option<Draft> {
    let mut bytes = draft.bytes.clone();
    bytes.dedup_by(|next, before| *next == b'/' && *before == b'/');
    draft.with(bytes)
}

/// `\` as a separator.
fn slashed(draft: &Draft) -> Option<Draft> {
    draft.with(draft.bytes.iter().map(|byte| if *byte == b'\\' { b'/' } else { *byte }).collect())
}

/// Servlet containers drop `;…` of each segment before they look at anything else: `/..;/admin` is `/../admin`.
fn bare_of_parameters(draft: &Draft) -> Option<Draft> {
    draft.with(each_segment(&draft.bytes, |segment| segment.split(|byte| *byte == b';').next().unwrap_or_default()))
}

/// A decoded NUL ends the path for programs that use C strings.
fn cut_at_nul(draft: &Draft) -> Option<Draft> {
    draft.with(draft.bytes.iter().copied().take_while(|byte| *byte != 0).collect())
}

/// A program that parses the path as a URL again may drop tabs and line ends (the WHATWG URL standard does), and some
/// drop every control character: `.%09.` then becomes `..`.
fn without_controls(draft: &Draft) -> Option<Draft> {
    draft.with(draft.bytes.iter().copied().filter(|byte| !byte.is_ascii_control()).collect())
}

/// A decoded `?` or `#` ends the path for a program that parses it as a URL again.
fn cut_as_a_url(draft: &Draft) -> Option<Draft> {
    draft.with(draft.bytes.iter().copied().take_while(|byte| !matches!(byte, b'?' | b'#')).collect())
}

/// ASCII encoded in two, three or four bytes, which UTF-8 forbids (RFC 3629 §3) and lax decoders accept: `%C0%AF` as
/// `/`.
fn without_overlong(draft: &Draft) -> Option<Draft> {
    let mut bytes = Vec::with_capacity(draft.bytes.len());
    let mut rest = draft.bytes.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        let (byte, after) = overlong(rest).unwrap_or((*first, behind));
        bytes.push(byte);
        rest = after;
    }
    draft.with(bytes)
}

fn overlong(text: &[u8]) -> Option<(u8, &[u8])> {
    let ([high @ (0xc0 | 0xc1), low, after @ ..]
    | [0xe0, high @ (0x80 | 0x81), low, after @ ..]
    | [0xf0, 0x80, high @ (0x80 | 0x81), low, after @ ..]) = text
    else {
        return None;
    };
    (low & 0xc0 == 0x80).then_some((((high & 1) << 6) | (low & 0x3f), after))
}

/// Windows drops dots and blanks at the end of a name.
fn trimmed_names(draft: &Draft) -> Option<Draft> {
    draft
        .with(each_segment(&draft.bytes, |name| if matches!(name, b"." | b"..") { name } else { trimmed(name, b". ") }))
}

/// Blanks only: some servers treat `..%20` as `..`.
fn trimmed_blanks(draft: &Draft) -> Option<Draft> {
    draft.with(each_segment(&draft.bytes, |name| trimmed(name, b" ")))
}

/// On Windows `name::$DATA` and `name:$I30:$INDEX_ALLOCATION` mean `name`.
fn without_streams(draft: &Draft) -> Option<Draft> {
    draft.with(each_segment(&draft.bytes, |name| {
        let stream = name.windows(2).position(|pair| pair == b":$");
        stream.and_then(|at| name.get(..at)).map_or(name, |name| trimmed(name, b":"))
    }))
}

fn trimmed<'a>(name: &'a [u8], ends: &[u8]) -> &'a [u8] {
    let length = name.iter().rposition(|byte| !ends.contains(byte)).map_or(0, |last| last + 1);
    name.get(..length).unwrap_or(name)
}

fn each_segment(path: &[u8], change: impl Fn(&[u8]) -> &[u8]) -> Vec<u8> {
    path.split(|byte| *byte == b'/').map(change).collect::<Vec<_>>().join(&b'/')
}
