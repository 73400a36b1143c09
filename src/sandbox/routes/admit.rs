//! Who may call the API of the CPaaS.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use crate::platform::clock::Timestamp;
use crate::sandbox::reply::Refusal;
use crate::sandbox::shared::State;

/// Checks that the token belongs to the user in the path.
pub(super) fn admit(state: &State, headers: &HeaderMap, user: &str, now: Timestamp) -> Result<(), Refusal> {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer "));
    match token.and_then(|token| state.tokens.user(token, now)) {
        None => Err(Refusal::Unauthorized),
        Some(holder) if holder != user => Err(Refusal::Forbidden),
        Some(_) => Ok(()),
    }
}
