//! All protected sites, and the way to a connection.

use std::sync::Arc;
use std::time::Duration;

use rustls::RootCertStore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::SiteId;
use crate::upstream::addresses::{Address, Addresses};
use crate::upstream::connection::Connection;
use crate::upstream::connector::{self, Connector};
use crate::upstream::error::UpstreamError;
use crate::upstream::idle::IdleConnections;
use crate::upstream::settings::Settings;

/// All protected sites.
pub struct Upstreams {
    sites: Vec<Site>,
    pub(super) response_timeout: Duration,
    pub(super) tunnels: TaskTracker,
    pub(super) closing: CancellationToken,
}

/// One of them.
pub(super) struct Site {
    addresses: Addresses,
    connector: Connector,
}

impl Upstreams {
    /// The sites of the configuration. Certificates of `https` addresses are verified against the public authorities.
    pub fn new(settings: &Settings) -> Result<Self, UpstreamError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with_roots(settings, roots)
    }

    /// The same with other certificate authorities.
    pub fn with_roots(settings: &Settings, roots: RootCertStore) -> Result<Self, UpstreamError> {
        let tls = Arc::new(connector::tls(roots)?);
        let site = |uris: &[http::Uri]| Site {
            addresses: Addresses::new(uris, || {
                IdleConnections::new(settings.idle_timeout, settings.max_idle_connections)
            }),
            connector: Connector::new(Arc::clone(&tls), settings.connect_timeout),
        };
        Ok(Self {
            sites: settings.sites.iter().map(|upstream| site(&upstream.addresses)).collect(),
            response_timeout: settings.response_timeout,
            tunnels: TaskTracker::new(),
            closing: CancellationToken::new(),
        })
    }

    pub(super) fn site(&self, id: SiteId) -> Result<&Site, UpstreamError> {
        self.sites.get(id.0).ok_or_else(no_address)
    }

    /// Ends every tunnel: a WebSocket ends by itself only when its visitor leaves. Returns when all are closed.
    pub async fn close_tunnels(&self) {
        self.closing.cancel();
        self.tunnels.close();
        self.tunnels.wait().await;
    }
}

impl Site {
    /// The address whose turn it is.
    pub(super) fn choose(&self) -> Result<&Address, UpstreamError> {
        self.addresses.next().ok_or_else(no_address)
    }

    /// A fresh connection to `chosen` or to one of the others, and where it is kept afterwards.
    pub(super) async fn connect(&self, chosen: &Address) -> Result<(Connection, Arc<IdleConnections>), UpstreamError> {
        let (connection, address) = self.connector.connect(&self.addresses, chosen).await?;
        Ok((connection, Arc::clone(address.idle())))
    }
}

fn no_address() -> UpstreamError {
    UpstreamError::Unreachable("the site has no address".to_owned())
}
