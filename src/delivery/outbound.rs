//! The one outgoing HTTPS client.
//!
//! Certificates are checked against the public roots and the configured extra ones. Redirects are not followed (a
//! redirect would carry a token or a code to a place nobody configured), no proxy is taken from the
//! environment, nothing is retried, an answer is read up to a cap, and every call ends at its deadline.

use std::error::Error as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use tokio::time::{Instant, timeout_at};
use url::{Host, Url};

use crate::delivery::error::DeliverySetupError;
use crate::delivery::provider::Sent;
use crate::delivery::reason::clean;

/// Longest answer that is read: a token answer of a realm with many roles is about 8 KiB.
const LARGEST_ANSWER: usize = 64 * 1024;

/// How long a connection may take. A peer that needs longer is down; the visitor is waiting.
const CONNECT: Duration = Duration::from_secs(5);

/// How long an unused connection is kept. Shorter than the idle limits of common servers and balancers (5 s and
/// more): a call on a connection that the peer is just closing fails, and cannot be sent again by itself.
const KEEP_IDLE: Duration = Duration::from_secs(4);

/// The client, for every provider.
#[derive(Debug, Clone)]
pub(super) struct Outbound {
    client: reqwest::Client,
}

/// One call.
#[derive(Debug)]
pub(super) struct Call {
    /// The method.
    pub method: Method,
    /// Where to: https, or http on loopback.
    pub url: Url,
    /// Headers; secrets in them are marked sensitive.
    pub headers: HeaderMap,
    /// The body, may be empty.
    pub body: Bytes,
}

/// A complete answer.
#[derive(Debug)]
pub(super) struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its whole body.
    pub body: Bytes,
}

/// No complete answer.
#[derive(Debug)]
pub(super) struct Failure {
    /// Whether the peer may have acted.
    pub sent: Sent,
    /// What happened, fit for the log.
    pub reason: String,
}

impl Outbound {
    /// A client that trusts the public roots and those in the PEM files `extra_roots`.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that builds outgoing clients")]
    pub(super) fn new(extra_roots: &[PathBuf], timeout: Duration) -> Result<Self, DeliverySetupError> {
        let loopback =
            ["127.0.0.1:0".parse(), "[::1]:0".parse()].into_iter().filter_map(Result::ok).collect::<Vec<_>>();
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls(extra_roots)?)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .referer(false)
            // `localhost` may be spoken to without TLS, so it must not be a name that somebody's DNS answers.
            .resolve_to_addrs("localhost", &loopback)
            // Half of the whole time at most: what then still fails to connect surely sent nothing.
            .connect_timeout(CONNECT.min(timeout / 2))
            .pool_idle_timeout(KEEP_IDLE)
            .user_agent(concat!("portcullis/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| DeliverySetupError(error.to_string()))?;
        Ok(Self { client })
    }

    /// Sends `call` once and reads the whole answer, until `deadline`.
    pub(super) async fn send(&self, call: Call, deadline: Instant) -> Result<Answer, Failure> {
        may_be_called(&call.url).map_err(|reason| Failure { sent: Sent::No, reason })?;
        let exchange = async {
            let request = self.client.request(call.method, call.url).headers(call.headers).body(call.body);
            let answer = request.send().await.map_err(|error| failure(&error))?;
            read(answer).await
        };
        timeout_at(deadline, exchange)
            .await
            .unwrap_or_else(|_| Err(Failure { sent: Sent::Perhaps, reason: "no answer in time".to_owned() }))
    }
}

/// Whether a URL may be called at all: https, or plain http where the bytes stay on this machine.
pub(super) fn may_be_called(url: &Url) -> Result<(), String> {
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

fn tls(extra_roots: &[PathBuf]) -> Result<rustls::ClientConfig, DeliverySetupError> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for file in extra_roots {
        for certificate in certificates(file)? {
            let added = roots.add(certificate);
            added.map_err(|error| DeliverySetupError(format!("{}: {error}", file.display())))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| DeliverySetupError(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, DeliverySetupError> {
    let wrong = |why: String| DeliverySetupError(format!("{}: {why}", file.display()));
    let pem = std::fs::read(file).map_err(|error| wrong(error.to_string()))?;
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(&pem).collect::<Result<_, _>>().map_err(|error| wrong(error.to_string()))?;
    if found.is_empty() { Err(wrong("no certificate in PEM form".to_owned())) } else { Ok(found) }
}

async fn read(mut answer: reqwest::Response) -> Result<Answer, Failure> {
    let status = answer.status();
    let mut body = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + chunk.len() > LARGEST_ANSWER {
            let reason = format!("answered {} with more than {LARGEST_ANSWER} bytes", status.as_u16());
            return Err(Failure { sent: Sent::Perhaps, reason });
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, body: body.into() })
}

/// Says what went wrong, from the innermost cause, without the URL (its path holds the user id).
fn failure(error: &reqwest::Error) -> Failure {
    let mut cause = error.source();
    while let Some(deeper) = cause.and_then(|outer| outer.source()) {
        cause = Some(deeper);
    }
    let cause = clean(&cause.map(ToString::to_string).unwrap_or_default(), &[]);
    // Certificate and handshake errors are connect errors: nothing of the request had been written.
    if error.is_connect() {
        Failure { sent: Sent::No, reason: format!("no connection: {cause}") }
    } else {
        Failure { sent: Sent::Perhaps, reason: format!("the answer was lost: {cause}") }
    }
}
