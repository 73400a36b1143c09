//! One authorised call: a token, the user's path, at most one retry after a 401, and one deadline for everything.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::Value;
use tokio::time::{Instant, timeout_at};

use super::endpoint::Endpoint;
use super::segment::encode;
use super::token::{Token, Tokens};
use crate::delivery::error::DeliverySetupError;
use crate::delivery::outbound::Answer;
use crate::delivery::peer_fault::{PeerFault, SignInError};
use crate::delivery::provider::{DeliveryError, Sent};
use crate::delivery::settings::CpaasSettings;
use crate::platform::clock::Clock;

/// The client of the CPaaS, which gets tokens when needed. Shared by all its providers.
pub(crate) struct Cpaas {
    endpoint: Arc<Endpoint>,
    tokens: Tokens,
    timeout: Duration,
    /// The client id, which also identifies us in messages (`clientCorrelator`).
    pub client_id: String,
    /// The sender of `cpaas_message`: a number in E.164, or `default`.
    pub sender: String,
    /// `cpaas.origin_line`.
    pub origin_line: bool,
}

/// The request of one call.
pub(crate) struct Request<'a> {
    /// The provider's name in the registry, for errors.
    pub provider: &'static str,
    /// The operation, for errors: `create`, `verify`, ….
    pub operation: &'static str,
    pub method: Method,
    /// The service under `/cpaas/`, before the user id: `auth` or `smsmessaging`.
    pub service: &'static str,
    /// The path after the user id, with its leading slash, already encoded.
    pub rest: &'a str,
    /// The JSON body, if any.
    pub body: Option<&'a Value>,
}

/// A response, and the user whose path was called.
#[derive(Debug)]
pub(crate) struct Reply {
    pub status: StatusCode,
    pub body: Bytes,
    /// The user id.
    pub user: String,
}

impl Cpaas {
    /// Builds the client without making a call.
    pub(crate) fn new(settings: &CpaasSettings, clock: &Clock) -> Result<Self, DeliverySetupError> {
        let endpoint = Arc::new(Endpoint::new(settings)?);
        let tokens = Tokens::new(Arc::clone(&endpoint), settings.grant.clone(), clock.clone(), settings.timeout);
        Ok(Self {
            endpoint,
            tokens,
            timeout: settings.timeout,
            client_id: settings.grant.client_id().to_owned(),
            origin_line: settings.origin_line,
            sender: settings.sender_number.as_ref().map_or_else(|| "default".into(), |number| number.as_str().into()),
        })
    }

    /// The base URL without a slash at its end, which responses may put before a path.
    pub(crate) fn base(&self) -> &str {
        self.endpoint.base()
    }

    /// Makes the call and returns any response except 401.
    ///
    /// A 401 is about our token, which may have been revoked early. The token is dropped and the call repeated once.
    /// That cannot send twice, because a refused call has no effect.
    pub(crate) async fn call(&self, request: &Request<'_>) -> Result<Reply, DeliveryError> {
        let deadline = Instant::now() + self.timeout;
        let first = self.token(request, deadline).await?;
        let answer = self.exchange(request, &first, deadline).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(reply(answer, &first));
        }
        self.tokens.drop_refused(&first);
        let second = self.token(request, deadline).await?;
        let answer = self.exchange(request, &second, deadline).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(reply(answer, &second));
        }
        Err(request.error(Sent::No, "status 401 with a new token: the CPaaS does not accept its own token"))
    }

    /// Requests a token, and nothing else.
    pub(crate) async fn sign_in(&self) -> Result<(), SignInError> {
        let deadline = Instant::now() + self.timeout;
        match timeout_at(deadline, self.tokens.get()).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(why)) => Err(SignInError { fault: why.fault, reason: why.reason.to_string() }),
            Err(_) => Err(SignInError { fault: PeerFault::Unreachable, reason: "token: no answer in time".to_owned() }),
        }
    }

    async fn token(&self, request: &Request<'_>, deadline: Instant) -> Result<Arc<Token>, DeliveryError> {
        match timeout_at(deadline, self.tokens.get()).await {
            Ok(Ok(token)) => Ok(token),
            Ok(Err(why)) => Err(request.error(Sent::No, &why.reason)),
            Err(_) => Err(request.error(Sent::No, "token: no answer in time")),
        }
    }

    async fn exchange(&self, request: &Request<'_>, token: &Token, deadline: Instant) -> Result<Answer, DeliveryError> {
        let path = format!("/cpaas/{}/v1/{}{}", request.service, encode(&token.user), request.rest);
        let body = request.body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let answer = self.endpoint.send(request.method.clone(), &path, &token.bearer, body, deadline).await;
        answer.map_err(|failure| request.error(failure.sent, &failure.reason))
    }
}

impl Request<'_> {
    /// The error of this call.
    pub(crate) fn error(&self, sent: Sent, why: &str) -> DeliveryError {
        DeliveryError { provider: self.provider, reason: format!("{}: {why}", self.operation), sent }
    }
}

fn reply(answer: Answer, token: &Token) -> Reply {
    Reply { status: answer.status, body: answer.body, user: token.user.clone() }
}

impl Reply {
    /// Whether this status certainly means that nothing was done, as a 4xx refusal does. A 408 is a lost request, not a
    /// refusal, and the effect of a 3xx, 5xx or unexpected 2xx is unknown.
    pub(crate) fn sent(&self) -> Sent {
        if self.status.is_client_error() && self.status != StatusCode::REQUEST_TIMEOUT {
            Sent::No
        } else {
            Sent::Perhaps
        }
    }
}
