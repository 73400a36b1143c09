//! Opens a connection to a site: TCP or a unix socket, with TLS if the address is `https`, within the connect timeout.
//!
//! If an address refuses, the next one is tried here, before any part of a request is sent. No request is therefore
//! sent twice because of a refused connection.

use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use rustls::ClientConfig;
use rustls_pki_types::ServerName;
use tokio::net::UnixStream;
use tokio_rustls::TlsConnector;
use tower::Service as _;

use crate::upstream::addresses::{Address, Addresses};
use crate::upstream::connection::Connection;
use crate::upstream::error::UpstreamError;
use crate::upstream::settings::UpstreamAddress;
use crate::upstream::socket::{SiteStream, Socket};

#[derive(Clone)]
pub(super) struct Connector {
    tcp: HttpConnector,
    tls: TlsConnector,
    /// The name that the certificate must contain, if it is not the host of the address.
    server_name: Option<ServerName<'static>>,
    patience: Duration,
}

impl Connector {
    pub(super) fn new(tls: Arc<ClientConfig>, server_name: Option<ServerName<'static>>, patience: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        // A request is sent in one write; Nagle's algorithm would only delay it.
        tcp.set_nodelay(true);
        Self { tcp, tls: TlsConnector::from(tls), server_name, patience }
    }

    /// A new connection to `chosen`, or to another address if `chosen` refuses.
    pub(super) async fn connect<'a>(
        &self,
        addresses: &'a Addresses,
        chosen: &Address,
    ) -> Result<(Connection, &'a Address), UpstreamError> {
        let mut failure = UpstreamError::Unreachable("the site has no address".to_owned());
        for address in addresses.from(chosen) {
            failure = match tokio::time::timeout(self.patience, self.one(address)).await {
                Ok(Ok(connection)) => return Ok((connection, address)),
                Ok(Err(error)) => {
                    let why = format!("{}: {}", address.label(), innermost(error.as_ref()));
                    if error.is::<HandshakeError>() {
                        UpstreamError::Handshake(why)
                    } else {
                        UpstreamError::Unreachable(why)
                    }
                }
                Err(_) => UpstreamError::TimedOut,
            };
            addresses.refused(address);
        }
        Err(failure)
    }

    async fn one(&self, address: &Address) -> Result<Connection, Box<dyn std::error::Error + Send + Sync>> {
        let stream = match address.place() {
            UpstreamAddress::Unix(path) => SiteStream::plain(Socket::unix(UnixStream::connect(path).await?)),
            UpstreamAddress::Url(uri) => {
                let socket = Socket::tcp(self.tcp.clone().call(uri.clone()).await?.into_inner());
                if uri.scheme() == Some(&Scheme::HTTPS) {
                    let name = self.server_name.clone().map_or_else(|| server_name(uri), Ok)?;
                    SiteStream::tls(self.tls.connect(name, socket).await.map_err(HandshakeError)?)
                } else {
                    SiteStream::plain(socket)
                }
            }
        };
        Ok(Connection::start(stream, Arc::clone(address.label()), address.authority().clone()).await?)
    }
}

/// TLS failed on a connection that stood.
#[derive(Debug, thiserror::Error)]
#[error("TLS: {0}")]
struct HandshakeError(std::io::Error);

/// The host of the address, as the name that the certificate must contain.
fn server_name(uri: &Uri) -> Result<ServerName<'static>, rustls_pki_types::InvalidDnsNameError> {
    let host = uri.host().unwrap_or_default();
    let host = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    ServerName::try_from(host.to_owned())
}

fn innermost(error: &(dyn std::error::Error + 'static)) -> String {
    let mut last = error;
    while let Some(cause) = last.source() {
        last = cause;
    }
    last.to_string()
}
