//! The public keys with which sites check the identity assertion (RFC 7517). Nothing about them is secret, so any host
//! of ours shows them to anybody.

use crate::portal::page::{Page, PageRequest};
use crate::portal::reply;

/// A site that keeps them for longer would refuse what a new key signs for longer: after a rotation this is how long it
/// may lag behind.
const KEEP: &str = "public, max-age=300";

/// `GET /jwks.json`.
pub(super) fn show(request: &PageRequest) -> Page {
    reply::file("application/json", KEEP, request.app.keys.public_keys())
}
