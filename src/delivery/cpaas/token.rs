//! The access token: requested once, shared by all calls, and replaced after half of its lifetime.
//!
//! Calls that need a token at the same time share one request (single flight) and its failure; a failure is not kept
//! for later calls. The refresh token is not used: a new token with the same grant does the same, with one secret less
//! to keep.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::{BoxFuture, Shared, WeakShared};
use http::HeaderValue;
use secrecy::{ExposeSecret as _, SecretString};
use serde::{Deserialize, Deserializer};
use tokio::time::Instant;
use url::form_urlencoded;

use super::endpoint::Endpoint;
use super::errors::{explain, token_fault};
use super::{claims, segment};
use crate::delivery::peer_fault::PeerFault;
use crate::delivery::settings::Grant;
use crate::platform::clock::{Clock, Timestamp};

/// A token in use.
#[derive(Debug)]
pub(super) struct Token {
    /// `Bearer …`, marked sensitive, so that `Debug` hides it.
    pub bearer: HeaderValue,
    /// The user id (`preferred_username`), the first part of every path.
    pub user: String,
    refresh_at: Timestamp,
}

/// Why there is no token.
#[derive(Debug, Clone)]
pub(super) struct NoToken {
    pub fault: PeerFault,
    /// In a form that may be logged.
    pub reason: Arc<str>,
}

type Answered = Result<Arc<Token>, NoToken>;
type Flight = BoxFuture<'static, Answered>;

/// Requests tokens and keeps the current one.
pub(super) struct Tokens(Arc<Inner>);

struct Inner {
    endpoint: Arc<Endpoint>,
    grant: Grant,
    clock: Clock,
    timeout: Duration,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    current: Option<Arc<Token>>,
    /// Weak: when all waiting calls have been given up, the request is dropped too. The next call starts a new request
    /// instead of joining one whose time is over.
    flight: Option<WeakShared<Flight>>,
}

#[derive(Deserialize)]
struct Granted {
    #[serde(deserialize_with = "secret")]
    access_token: SecretString,
    #[serde(default, deserialize_with = "some_secret")]
    id_token: Option<SecretString>,
    expires_in: Option<serde_json::Value>,
}

impl Tokens {
    /// Makes no call until a token is needed.
    pub(super) fn new(endpoint: Arc<Endpoint>, grant: Grant, clock: Clock, timeout: Duration) -> Self {
        Self(Arc::new(Inner { endpoint, grant, clock, timeout, state: Mutex::default() }))
    }

    /// Returns the current token, or requests a new one.
    pub(super) async fn get(&self) -> Answered {
        let flight = {
            let mut state = self.0.state();
            let now = self.0.clock.now();
            if let Some(token) = state.current.as_ref().filter(|token| now < token.refresh_at) {
                return Ok(Arc::clone(token));
            }
            match state.flight.as_ref().and_then(WeakShared::upgrade) {
                Some(flight) => flight,
                None => self.take_off(&mut state),
            }
        };
        flight.await
    }

    /// Forgets `refused` after a 401, unless another call has already replaced it.
    pub(super) fn drop_refused(&self, refused: &Arc<Token>) {
        let mut state = self.0.state();
        if state.current.as_ref().is_some_and(|current| Arc::ptr_eq(current, refused)) {
            state.current = None;
        }
    }

    fn take_off(&self, state: &mut State) -> Shared<Flight> {
        let inner = Arc::clone(&self.0);
        let flight: Flight = Box::pin(async move {
            let answered = inner.ask().await.map(Arc::new);
            let mut state = inner.state();
            state.flight = None;
            // If a token cannot be renewed after half of its lifetime, it is not used for the other half: that would
            // hide revoked credentials for hours.
            state.current = answered.as_ref().ok().map(Arc::clone);
            answered
        });
        let flight = flight.shared();
        state.flight = flight.downgrade();
        flight
    }
}

impl Inner {
    fn state(&self) -> MutexGuard<'_, State> {
        // The state is two options, which are consistent after any panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn ask(&self) -> Result<Token, NoToken> {
        let deadline = Instant::now() + self.timeout;
        let answer = self.endpoint.post_form("/cpaas/auth/v1/token", form(&self.grant), deadline).await;
        let answer = answer.map_err(|failure| no_token(failure.fault, &failure.reason))?;
        let status = answer.status.as_u16();
        if !answer.status.is_success() {
            let hidden = secrets(&self.grant);
            let said = explain(&answer.body, &hidden);
            let said = if said.is_empty() { String::new() } else { format!(" ({said})") };
            let fault = token_fault(answer.status, &answer.body);
            return Err(no_token(fault, &format!("refused with status {status}{said}")));
        }
        let granted: Granted = serde_json::from_slice(&answer.body)
            .map_err(|_| no_token(PeerFault::Answer, &format!("status {status} without a token in JSON")))?;
        token(&granted, self.clock.now()).map_err(|why| no_token(PeerFault::Answer, why))
    }
}

fn no_token(fault: PeerFault, why: &str) -> NoToken {
    NoToken { fault, reason: format!("token: {why}").into() }
}

fn secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<SecretString, D::Error> {
    String::deserialize(deserializer).map(SecretString::from)
}

fn some_secret<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<SecretString>, D::Error> {
    Option::<String>::deserialize(deserializer).map(|text| text.map(SecretString::from))
}

fn token(granted: &Granted, now: Timestamp) -> Result<Token, &'static str> {
    let access = granted.access_token.expose_secret();
    let access_claims = claims::read(access);
    let id_claims = granted.id_token.as_ref().and_then(|token| claims::read(token.expose_secret()));
    let user = [&id_claims, &access_claims]
        .into_iter()
        .flatten()
        .find_map(|claims| claims.get("preferred_username")?.as_str())
        .filter(|user| segment::is_usable(user))
        .ok_or("no usable preferred_username in the id_token")?;
    let mut bearer =
        HeaderValue::from_str(&format!("Bearer {access}")).map_err(|_| "the access_token does not fit a header")?;
    bearer.set_sensitive(true);
    let life = granted.expires_in.as_ref().and_then(claims::number);
    let refresh_at = claims::refresh_at(access_claims.as_ref(), life, now);
    Ok(Token { bearer, user: user.to_owned(), refresh_at })
}

fn form(grant: &Grant) -> SecretString {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("client_id", grant.client_id()).append_pair("scope", "openid");
    match grant {
        Grant::Project { client_secret, .. } => form
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_secret", client_secret.expose_secret()),
        Grant::Account { email, password, .. } => form
            .append_pair("grant_type", "password")
            .append_pair("username", email)
            .append_pair("password", password.expose_secret()),
    };
    SecretString::from(form.finish())
}

fn secrets(grant: &Grant) -> [&str; 2] {
    match grant {
        Grant::Project { client_id, client_secret } => [client_id, client_secret.expose_secret()],
        Grant::Account { email, password, .. } => [email, password.expose_secret()],
    }
}
