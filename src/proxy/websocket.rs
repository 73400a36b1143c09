//! WebSocket requests (RFC 6455 §4.1). No other upgrade is forwarded.

use http::header::{self, HeaderMap, HeaderName};
use http::{Method, Request, Version};
use http_body::Body as _;

use crate::domain::exchange_kind::ExchangeKind;
use crate::upstream::VisitorBody;

/// Whether a request opens a WebSocket. `Upgrade: h2c`, and an upgrade in HTTP/1.0, with another method or with a body,
/// are ordinary requests: cleaning removes their `Upgrade`.
pub(super) fn exchange_kind(request: &Request<VisitorBody>) -> ExchangeKind {
    let asks = request.headers().contains_key(header::UPGRADE)
        && request.version() == Version::HTTP_11
        && request.method() == Method::GET
        && request.body().is_end_stream()
        && has_token(request.headers(), &header::UPGRADE, b"websocket")
        && has_token(request.headers(), &header::CONNECTION, b"upgrade");
    if asks { ExchangeKind::WebSocket } else { ExchangeKind::Http }
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &[u8]) -> bool {
    let lines = headers.get_all(name).iter();
    lines
        .flat_map(|line| line.as_bytes().split(|byte| *byte == b','))
        .any(|word| word.trim_ascii().eq_ignore_ascii_case(token))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(lines: &[(&str, &str)]) -> http::request::Builder {
        lines.iter().fold(Request::get("/ws"), |request, (name, value)| request.header(*name, *value))
    }

    #[test]
    fn only_a_get_that_asks_for_a_websocket_becomes_one() {
        let asks = [("connection", "keep-alive, Upgrade"), ("upgrade", "WebSocket")];
        assert_eq!(exchange_kind(&request(&asks).body(VisitorBody::none()).unwrap()), ExchangeKind::WebSocket);
        let other = request(&asks).version(Version::HTTP_10).body(VisitorBody::none()).unwrap();
        assert_eq!(exchange_kind(&other), ExchangeKind::Http);
        let other = request(&asks).method(Method::POST).body(VisitorBody::none()).unwrap();
        assert_eq!(exchange_kind(&other), ExchangeKind::Http);
        for lines in [
            &[("connection", "Upgrade"), ("upgrade", "h2c")][..],
            &[("connection", "keep-alive"), ("upgrade", "websocket")],
            &[("upgrade", "websocket")],
            &[("connection", "upgrade"), ("upgrade", "websocketx")],
        ] {
            assert_eq!(
                exchange_kind(&request(lines).body(VisitorBody::none()).unwrap()),
                ExchangeKind::Http,
                "{lines:?}"
            );
        }
    }
}
