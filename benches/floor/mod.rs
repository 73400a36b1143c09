//! The least that a server with our check can be: hyper, an HMAC-SHA256 over the cookie, nothing else.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::header::HeaderValue;
use sha2::Sha256;

use crate::installation::Outcome;

const SIGNED: usize = 42;

/// The key of every cookie here.
pub fn key() -> Outcome<Hmac<Sha256>> {
    Ok(Hmac::new_from_slice(&[7; 32])?)
}

/// A cookie of the same size as the gateway's.
pub fn cookie() -> Outcome<String> {
    let mut bytes = vec![1; SIGNED];
    let mut mac = key()?;
    mac.update(&bytes);
    bytes.extend_from_slice(&mac.finalize().into_bytes());
    Ok(format!("portcullis={}", URL_SAFE_NO_PAD.encode(bytes)))
}

/// Whether the cookie is one of those.
pub fn signed(key: &Hmac<Sha256>, cookie: Option<&HeaderValue>) -> bool {
    let value = cookie.and_then(|value| value.as_bytes().strip_prefix(b"portcullis="));
    let decoded = value.and_then(|value| URL_SAFE_NO_PAD.decode(value).ok());
    decoded.is_some_and(|bytes| {
        bytes.split_at_checked(SIGNED).is_some_and(|(signed, tag)| {
            let mut mac = key.clone();
            mac.update(signed);
            mac.verify_slice(tag).is_ok()
        })
    })
}
