//! Starts the server, accepts connections and drains them at shutdown.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::domain::client::Peer;
use crate::headers::security::SecurityHeaders;
use crate::platform::telemetry::GATEWAY;
use crate::server::connection::{self, Shared};
use crate::server::descriptors;
use crate::server::error::ServerError;
use crate::server::limits::{Exchanges, Limits};
use crate::server::listen::Listener;
use crate::server::parts::Parts;
use crate::server::receive::Receiver;
use crate::server::router::Router;
use crate::server::settings::{ListenAddress, Settings};
use crate::server::stream::Stream;
use crate::server::tls::Tls;

/// The server, not yet started.
#[derive(Debug)]
pub(crate) struct Server;

/// A listening server. Dropping it does not stop it; [`RunningServer::shutdown`] does.
pub(crate) struct RunningServer {
    addresses: Vec<ListenAddress>,
    tls: Option<Tls>,
    tasks: TaskTracker,
    closing: CancellationToken,
    cut: CancellationToken,
    drain_timeout: Duration,
    shared: Arc<Shared>,
}

/// Pause after a failed accept (no file descriptors left), so that the log does not fill up.
const AFTER_FAILURE: Duration = Duration::from_millis(100);

/// The response to a connection over the limit, on servers without TLS.
const FULL: &[u8] =
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

impl Server {
    /// Binds all addresses, or none if one fails, and serves them. Must be called inside a tokio runtime.
    pub(crate) fn start(settings: &Settings, parts: Parts) -> Result<RunningServer, ServerError> {
        if settings.listen.is_empty() {
            return Err(ServerError::NoAddress);
        }
        let tls = Tls::open(&settings.tls)?;
        let security = SecurityHeaders::new(parts.app.settings.hsts.as_deref())?;
        let listen = |address| Listener::bind(address, &settings.listen);
        let listeners = settings.listen.iter().map(listen).collect::<Result<Vec<_>, _>>()?;
        let addresses = listeners.iter().map(Listener::address).collect::<Result<Vec<_>, _>>()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let closing = CancellationToken::new();
        let cut = CancellationToken::new();
        let most = descriptors::connections(settings.max_connections);
        let shared = Arc::new(Shared {
            receiver: Receiver {
                router: Router::new(parts),
                trusted: settings.trusted_proxies.clone(),
                security,
                body_timeout: settings.body_timeout,
                exchanges: Exchanges::new(most),
                max_head: settings.max_head,
            },
            tls: tls.as_ref().map(Tls::acceptor),
            header_timeout: settings.header_timeout,
            // Twice the limit for sending a body: slow reading is more common than slow sending.
            write_timeout: settings.body_timeout.saturating_mul(2),
            max_head: settings.max_head,
            closing: closing.clone(),
            cut: cut.clone(),
        });
        let limits = Arc::new(Limits::new(most, settings.trusted_proxies.clone()));
        let tasks = TaskTracker::new();
        for (listener, address) in listeners.into_iter().zip(&addresses) {
            // `cli` announces the addresses at every log level.
            tracing::debug!(target: GATEWAY, %address, scheme, "bound");
            tasks.spawn(accept(listener, Arc::clone(&shared), Arc::clone(&limits), tasks.clone()));
        }
        Ok(RunningServer { addresses, tls, tasks, closing, cut, drain_timeout: settings.drain_timeout, shared })
    }
}

async fn accept(listener: Listener, shared: Arc<Shared>, limits: Arc<Limits>, tasks: TaskTracker) {
    loop {
        let accepted = tokio::select! {
            () = shared.closing.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, peer)) => admit(stream, peer, &shared, &limits, &tasks),
            Err(error) => {
                tracing::warn!(target: GATEWAY, %error, "a connection could not be accepted");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}

fn admit(stream: Stream, peer: Peer, shared: &Arc<Shared>, limits: &Limits, tasks: &TaskTracker) {
    if let Some(permit) = limits.admit(peer) {
        tasks.spawn(connection::serve(Arc::clone(shared), stream, peer, permit));
        return;
    }
    tracing::debug!(target: GATEWAY, "a connection over the limit was closed");
    if shared.tls.is_none() {
        // The connection is closed whether the response arrives or not.
        let _ = match &stream {
            Stream::Left(tcp) => tcp.try_write(FULL),
            Stream::Right(unix) => unix.try_write(FULL),
        };
    }
}

impl RunningServer {
    /// The actual addresses; port 0 is resolved.
    pub(crate) fn addresses(&self) -> &[ListenAddress] {
        &self.addresses
    }

    /// Reads the certificate files again. Open connections keep their certificate.
    pub(crate) fn reload_certificates(&self) -> Result<(), ServerError> {
        self.tls.as_ref().map_or(Ok(()), Tls::reload)
    }

    /// Stops accepting connections and requests, lets those in progress finish for `server.drain_timeout`, then cuts
    /// them off. Tunnels are closed at once, because they do not end by themselves.
    pub(crate) async fn shutdown(self) {
        let Self { tasks, closing, cut, drain_timeout, shared, .. } = self;
        closing.cancel();
        tasks.close();
        let drained = tokio::time::timeout(drain_timeout, async {
            tokio::join!(tasks.wait(), shared.receiver.router.parts.proxy.close());
        });
        if drained.await.is_err() {
            tracing::warn!(target: GATEWAY, "requests under way were cut off at the end of the drain time");
            cut.cancel();
            tasks.wait().await;
        }
    }
}
