//! Webhooks in the form of Standard Webhooks (<https://www.standardwebhooks.com>): one event a request, signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use tokio::time::Instant;
use url::Url;

use crate::audit::{chain_hex, event_object};
use crate::delivery::{Call, Outbound};
use crate::events::error::EventsError;
use crate::events::settings::WebhookSettings;
use crate::keys::webhook_signature;
use crate::platform::clock::Timestamp;
use crate::platform::secret::SecretBytes;
use crate::store::EventRow;

const ID: HeaderName = HeaderName::from_static("webhook-id");
const TIMESTAMP: HeaderName = HeaderName::from_static("webhook-timestamp");
const SIGNATURE: HeaderName = HeaderName::from_static("webhook-signature");

/// A receiver that is asked by HTTP.
pub(super) struct Webhook {
    outbound: Outbound,
    url: Url,
    secret: SecretBytes,
    timeout: std::time::Duration,
}

impl Webhook {
    pub(super) fn new(settings: &WebhookSettings) -> Result<Self, EventsError> {
        let outbound = Outbound::new(&settings.extra_roots, settings.timeout)
            .map_err(|error| EventsError::Client { sink: settings.name.clone(), reason: error.0 })?;
        Ok(Self { outbound, url: settings.url.clone(), secret: settings.secret.clone(), timeout: settings.timeout })
    }

    /// Sends one event. Only a 2xx takes it; the text says why it was not taken, without the URL.
    pub(super) async fn send(&self, row: &EventRow, now: Timestamp) -> Result<(), String> {
        let body = event_object(row);
        let headers = headers(&message_id(row), now, &body, &self.secret)?;
        let call = Call { method: Method::POST, url: self.url.clone(), headers, body: Bytes::from(body) };
        match self.outbound.send(call, Instant::now() + self.timeout).await {
            Ok(answer) if answer.status.is_success() => Ok(()),
            Ok(answer) => Err(format!("it answered {}", answer.status.as_u16())),
            Err(failure) => Err(failure.reason),
        }
    }
}

/// The same for every attempt, so that the receiver recognises an event that it has already. With the beginning of the
/// event's hash: numbers may begin again in a restored or new database.
fn message_id(row: &EventRow) -> String {
    let chain = row.chain.as_ref().map(chain_hex).unwrap_or_default();
    format!("evt_{}_{}", row.id, chain.get(..16).unwrap_or_default())
}

fn headers(id: &str, now: Timestamp, body: &str, secret: &SecretBytes) -> Result<HeaderMap, String> {
    let timestamp = now.seconds().to_string();
    let parts = [id.as_bytes(), b".", timestamp.as_bytes(), b".", body.as_bytes()];
    let signature = format!("v1,{}", STANDARD.encode(webhook_signature(secret.expose(), &parts)));
    let value = |text: &str| HeaderValue::from_str(text).map_err(|error| error.to_string());
    Ok(HeaderMap::from_iter([
        (CONTENT_TYPE, HeaderValue::from_static("application/json")),
        (ID, value(id)?),
        (TIMESTAMP, value(&timestamp)?),
        (SIGNATURE, value(&signature)?),
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Made with another implementation of HMAC, with the example key of the specification.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let key = STANDARD.decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let now = Timestamp::from_millis(1_614_265_330_000);
        let made = headers("msg_p5jXN8AQM9LWM0D4loKWxJek", now, "{\"test\": 2432232314}", &SecretBytes::new(key));
        let made = made.unwrap();
        assert_eq!(made.get(SIGNATURE).unwrap(), "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
        assert_eq!(made.get(TIMESTAMP).unwrap(), "1614265330");
    }
}
