//! The only parser of `Content-Length`, for both directions and both protocols (RFC 9110 §8.6, RFC 9112 §6.3).
//!
//! A length that two readers understand differently lets one message be read as two: `02` is octal to some; `2, 2` or
//! two lines are one number to some and invalid to others.

use http::header::{CONTENT_LENGTH, HeaderMap};

/// The length is not one plain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MalformedLength;

/// The length in the headers, if there is one.
pub(crate) fn read(headers: &HeaderMap) -> Result<Option<u64>, MalformedLength> {
    let mut lines = headers.get_all(CONTENT_LENGTH).iter();
    match (lines.next(), lines.next()) {
        (None, _) => Ok(None),
        (Some(line), None) => parse(line.as_bytes()).map(Some).ok_or(MalformedLength),
        (Some(_), Some(_)) => Err(MalformedLength),
    }
}

/// Parses digits without a leading zero, within 64 bits.
pub(crate) fn parse(value: &[u8]) -> Option<u64> {
    let plain = value.iter().all(u8::is_ascii_digit) && (value.first() != Some(&b'0') || value.len() == 1);
    std::str::from_utf8(value).ok().filter(|_| plain)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_one_plain_number_on_one_line() {
        let of = |lines: &[&str]| read(&lines.iter().map(|line| (CONTENT_LENGTH, line.parse().unwrap())).collect());
        assert_eq!((of(&[]), of(&["0"]), of(&["20"])), (Ok(None), Ok(Some(0)), Ok(Some(20))));
        for lines in
            [&["02"][..], &["00"], &["2, 2"], &["2", "2"], &["+2"], &["-1"], &["0x2"], &[""], &["18446744073709551616"]]
        {
            assert_eq!(of(lines), Err(MalformedLength), "{lines:?}");
        }
    }
}
