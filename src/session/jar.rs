//! Finds one cookie in a request.

use http::HeaderMap;
use http::header::COOKIE;

/// The values of one cookie name in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CookieLookup<'a> {
    /// The cookie is missing.
    Nothing,
    /// One value, as raw bytes.
    One(&'a [u8]),
    /// Two or more values. A sibling host can plant a second cookie of the same name ("cookie tossing"), and browsers
    /// choose the order in which they send them, so none of them is trusted.
    Several,
}

/// Looks for `name` in every `Cookie` line: HTTP/2 clients may send each cookie in its own line (RFC 9113 §8.2.3).
pub fn find<'a>(headers: &'a HeaderMap, name: &str) -> CookieLookup<'a> {
    let mut found = CookieLookup::Nothing;
    for line in headers.get_all(COOKIE) {
        for pair in line.as_bytes().split(|byte| *byte == b';') {
            let Some(value) = value_of(pair.trim_ascii(), name) else { continue };
            match found {
                CookieLookup::Nothing => found = CookieLookup::One(value),
                CookieLookup::One(_) | CookieLookup::Several => return CookieLookup::Several,
            }
        }
    }
    found
}

fn value_of<'a>(pair: &'a [u8], name: &str) -> Option<&'a [u8]> {
    // Names are compared byte for byte: `__host-portcullis` is another cookie (RFC 6265bis §5.7).
    pair.strip_prefix(name.as_bytes())?.strip_prefix(b"=")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(lines: &[&str]) -> HeaderMap {
        lines.iter().map(|line| (COOKIE, line.parse().unwrap())).collect()
    }

    #[test]
    fn a_cookie_is_found_on_any_line_and_at_any_place() {
        for lines in [&["sid=v"][..], &["a=1; sid=v; b=2"], &["a=1", "sid=v"], &["xsid=1;sid=v"], &["a=sid=1; sid=v"]] {
            assert_eq!(find(&headers(lines), "sid"), CookieLookup::One(b"v"), "{lines:?}");
        }
    }

    #[test]
    fn a_cookie_that_comes_twice_is_not_believed() {
        for lines in [&["sid=v; sid=v"][..], &["sid=v", "sid=w"], &["sid=; sid=v"]] {
            assert_eq!(find(&headers(lines), "sid"), CookieLookup::Several, "{lines:?}");
        }
    }

    #[test]
    fn names_that_only_look_alike_are_other_cookies() {
        for lines in [&["SID=v"][..], &["sid"], &["=sid=v"], &["sid =v"], &["\"sid\"=v"], &[]] {
            assert_eq!(find(&headers(lines), "sid"), CookieLookup::Nothing, "{lines:?}");
        }
    }
}
