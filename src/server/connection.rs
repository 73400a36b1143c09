//! One connection, from accept to close: TLS, HTTP/1.1 or HTTP/2, and their limits.
//!
//! Plain ports accept HTTP/1 only: the first bytes of HTTP/2 are an error there, so that `h2c` cannot be smuggled
//! through. HTTP/2 is negotiated by ALPN only.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::{http1, http2};
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsAcceptor;
use tokio_util::sync::CancellationToken;

use crate::domain::client::Peer;
use crate::domain::origin::Scheme;
use crate::platform::telemetry::GATEWAY;
use crate::server::activity::Activity;
use crate::server::connection_info::ConnectionInfo;
use crate::server::framing::{FramedSocket, FramingRules, FramingVerdicts, Patience, Refuse};
use crate::server::limits::ConnectionPermit;
use crate::server::oversized;
use crate::server::plain_http;
use crate::server::receive::Receiver;
use crate::server::stream::{Stream, Watched};

/// Buffer size of a connection in bytes. hyper's default of 400 KiB costs about 1 MiB for each stalled download.
const LARGEST_BUFFER: usize = 128 * 1024;

/// How long a kept-alive connection waits for its next request. Longer than browsers and proxies reuse theirs (60 s),
/// so that they close it first and never send a request on a connection that is being closed.
const IDLE: Duration = Duration::from_secs(75);

/// Concurrent requests on one HTTP/2 connection (the value that Envoy and Traefik advise).
const STREAMS: u32 = 100;

/// Bytes of one HTTP/2 request body, and of all of a connection, that may be buffered ahead of the site.
const STREAM_WINDOW: u32 = 64 * 1024;
const CONNECTION_WINDOW: u32 = 1024 * 1024;

/// Interval of HTTP/2 pings, and how long the peer may take to answer one.
const PING: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(20));

/// State shared by all connections.
pub(super) struct Shared {
    pub(super) receiver: Receiver,
    pub(super) tls: Option<TlsAcceptor>,
    pub(super) header_timeout: Duration,
    pub(super) write_timeout: Duration,
    pub(super) max_head: usize,
    /// Cancelled when the server stops accepting requests.
    pub(super) closing: CancellationToken,
    /// Cancelled when requests that are still in progress are cut off.
    pub(super) cut: CancellationToken,
}

/// Serves one connection until it ends.
pub(super) async fn serve(shared: Arc<Shared>, stream: Stream, peer: Peer, permit: ConnectionPermit) {
    let permit = Arc::new(permit);
    let (tcp, tls) = match (stream, shared.tls.clone()) {
        (Stream::Left(tcp), Some(tls)) => (tcp, tls),
        (plain, _) => {
            let socket = Watched::new(plain, shared.write_timeout);
            return http_1(&shared, socket, peer, Scheme::Http, permit).await;
        }
    };
    let handshake = tokio::time::timeout(shared.header_timeout, async {
        if plain_http::is_spoken(&tcp).await {
            plain_http::refuse(tcp, peer).await;
            return None;
        }
        tls.accept(Watched::new(Stream::Left(tcp), shared.write_timeout)).await.ok()
    });
    // A scanner, a browser that does not trust our certificate, or a timeout: there is nobody to send a response to.
    let Ok(Some(socket)) = handshake.await else { return };
    if socket.get_ref().1.alpn_protocol() == Some(b"h2") {
        http_2(&shared, socket, peer, permit).await;
    } else {
        http_1(&shared, socket, peer, Scheme::Https, permit).await;
    }
}

async fn http_1<S>(shared: &Arc<Shared>, socket: S, peer: Peer, scheme: Scheme, permit: Arc<ConnectionPermit>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let verdicts = FramingVerdicts::default();
    let client = shared.receiver.client(peer);
    let Ok(connection) =
        ConnectionInfo::new(peer, scheme, Some(verdicts.clone()), permit, client, &mut shared.receiver.random())
    else {
        return;
    };
    let connection = Arc::new(connection);
    let patience = Patience { head: shared.header_timeout, idle: IDLE };
    let refuse: Refuse = {
        let shared = Arc::clone(shared);
        let connection = Arc::clone(&connection);
        Box::new(move |head| oversized::answer(&shared.receiver, &connection, head))
    };
    let judged = FramingRules { most: shared.max_head, verdicts };
    let io = FramedSocket::new(socket, judged, connection.activity.clone(), patience, refuse);
    let inner = Arc::clone(shared);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&inner);
        let connection = Arc::clone(&connection);
        async move { Ok::<_, Infallible>(shared.receiver.receive(&connection, request).await) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        // `FramedSocket` enforces this more exactly: an idle connection is not a slow head.
        .header_read_timeout(None)
        .max_buf_size(LARGEST_BUFFER)
        // `FramedSocket` refuses larger heads with a page. While another response is pending, hyper refuses them
        // without one.
        .max_header_size(shared.max_head)
        .serve_connection(TokioIo::new(io), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = shared.closing.cancelled() => {}
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        ended = connection => note(ended),
        () = shared.cut.cancelled() => {}
    }
}

async fn http_2<S>(shared: &Arc<Shared>, socket: S, peer: Peer, permit: Arc<ConnectionPermit>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let client = shared.receiver.client(peer);
    let Ok(connection) = ConnectionInfo::new(peer, Scheme::Https, None, permit, client, &mut shared.receiver.random())
    else {
        return;
    };
    let connection = Arc::new(connection);
    let activity = connection.activity.clone();
    let watched = Arc::clone(&connection);
    let inner = Arc::clone(shared);
    let service = service_fn(move |request| {
        let shared = Arc::clone(&inner);
        let connection = Arc::clone(&connection);
        async move { Ok::<_, Infallible>(shared.receiver.receive(&connection, request).await) }
    });
    let connection = http2::Builder::new(TokioExecutor::new())
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS)
        // Higher than the limit, so that `receive` can report what is too large. Above this, the library refuses
        // without a page.
        .max_header_list_size(u32::try_from(shared.max_head.saturating_mul(4)).unwrap_or(u32::MAX))
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(LARGEST_BUFFER)
        .keep_alive_interval(PING.0)
        .keep_alive_timeout(PING.1)
        .serve_connection(TokioIo::new(socket), service);
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => return note(ended),
        () = shared.closing.cancelled() => {}
        () = untaken(&watched, shared.write_timeout) => {
            tracing::info!(target: GATEWAY, %peer, "a connection that took no answer was closed");
            return;
        }
        () = stood_still(&activity, shared.header_timeout) => {
            connection.as_mut().graceful_shutdown();
            // No request is in progress, so a client that does not complete the shutdown is cut off.
            let farewell = tokio::time::timeout(shared.header_timeout, connection);
            return if let Ok(ended) = farewell.await { note(ended) };
        }
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        ended = connection => note(ended),
        () = shared.cut.cancelled() => {}
    }
}

/// Returns when the visitor takes nothing of any response.
async fn untaken(connection: &ConnectionInfo, patience: Duration) {
    match &connection.answers {
        Some(answers) => answers.untaken(patience).await,
        None => std::future::pending().await,
    }
}

/// Returns when no request arrives in time, either the first or the next.
async fn stood_still(activity: &Activity, first: Duration) {
    loop {
        let begun = activity.begun();
        tokio::time::sleep(if activity.is_fresh() { first } else { IDLE }).await;
        if activity.is_idle() && activity.begun() == begun {
            return;
        }
    }
}

/// Logged at debug level because visitors often disconnect midway.
fn note(ended: Result<(), hyper::Error>) {
    if let Err(error) = ended {
        tracing::debug!(target: GATEWAY, %error, "a connection ended early");
    }
}
