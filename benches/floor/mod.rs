//! The least that a server with our check can be: hyper, an HMAC-SHA256 over the cookie, nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::HeaderValue;
use ring::hmac;

const SIGNED: usize = 42;

/// The key of every cookie here.
pub(crate) fn key() -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &[7; 32])
}

/// A cookie of the same size as the gateway's.
pub(crate) fn cookie() -> String {
    let mut bytes = vec![1; SIGNED];
    let tag = hmac::sign(&key(), &bytes);
    bytes.extend_from_slice(tag.as_ref());
    format!("portcullis={}", URL_SAFE_NO_PAD.encode(bytes))
}

/// Whether the cookie is one of those.
pub(crate) fn signed(key: &hmac::Key, cookie: Option<&HeaderValue>) -> bool {
    let value = cookie.and_then(|value| value.as_bytes().strip_prefix(b"portcullis="));
    let decoded = value.and_then(|value| URL_SAFE_NO_PAD.decode(value).ok());
    decoded.is_some_and(|bytes| {
        bytes.split_at_checked(SIGNED).is_some_and(|(signed, tag)| hmac::verify(key, signed, tag).is_ok())
    })
}
