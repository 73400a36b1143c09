//! The codes API: create, resend, verify, delete.

use std::sync::Arc;

use axum::extract::{Path, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};

use super::admit::admit;
use crate::platform::clock::Timestamp;
use crate::sandbox::codes::{CodeKey, Made, Order, WrongPart};
use crate::sandbox::faults::Operation;
use crate::sandbox::messages::Message;
use crate::sandbox::reply::{self, Refusal};
use crate::sandbox::shared::{Shared, State};

/// `POST …/codes`.
pub(super) async fn create(
    Extract(shared): Extract<Arc<Shared>>,
    Path(user): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        let order = order(&body)?;
        let made = state.codes.make(&user, &order, now, &mut state.random)?;
        deliver(state, &order, &made, now);
        Ok(made_reply(StatusCode::CREATED, &user, &made))
    };
    shared.operate(Operation::Create, act).await
}

/// `PUT …/codes/{id}`: resend. With an empty body or `null` it is a delete, because the Python SDK deletes that way.
pub(super) async fn resend_or_forget(
    Extract(shared): Extract<Arc<Shared>>,
    path: Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if body.trim_ascii().is_empty() || body.trim_ascii() == b"null" {
        return forget(Extract(shared), path, headers).await;
    }
    let Path((user, id)) = path;
    let names = shared.settings.resend;
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        let order = order(&body)?;
        let Some(made) = state.codes.remake(CodeKey { user: &user, id: &id }, &order, now, names, &mut state.random)?
        else {
            return Err(Refusal::Unknown("codeId"));
        };
        deliver(state, &order, &made, now);
        Ok(made_reply(StatusCode::OK, &user, &made))
    };
    shared.operate(Operation::Resend, act).await
}

/// `PUT …/codes/{id}/verify`.
pub(super) async fn verify(
    Extract(shared): Extract<Arc<Shared>>,
    Path((user, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    shared.state().calls.count_guess(&id);
    let limit = shared.settings.attempt_limit;
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        let guess = guess(&body).ok_or(WrongPart("verify"))?;
        if state.codes.check(CodeKey { user: &user, id: &id }, &guess, now, limit) {
            Ok(reply::nothing())
        } else {
            Err(Refusal::Unknown("verify"))
        }
    };
    shared.operate(Operation::Verify, act).await
}

/// `DELETE …/codes/{id}`.
pub(super) async fn forget(
    Extract(shared): Extract<Arc<Shared>>,
    Path((user, id)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        if state.codes.remove(CodeKey { user: &user, id: &id }, now) {
            Ok(reply::nothing())
        } else {
            Err(Refusal::Unknown("codeId"))
        }
    };
    shared.operate(Operation::Delete, act).await
}

fn order(body: &[u8]) -> Result<Order, WrongPart> {
    let body: Value = serde_json::from_slice(body).map_err(|_| WrongPart("body"))?;
    Order::read(&body)
}

/// The guess. One SDK sends it as a number.
fn guess(body: &[u8]) -> Option<String> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let guess = body.pointer("/code/verify")?;
    guess.as_str().map(str::to_owned).or_else(|| guess.as_u64().map(|number| number.to_string()))
}

fn deliver(state: &mut State, order: &Order, made: &Made, now: Timestamp) {
    state.messages.push(Message {
        to: order.to.clone(),
        channel: order.channel,
        text: order.message.replace("{code}", &made.code),
        subject: order.subject.clone(),
        at: now,
        code: Some(made.code.clone()),
    });
}

fn made_reply(status: StatusCode, user: &str, made: &Made) -> Response {
    let url = format!("/cpaas/auth/v1/{user}/codes/{}", made.id);
    reply::json(status, &json!({ "code": { "resourceURL": url } }))
}
