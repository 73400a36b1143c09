//! Opens a connection to a site: TCP, TLS where the address says `https`, within the time allowed.
//!
//! An address that refuses is passed over for the next one here, before anything of a request is sent, so that no
//! request is ever sent twice.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpStream;
use tower::Service;

use crate::upstream::addresses::Addresses;

/// Connects to the addresses of one site.
#[derive(Clone)]
pub(super) struct Connector {
    one: HttpsConnector<HttpConnector>,
    addresses: Arc<Addresses>,
    patience: Duration,
}

/// Why no address could be reached.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    /// The last one did not answer in time.
    #[error("connecting took too long")]
    TimedOut,
    /// The last one refused, or its certificate does not hold.
    #[error("{0}")]
    Refused(String),
}

/// What TLS towards sites trusts and speaks.
pub(super) fn tls(roots: RootCertStore) -> Result<ClientConfig, rustls::Error> {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl Connector {
    pub(super) fn new(tls: ClientConfig, addresses: Arc<Addresses>, patience: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A request goes out in one write; waiting for more (Nagle) only delays it.
        tcp.set_nodelay(true);
        let builder = hyper_rustls::HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        Self { one: builder.wrap_connector(tcp), addresses, patience }
    }

    async fn connect(mut self, chosen: Uri) -> Result<MaybeHttpsStream<TokioIo<TcpStream>>, ConnectError> {
        let mut failure = ConnectError::Refused("the site has no address".to_owned());
        for address in self.addresses.from(&chosen) {
            failure = match tokio::time::timeout(self.patience, self.one.call(address.uri().clone())).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => ConnectError::Refused(innermost(error.as_ref())),
                Err(_) => ConnectError::TimedOut,
            };
            self.addresses.refused(address);
        }
        Err(failure)
    }
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = ConnectError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, ConnectError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, chosen: Uri) -> Self::Future {
        Box::pin(self.clone().connect(chosen))
    }
}
