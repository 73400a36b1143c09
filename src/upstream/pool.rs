//! Pooled connections to the sites. The one place that knows which client is behind them, so that another one (a pool
//! for each thread saves a tenth of a proxied request) can take its place.

use std::sync::Arc;
use std::time::Duration;

use hyper_util::client::legacy::{Client, ResponseFuture};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::RootCertStore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::access::SiteId;
use crate::upstream::addresses::Addresses;
use crate::upstream::body::VisitorBody;
use crate::upstream::connector::{self, Connector};
use crate::upstream::error::UpstreamError;
use crate::upstream::settings::Settings;

/// Bound of the buffers of one connection to a site: the default of 400 KiB costs about 1 MiB for each stalled
/// download, a quarter of this costs twice the CPU on large bodies. The head of an answer must fit too.
const LARGEST_BUFFER: usize = 128 * 1024;

/// Idle connections kept for one address: enough for a busy site, few enough that a burst does not hold hundreds of
/// the site's workers for the whole idle time.
const IDLE_KEPT: usize = 64;

/// All protected sites.
pub struct Upstreams {
    sites: Vec<Site>,
    pub(super) response_timeout: Duration,
    pub(super) tunnels: TaskTracker,
    pub(super) closing: CancellationToken,
}

struct Site {
    client: Client<Connector, VisitorBody>,
    addresses: Arc<Addresses>,
}

impl Upstreams {
    /// The sites of the configuration. Certificates of `https` addresses are verified against the public authorities.
    pub fn new(settings: &Settings) -> Result<Self, UpstreamError> {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        Self::with_roots(settings, roots)
    }

    /// The same with other certificate authorities.
    pub fn with_roots(settings: &Settings, roots: RootCertStore) -> Result<Self, UpstreamError> {
        let tls = connector::tls(roots)?;
        let site = |uris: &[http::Uri]| {
            let addresses = Arc::new(Addresses::new(uris));
            let connector = Connector::new(tls.clone(), Arc::clone(&addresses), settings.connect_timeout);
            let client = Client::builder(TokioExecutor::new())
                .timer(TokioTimer::new())
                .pool_timer(TokioTimer::new())
                .pool_idle_timeout(settings.idle_timeout)
                .pool_max_idle_per_host(IDLE_KEPT)
                .http1_max_buf_size(LARGEST_BUFFER)
                // The host is the visitor's, set by `CleanHeaders`.
                .set_host(false)
                // Repeats only what never left this process: a request handed to a pooled connection that the site
                // closed before a byte was written.
                .retry_canceled_requests(true)
                .build(connector);
            Site { client, addresses }
        };
        Ok(Self {
            sites: settings.sites.iter().map(|upstream| site(&upstream.addresses)).collect(),
            response_timeout: settings.response_timeout,
            tunnels: TaskTracker::new(),
            closing: CancellationToken::new(),
        })
    }

    /// Hands a request to the address whose turn it is.
    pub(super) fn send(
        &self,
        id: SiteId,
        mut request: http::Request<VisitorBody>,
    ) -> Result<ResponseFuture, UpstreamError> {
        let missing = || UpstreamError::Unreachable("the site has no address".to_owned());
        let site = self.sites.get(id.0).ok_or_else(missing)?;
        let address = site.addresses.next().ok_or_else(missing)?;
        let mut parts = address.uri().clone().into_parts();
        parts.path_and_query = request.uri().path_and_query().cloned();
        *request.uri_mut() = http::Uri::from_parts(parts).map_err(|_| missing())?;
        Ok(site.client.request(request))
    }

    /// Ends every tunnel: a WebSocket ends by itself only when its visitor leaves. Returns when all are closed.
    pub async fn close_tunnels(&self) {
        self.closing.cancel();
        self.tunnels.close();
        self.tunnels.wait().await;
    }
}
