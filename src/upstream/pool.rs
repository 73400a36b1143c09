//! The protected sites and their connection pools.

use std::sync::Arc;
use std::time::Duration;

use http::header::{self, HeaderMap};
use http::uri::PathAndQuery;
use rustls::RootCertStore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::domain::site::SiteId;
use crate::domain::target::RequestTarget;
use crate::upstream::addresses::{Address, Addresses};
use crate::upstream::connection::Connection;
use crate::upstream::connector::Connector;
use crate::upstream::error::UpstreamError;
use crate::upstream::idle::IdleConnections;
use crate::upstream::settings::{HostPolicy, Settings, SiteUpstream};

/// The protected sites and their connection pools.
pub(crate) struct Upstreams {
    sites: Vec<Site>,
    pub(super) response_timeout: Duration,
    pub(super) tunnels: TaskTracker,
    pub(super) closing: CancellationToken,
}

/// The upstream of one site.
pub(super) struct Site {
    addresses: Addresses,
    connector: Connector,
    base_path: String,
    host: HostPolicy,
}

impl Upstreams {
    /// Creates the pools from the configuration. Certificates of `https` addresses are verified against the public
    /// authorities.
    pub(crate) fn new(settings: &Settings) -> Result<Self, UpstreamError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with_roots(settings, &roots)
    }

    /// As `new`, with other certificate authorities.
    pub(super) fn with_roots(settings: &Settings, roots: &RootCertStore) -> Result<Self, UpstreamError> {
        let site = |upstream: &SiteUpstream| {
            let tls = Arc::new(upstream.tls.config(roots)?);
            Ok::<_, UpstreamError>(Site {
                addresses: Addresses::new(&upstream.addresses, || {
                    IdleConnections::new(settings.idle_timeout, settings.max_idle_connections)
                }),
                connector: Connector::new(tls, upstream.tls.server_name.clone(), settings.connect_timeout),
                base_path: upstream.base_path.clone(),
                host: upstream.host.clone(),
            })
        };
        Ok(Self {
            sites: settings.sites.iter().map(site).collect::<Result<_, _>>()?,
            response_timeout: settings.response_timeout,
            tunnels: TaskTracker::new(),
            closing: CancellationToken::new(),
        })
    }

    pub(super) fn site(&self, id: SiteId) -> Result<&Site, UpstreamError> {
        self.sites.get(id.0).ok_or_else(no_address)
    }

    /// Closes all tunnels and waits until they are closed. A WebSocket otherwise ends only when its visitor or site
    /// leaves.
    pub(crate) async fn close_tunnels(&self) {
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

    /// The path and query under which the site itself serves this target: below its base path.
    pub(super) fn target(&self, target: &RequestTarget) -> Result<PathAndQuery, UpstreamError> {
        let parsed = if self.base_path.is_empty() {
            PathAndQuery::try_from(target.as_str())
        } else {
            PathAndQuery::try_from(format!("{}{}", self.base_path, target.as_str()))
        };
        parsed.map_err(|_| UpstreamError::Target)
    }

    /// Sets the `Host` for this connection. `headers` already contains the visitor's.
    pub(super) fn set_host(&self, headers: &mut HeaderMap, connection: &Connection) {
        let host = match &self.host {
            HostPolicy::Keep => return,
            HostPolicy::Upstream => connection.authority(),
            HostPolicy::Name(name) => name,
        };
        headers.insert(header::HOST, host.clone());
    }

    /// A new connection to `chosen` or to another address, and the pool that keeps it afterwards.
    pub(super) async fn connect(&self, chosen: &Address) -> Result<(Connection, Arc<IdleConnections>), UpstreamError> {
        let (connection, address) = self.connector.connect(&self.addresses, chosen).await?;
        Ok((connection, Arc::clone(address.idle())))
    }
}

fn no_address() -> UpstreamError {
    UpstreamError::Unreachable("the site has no address".to_owned())
}
