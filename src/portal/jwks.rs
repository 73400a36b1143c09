//! The public keys with which sites verify the identity assertion (RFC 7517). They are public, so every host of ours
//! serves them to anybody.

use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;

/// A site may cache the keys for five minutes. After a key rotation it may reject assertions of the new key for that
/// long.
const KEEP: &str = "public, max-age=300";

/// `GET /jwks.json`.
pub(super) fn show(request: &PageRequest) -> Page {
    reply::file("application/json", KEEP, request.app.keys.public_keys())
}
