//! Our own codes by SMS through the SMS API of the CPaaS.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::delivery::cpaas::codes::refused;
use crate::delivery::cpaas::{Cpaas, Request, encode};
use crate::delivery::provider::{DeliveryError, Destination, MessageProvider, Sent};
use crate::delivery::reason::{clean, telling_words};

/// The name in the registry.
const NAME: &str = "cpaas_message";

/// The provider `cpaas_message` of `delivery.sms`.
pub(crate) struct SmsMessages(pub Arc<Cpaas>);

impl MessageProvider for SmsMessages {
    fn send<'a>(
        &'a self,
        to: &'a Destination,
        text: &'a str,
        _subject: Option<&'a str>,
    ) -> BoxFuture<'a, Result<(), DeliveryError>> {
        Box::pin(send(&self.0, to, text))
    }
}

async fn send(cpaas: &Cpaas, to: &Destination, text: &str) -> Result<(), DeliveryError> {
    let path = format!("/outbound/{}/requests", encode(&cpaas.sender));
    let mut call = Request {
        provider: NAME,
        operation: "send",
        method: Method::POST,
        service: "smsmessaging",
        rest: &path,
        body: None,
    };
    let number = match to {
        Destination::Phone(number) => number.as_str(),
        Destination::Email(_) => return Err(call.error(Sent::No, "an SMS cannot go to an e-mail address")),
    };
    let body = json!({ "outboundSMSMessageRequest": {
        "address": [number],
        "clientCorrelator": format!("{}-portcullis", cpaas.client_id),
        "outboundSMSTextMessage": { "message": text },
    } });
    call.body = Some(&body);
    let reply = cpaas.call(&call).await?;
    // Only 201 is documented; a 200 with a page comes from some other server.
    if reply.status != StatusCode::CREATED {
        let mut hidden = telling_words(text);
        hidden.push(number);
        return Err(refused(&call, &reply, &hidden));
    }
    accepted(&reply.body).map_err(|(sent, why)| call.error(sent, &why))
}

/// Reads what happened to the message: the response must be about our request, and no delivery may be impossible.
fn accepted(body: &[u8]) -> Result<(), (Sent, String)> {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    let request =
        answer.as_ref().and_then(|answer| answer.get("outboundSMSMessageRequest")).filter(|it| it.is_object());
    let request = request.ok_or((Sent::Perhaps, "status 201 without an outboundSMSMessageRequest".to_owned()))?;
    let deliveries = request.pointer("/deliveryInfoList/deliveryInfo").and_then(Value::as_array);
    for delivery in deliveries.into_iter().flatten() {
        match delivery.get("deliveryStatus").and_then(Value::as_str) {
            // The CPaaS accepted the message. APIs of this family use several names for that.
            None | Some("DeliveredToNetwork" | "DeliveredToTerminal" | "MessageWaiting" | "DeliveryUncertain") => {}
            Some("DeliveryImpossible") => {
                return Err((Sent::No, "the CPaaS calls the delivery impossible".to_owned()));
            }
            Some(other) => {
                let status = clean(other, &[]);
                return Err((Sent::Perhaps, format!("unknown delivery status {status:?}")));
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: &str) -> Vec<u8> {
        json!({ "outboundSMSMessageRequest": { "deliveryInfoList": { "deliveryInfo": [{ "deliveryStatus": status }] } } })
            .to_string()
            .into_bytes()
    }

    #[test]
    fn a_message_counts_as_sent_when_the_network_took_it() {
        assert!(accepted(&answer("DeliveredToNetwork")).is_ok());
        assert!(accepted(br#"{"outboundSMSMessageRequest":{}}"#).is_ok());
    }

    #[test]
    fn an_impossible_delivery_is_an_error_and_surely_sent_nothing() {
        assert_eq!(accepted(&answer("DeliveryImpossible")).unwrap_err().0, Sent::No);
    }

    #[test]
    fn nonsense_is_an_error_and_may_have_sent() {
        for body in [&b"<html>"[..], b"", b"{}", b"[]", br#"{"outboundSMSMessageRequest":7}"#, &answer("Whatever")] {
            assert_eq!(accepted(body).unwrap_err().0, Sent::Perhaps);
        }
    }
}
