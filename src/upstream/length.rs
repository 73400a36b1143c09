//! Frames a request's body for its site by our own count, never by the length that the visitor announced.

use http::header::{self, HeaderMap, HeaderValue};
use http_body::Body;

/// Sets the exact size of the body, or chunked encoding if the size is unknown. Without that field hyper would drop a
/// body of unknown size from a GET or HEAD request, and the site would answer as if the request had no content.
pub(super) fn frame(headers: &mut HeaderMap, body: &impl Body) {
    let announced = headers.remove(header::CONTENT_LENGTH).is_some();
    match body.size_hint().exact() {
        Some(size) if size > 0 || announced => {
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
        }
        Some(_) => {}
        None => {
            headers.insert(header::TRANSFER_ENCODING, HeaderValue::from_static("chunked"));
        }
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::{Full, StreamBody};
    use hyper::body::Bytes;

    use super::*;

    fn framed(said: Option<&'static str>, body: &impl Body) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.extend(said.map(|said| (header::CONTENT_LENGTH, HeaderValue::from_static(said))));
        frame(&mut headers, body);
        headers
    }

    #[test]
    fn the_size_is_counted_and_an_unknown_one_comes_in_chunks() {
        let (some, none) = (Full::new(Bytes::from("four")), Full::new(Bytes::new()));
        assert_eq!(framed(Some("9"), &some).get("content-length").unwrap(), "4");
        assert_eq!(framed(None, &some).get("content-length").unwrap(), "4");
        assert_eq!(framed(Some("0"), &none).get("content-length").unwrap(), "0");
        assert!(framed(None, &none).is_empty());
        let stream = StreamBody::new(futures_util::stream::empty::<Result<hyper::body::Frame<Bytes>, ()>>());
        let headers = framed(Some("9"), &stream);
        assert_eq!((headers.len(), headers.get("transfer-encoding").unwrap().as_bytes()), (1, &b"chunked"[..]));
    }
}
