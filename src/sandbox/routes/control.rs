//! The control routes of the sandbox, for tests and people.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::sandbox::faults::{Calls, Misbehaviour};
use crate::sandbox::messages::Message;
use crate::sandbox::shared::Shared;

/// `GET /messages`.
pub(super) async fn messages(State(shared): State<Arc<Shared>>) -> Json<Vec<Message>> {
    Json(shared.state().messages.all())
}

/// `GET /calls`.
pub(super) async fn calls(State(shared): State<Arc<Shared>>) -> Json<Calls> {
    Json(shared.state().calls.clone())
}

/// `POST /misbehave`.
pub(super) async fn misbehave(State(shared): State<Arc<Shared>>, Json(wanted): Json<Misbehaviour>) -> StatusCode {
    shared.state().faults.set(wanted);
    StatusCode::NO_CONTENT
}

/// `DELETE /misbehave`.
pub(super) async fn behave(State(shared): State<Arc<Shared>>) -> StatusCode {
    shared.state().faults.clear();
    StatusCode::NO_CONTENT
}
