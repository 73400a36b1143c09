//! Path segments: values from the CPaaS are put into a path in a way that cannot change the rest of it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Maximum length of a user or code id in bytes; real ones have 16 to 36.
const LONGEST: usize = 200;

/// All characters except the unreserved ones of RFC 3986 §2.3.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Encodes `plain` as one path segment: everything except the unreserved characters of RFC 3986 §2.3 is
/// percent-encoded.
pub(crate) fn encode(plain: &str) -> String {
    utf8_percent_encode(plain, RESERVED).to_string()
}

/// Whether a value can be a segment at all. URL parsers resolve segments of dots only, even if they are
/// percent-encoded.
pub(super) fn is_usable(plain: &str) -> bool {
    (1..=LONGEST).contains(&plain.len()) && !matches!(plain, "." | "..") && !plain.chars().any(char::is_control)
}

/// Whether a code id is one plain segment, with only unreserved characters that need no encoding.
pub(super) fn is_plain(id: &str) -> bool {
    is_usable(id) && encode(id) == id
}

/// Whether `segment`, as the CPaaS wrote it, means `plain`. It may be raw or percent-encoded, whichever characters its
/// server encodes.
pub(super) fn stands_for(segment: &str, plain: &str) -> bool {
    decode(segment).is_some_and(|decoded| decoded == plain.as_bytes())
}

/// `percent_encoding` is not used: it accepts a percent sign without two digits, so two segments could decode to the
/// same.
fn decode(segment: &str) -> Option<Vec<u8>> {
    let mut bytes = segment.bytes();
    let mut decoded = Vec::with_capacity(segment.len());
    while let Some(byte) = bytes.next() {
        decoded.push(if byte == b'%' {
            let digits = [char::from(bytes.next()?), char::from(bytes.next()?)].map(|digit| digit.to_digit(16));
            let [Some(high), Some(low)] = digits else { return None };
            u8::try_from(high * 16 + low).ok()?
        } else {
            byte
        });
    }
    Some(decoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_id_stays_one_segment_whatever_it_holds() {
        assert_eq!(encode("a@b.c/../x?y#z %"), "a%40b.c%2F..%2Fx%3Fy%23z%20%25");
        assert!(!is_usable("..") && !is_usable("") && !is_usable("a\nb") && !is_usable(&"x".repeat(201)));
    }

    #[test]
    fn a_segment_is_recognised_raw_and_encoded() {
        assert!(stands_for("a@b.c", "a@b.c") && stands_for("a%40b.c", "a@b.c") && stands_for("a%40b%2ec", "a@b.c"));
        assert!(!stands_for("a%4", "a@") && !stands_for("a%4x", "a@") && !stands_for("a", "b"));
    }

    #[test]
    fn a_code_id_is_plain_or_nothing() {
        assert!(is_plain("0f1e-AB_c.d~e"));
        for id in ["", ".", "..", "a/b", "a%2Fb", "a?b", "a b", "a@b"] {
            assert!(!is_plain(id), "{id}");
        }
    }
}
