//! The only outgoing HTTPS client.
//!
//! Certificates are verified against the public roots and the configured extra ones. Redirects are not followed (they
//! would carry a token or a code to a host that nobody configured), no proxy is taken from the environment, nothing is
//! retried, responses are read up to a limit, and every call ends at its deadline.

use std::error::Error as _;
use std::path::PathBuf;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use crate::delivery::error::DeliverySetupError;
use crate::delivery::peer_fault::PeerFault;
use crate::delivery::provider::Sent;
use crate::delivery::reason::clean;
use crate::delivery::tls;

/// Maximum size of a response in bytes. The token response of a realm with many roles has about 8 KiB.
const LARGEST_ANSWER: usize = 64 * 1024;

/// Connect timeout. A peer that needs longer is down, and the visitor is waiting.
const CONNECT: Duration = Duration::from_secs(5);

/// How long an unused connection is kept. Shorter than the idle limits of common servers and load balancers (5 s and
/// more): a call on a connection that the peer is just closing fails and is not retried.
const KEEP_IDLE: Duration = Duration::from_secs(4);

/// The client that all providers and webhooks use.
#[derive(Debug, Clone)]
pub(crate) struct Outbound {
    client: reqwest::Client,
}

/// One call.
#[derive(Debug)]
pub(crate) struct Call {
    pub method: Method,
    /// The URL: HTTPS, or HTTP on loopback.
    pub url: Url,
    /// The headers. Secrets in them are marked sensitive.
    pub headers: HeaderMap,
    /// The body; may be empty.
    pub body: Bytes,
}

/// A complete response.
#[derive(Debug)]
pub(crate) struct Answer {
    pub status: StatusCode,
    /// The whole body.
    pub body: Bytes,
}

/// A call without a complete response.
#[derive(Debug)]
pub(crate) struct Failure {
    /// Whether the peer may have acted on the call.
    pub sent: Sent,
    pub fault: PeerFault,
    /// What happened, in a form that may be logged.
    pub reason: String,
}

impl Outbound {
    /// Creates a client that trusts the public roots and those in the PEM files `extra_roots`.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that builds outgoing clients")]
    pub(crate) fn new(extra_roots: &[PathBuf], timeout: Duration) -> Result<Self, DeliverySetupError> {
        let loopback =
            ["127.0.0.1:0".parse(), "[::1]:0".parse()].into_iter().filter_map(Result::ok).collect::<Vec<_>>();
        let mut tls = tls::client(&tls::certificates(extra_roots)?)?;
        tls.alpn_protocols = vec![b"http/1.1".to_vec()];
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            // `localhost` may be called without TLS, so DNS must not decide where it leads.
            .resolve_to_addrs("localhost", &loopback)
            // At most half of the total time. A call that still fails to connect then certainly sent nothing.
            .connect_timeout(CONNECT.min(timeout / 2))
            .pool_idle_timeout(KEEP_IDLE)
            .user_agent(concat!("portcullis/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| DeliverySetupError(error.to_string()))?;
        Ok(Self { client })
    }

    /// Sends `call` once and reads the whole response, until `deadline`.
    pub(crate) async fn send(&self, call: Call, deadline: Instant) -> Result<Answer, Failure> {
        may_be_called(&call.url).map_err(|reason| Failure { sent: Sent::No, fault: PeerFault::Setup, reason })?;
        let exchange = async {
            let request = self.client.request(call.method, call.url).headers(call.headers).body(call.body);
            let answer = request.send().await.map_err(|error| failure(&error))?;
            read(answer).await
        };
        timeout_at(deadline, exchange).await.unwrap_or_else(|_| {
            let reason = "no answer in time".to_owned();
            Err(Failure { sent: Sent::Perhaps, fault: PeerFault::Unreachable, reason })
        })
    }
}

/// Whether a URL may be called: HTTPS, or plain HTTP that stays on this machine.
pub(crate) fn may_be_called(url: &Url) -> Result<(), String> {
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match url.scheme() {
        "https" => Ok(()),
        "http" if loopback => Ok(()),
        "http" => Err("plain http is allowed on loopback only; use https".to_owned()),
        other => Err(format!("the scheme {other:?} is not https")),
    }
}

async fn read(mut answer: reqwest::Response) -> Result<Answer, Failure> {
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            let reason = format!("answered {} with more than {LARGEST_ANSWER} bytes", status.as_u16());
            return Err(Failure { sent: Sent::Perhaps, fault: PeerFault::Answer, reason });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, body: body.into() })
}

/// Describes a failure by its innermost cause, without the URL (its path contains the user id).
fn failure(error: &reqwest::Error) -> Failure {
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(|outer| outer.source()) {
        cause = Some(deeper);
    }
    let fault = if tls::is_error_of_tls(error) { Some(PeerFault::Tls) } else { None };
    let cause = clean(&cause.map(ToString::to_string).unwrap_or_default(), &[]);
    // Certificate and handshake errors are connect errors: nothing of the request had been written.
    if error.is_connect() {
        let fault = fault.unwrap_or(PeerFault::Unreachable);
        Failure { sent: Sent::No, fault, reason: format!("no connection: {cause}") }
    } else {
        let fault = fault.unwrap_or(PeerFault::Answer);
        Failure { sent: Sent::Perhaps, fault, reason: format!("the answer was lost: {cause}") }
    }
}
