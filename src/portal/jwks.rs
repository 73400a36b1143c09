//! The public keys with which sites check the identity assertion (RFC 7517). Nothing about them is secret, so any host
//! of ours shows them to anybody.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use http::header::{CACHE_CONTROL, CONTENT_TYPE};

use crate::web::App;

/// A site that keeps them for longer would refuse what a new key signs for longer: after a rotation this is how long it
/// may lag behind.
const KEEP: &str = "public, max-age=300";

/// `GET /jwks.json`.
pub async fn show(State(app): State<Arc<App>>) -> Response {
    ([(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, KEEP)], app.keys.public_keys()).into_response()
}
