//! Checks of HTTP/2 requests, whose heads the library has already parsed.

use http::Uri;
use http::header::{self, HeaderMap};

use crate::headers::content_length;
use crate::server::framing::MOST_FIELDS;
use crate::web::Problem;

/// Overhead of each field in bytes (RFC 9113 §6.5.2).
const FIELD: usize = 32;

/// Enforces the limits on heads, and refuses what RFC 9113 §8 calls malformed but the library accepts.
pub(super) fn check(target: &Uri, headers: &HeaderMap, most: usize) -> Result<(), Problem> {
    // HTTP/2 sends each cookie in a field of its own (§8.2.3), so cookies are measured by their bytes only.
    let cookies = headers.get_all(header::COOKIE).iter().count();
    let fields = headers.len().saturating_sub(cookies);
    let bytes: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    let path = target.path_and_query().map_or(0, |path| path.as_str().len());
    if path + bytes + fields * FIELD > most {
        return Err(Problem::HeadTooLarge("the path and header fields are larger than server.max_head"));
    }
    if fields > MOST_FIELDS {
        return Err(Problem::HeadTooLarge("the request has more than 100 header fields"));
    }
    // The library compares repeated lengths as numbers: it takes `5` and `05` for equal and would pass both on.
    content_length::read(headers)
        .map_err(|_| Problem::BadRequest("the request has a Content-Length that is not one plain number"))?;
    // §8.2.1: blanks around a value. A server behind us removes them, while a comparison here would not.
    let blank = |byte: Option<&u8>| matches!(byte, Some(b' ' | b'\t'));
    if headers.values().any(|value| blank(value.as_bytes().first()) || blank(value.as_bytes().last())) {
        return Err(Problem::BadRequest("a header field begins or ends with a blank"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use http::{HeaderName, HeaderValue};

    use super::*;

    fn checked(fields: &[(&'static str, &'static str)]) -> Result<(), Problem> {
        let pairs = fields.iter().map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value);
        }
        check(&Uri::from_static("/x"), &headers, 4096)
    }

    #[test]
    fn lengths_are_one_plain_number_and_values_have_no_blanks_around_them() {
        assert_eq!(checked(&[("content-length", "5"), ("x", "a b"), ("empty", "")]), Ok(()));
        for fields in [
            &[("content-length", "5"), ("content-length", "5")][..],
            &[("content-length", "0100")],
            &[("x", " a")],
            &[("x", "a\t")],
        ] {
            assert!(matches!(checked(fields), Err(Problem::BadRequest(_))), "{fields:?}");
        }
    }

    #[test]
    fn cookies_count_by_their_bytes_and_other_fields_by_their_number() {
        assert_eq!(checked(&[("cookie", "a=1"); 110]), Ok(()));
        assert!(matches!(checked(&[("x", "1"); 101]), Err(Problem::HeadTooLarge(_))));
        assert!(matches!(
            checked(&[("cookie", "a=123456789012345678901234567890123456"); 101]),
            Err(Problem::HeadTooLarge(_))
        ));
    }

    #[test]
    fn a_path_and_its_query_count_like_fields() {
        let of = |length: usize| Uri::try_from(format!("/?{}", "q".repeat(length - 2))).unwrap();
        assert_eq!(check(&of(4096), &HeaderMap::new(), 4096), Ok(()));
        assert!(matches!(check(&of(4097), &HeaderMap::new(), 4096), Err(Problem::HeadTooLarge(_))));
    }
}
