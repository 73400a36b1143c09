//! Its answers: JSON, the error forms of the CPaaS, and the broken ones.

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse as _, Response};
use bytes::Bytes;
use serde_json::{Value, json};

use super::codes::WrongPart;
use super::serve::HangUp;
use crate::platform::random::EntropyUnavailable;

/// A body that never gets further than this is cut in half.
const LARGEST: usize = 64 * 1024;

/// Why an operation is not done.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A part of the body is wrong or missing: 400.
    WrongPart(WrongPart),
    /// No such code, or not this guess: 404. What the real one answers is not documented.
    Unknown(&'static str),
    /// Somebody else's path: 403.
    Forbidden,
    /// No token, or one that does not count: 401, without a body.
    Unauthorized,
    /// The token endpoint's own form.
    NoToken {
        /// The status.
        status: StatusCode,
        /// The word of RFC 6749 §5.2.
        error: &'static str,
        /// What it means.
        description: &'static str,
    },
    /// The machine gave no random bytes: 500.
    Entropy(EntropyUnavailable),
}

impl From<WrongPart> for Refusal {
    fn from(part: WrongPart) -> Self {
        Self::WrongPart(part)
    }
}

impl From<EntropyUnavailable> for Refusal {
    fn from(error: EntropyUnavailable) -> Self {
        Self::Entropy(error)
    }
}

/// JSON with a status.
pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    (status, Json(value)).into_response()
}

/// 204 without a body.
pub(super) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

impl Refusal {
    /// What is answered.
    pub(super) fn answer(&self) -> Response {
        match self {
            Self::WrongPart(part) => {
                exception(StatusCode::BAD_REQUEST, "SVC0002", "Invalid input value for message part %1", part.0)
            }
            Self::Unknown(part) => {
                exception(StatusCode::NOT_FOUND, "SVC0002", "Invalid input value for message part %1", part)
            }
            Self::Forbidden => {
                let exception = json!({ "messageId": "POL0001", "text": "A policy error occurred: %1", "variables": ["Forbidden error"] });
                json(StatusCode::FORBIDDEN, &json!({ "requestError": { "policyException": exception } }))
            }
            Self::Unauthorized => {
                (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))]).into_response()
            }
            Self::NoToken { status, error, description } => {
                json(*status, &json!({ "error": error, "error_description": description }))
            }
            Self::Entropy(error) => {
                tracing::error!(%error, "sandbox");
                fault(StatusCode::INTERNAL_SERVER_ERROR)
            }
        }
    }
}

/// The misbehaviour `status`.
pub(super) fn fault(status: StatusCode) -> Response {
    exception(status, "SVC0001", "A service error occurred. Error code is %1", "sandbox")
}

/// The misbehaviour `garbage`.
pub(super) fn garbage() -> Response {
    let page = "<!doctype html><title>It works!</title><p>Welcome to the default page.";
    (StatusCode::OK, [(CONTENT_TYPE, HeaderValue::from_static("text/html"))], page).into_response()
}

/// The misbehaviour `drop`: whatever would be answered, the connection ends.
pub(super) fn hang_up() -> Response {
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(HangUp);
    response
}

/// The misbehaviour `cut`: half of the body, the length of the whole.
pub(super) async fn cut(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    if body.is_empty() {
        // Nothing to cut: an empty answer is complete with its head.
        return hang_up();
    }
    let half = body.slice(..body.len() / 2);
    parts.headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    let pieces = [Ok::<Bytes, std::io::Error>(half), Err(std::io::Error::other("cut on purpose"))];
    Response::from_parts(parts, Body::from_stream(futures_util::stream::iter(pieces)))
}

fn exception(status: StatusCode, id: &str, text: &str, variable: &str) -> Response {
    let exception = json!({ "messageId": id, "text": text, "variables": [variable] });
    json(status, &json!({ "requestError": { "serviceException": exception } }))
}
