//! The SMS API: a text written by the caller.

use std::sync::Arc;

use axum::extract::{Path, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use bytes::Bytes;
use serde_json::{Value, json};

use super::admit::admit;
use crate::platform::clock::Timestamp;
use crate::sandbox::codes::{WrongPart, number};
use crate::sandbox::faults::Operation;
use crate::sandbox::messages::{Channel, Message, code_in};
use crate::sandbox::reply::{self, Refusal};
use crate::sandbox::shared::{Shared, State};
use crate::sandbox::tokens::identifier;

/// The parts of the body that are used.
struct Text {
    to: String,
    message: String,
    correlator: Value,
}

/// `POST …/outbound/{sender}/requests`: the sender is a number, `default`, or the user id.
pub(super) async fn send(
    Extract(shared): Extract<Arc<Shared>>,
    Path((user, sender)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let default = shared.settings.default_number.clone();
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        let sender = if sender == "default" || sender == user { Some(default) } else { number(&sender) };
        let Some(sender) = sender else { return Err(Refusal::Forbidden) };
        let text = text(&body)?;
        let id = identifier(&mut state.random)?;
        state.messages.push(Message {
            to: text.to.clone(),
            channel: Channel::Sms,
            text: text.message.clone(),
            subject: None,
            at: now,
            code: code_in(&text.message),
        });
        Ok(reply::json(StatusCode::CREATED, &sent(&user, &sender, &id, &text)))
    };
    shared.operate(Operation::Sms, act).await
}

/// `GET …/messages/{id}/status`.
pub(super) async fn status(
    Extract(shared): Extract<Arc<Shared>>,
    Path((user, _remote, _local, _id)): Path<(String, String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let act = move |state: &mut State, now: Timestamp| {
        admit(state, &headers, &user, now)?;
        Ok(reply::json(StatusCode::OK, &json!({ "status": "DeliveredToTerminal" })))
    };
    shared.operate(Operation::Status, act).await
}

fn text(body: &[u8]) -> Result<Text, WrongPart> {
    let body: Value = serde_json::from_slice(body).map_err(|_| WrongPart("body"))?;
    let request = body.get("outboundSMSMessageRequest").ok_or(WrongPart("outboundSMSMessageRequest"))?;
    let to = match request.get("address") {
        Some(Value::Array(list)) if list.len() == 1 => list.first().and_then(Value::as_str),
        _ => None,
    };
    let to = to.and_then(number).ok_or(WrongPart("address"))?;
    let message = request.pointer("/outboundSMSTextMessage/message").and_then(Value::as_str);
    let message = message.filter(|message| !message.is_empty()).ok_or(WrongPart("message"))?.to_owned();
    let correlator = request.get("clientCorrelator").cloned().unwrap_or(Value::Null);
    Ok(Text { to, message, correlator })
}

fn sent(user: &str, sender: &str, id: &str, text: &Text) -> Value {
    let to = &text.to;
    let resource = format!("/cpaas/smsmessaging/v1/{user}/remoteAddresses/{to}/localAddresses/{sender}/messages/{id}");
    json!({ "outboundSMSMessageRequest": {
        "address": [to],
        "clientCorrelator": text.correlator,
        "deliveryInfoList": {
            "deliveryInfo": [{ "address": to, "deliveryStatus": "DeliveredToNetwork" }],
            "resourceURL": format!("/cpaas/smsmessaging/v1/{user}/outbound/{sender}/requests/{id}/deliveryInfos"),
        },
        "outboundSMSTextMessage": { "message": text.message },
        "resourceURL": resource,
        "senderAddress": sender,
    } })
}
