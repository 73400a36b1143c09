//! Responses: JSON, the error formats of the CPaaS, and broken ones.

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

/// The largest body that is cut in half, in bytes. A larger one is treated as empty.
const LARGEST: usize = 64 * 1024;

/// Why an operation is refused.
#[derive(Debug)]
pub(super) enum Refusal {
    /// A part of the body is invalid or missing: 400.
    WrongPart(WrongPart),
    /// No such code, or a wrong guess: 404. The response of the real CPaaS is not documented.
    Unknown(&'static str),
    /// The path of another user: 403.
    Forbidden,
    /// No valid token: 401 without a body.
    Unauthorized,
    /// An error of the token endpoint, in its own format.
    NoToken {
        /// The status of the response.
        status: StatusCode,
        /// The error code of RFC 6749 §5.2.
        error: &'static str,
        /// The description for people.
        description: &'static str,
    },
    /// The operating system returned no random bytes: 500.
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

/// A JSON response.
pub(super) fn json(status: StatusCode, value: &Value) -> Response {
    (status, Json(value)).into_response()
}

/// 204 without a body.
pub(super) fn nothing() -> Response {
    StatusCode::NO_CONTENT.into_response()
}

impl Refusal {
    /// The response to a refused operation.
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

/// The fault `status`.
pub(super) fn fault(status: StatusCode) -> Response {
    exception(status, "SVC0001", "A service error occurred. Error code is %1", "sandbox")
}

/// The fault `garbage`.
pub(super) fn garbage() -> Response {
    let page = "<!doctype html><title>It works!</title><p>Welcome to the default page.";
    (StatusCode::OK, [(CONTENT_TYPE, HeaderValue::from_static("text/html"))], page).into_response()
}

/// The fault `drop`: the connection ends instead of a response.
pub(super) fn hang_up() -> Response {
    let mut response = StatusCode::OK.into_response();
    response.extensions_mut().insert(HangUp);
    response
}

/// The fault `cut`: half of the body, with the length of the whole.
pub(super) async fn cut(whole: Response) -> Response {
    let (mut parts, body) = whole.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    if body.is_empty() {
        // An empty body cannot be cut.
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
