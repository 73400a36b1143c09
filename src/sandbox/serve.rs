//! A listener on loopback that serves one router, and can hang up in the middle of an answer.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tower::Service as _;

/// The sandbox or the dashboard cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// It accepts known credentials and shows every code: other machines must not reach it.
    #[error("{0} is no loopback address; the sandbox listens on 127.0.0.0/8 or [::1] only")]
    NotLoopback(SocketAddr),
    /// The address cannot be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// Why.
        source: std::io::Error,
    },
}

/// Put into an answer's extensions: the connection ends instead.
#[derive(Debug, Clone, Copy)]
pub(super) struct HangUp;

/// A running listener; ends when dropped.
#[derive(Debug)]
pub(super) struct Serving {
    address: SocketAddr,
    stop: CancellationToken,
    task: JoinHandle<()>,
}

#[derive(Debug, thiserror::Error)]
#[error("hung up on purpose")]
struct HungUp;

impl Serving {
    /// Binds `listen` and serves `router` on it.
    pub(super) async fn start(listen: SocketAddr, router: Router) -> Result<Self, SandboxError> {
        if !listen.ip().to_canonical().is_loopback() {
            return Err(SandboxError::NotLoopback(listen));
        }
        let failed = |source| SandboxError::Listen { address: listen, source };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(accept(listener, router, stop.clone()));
        Ok(Self { address, stop, task })
    }

    /// Where it listens, port 0 resolved.
    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Ends it and every connection, and waits until the port is free.
    pub(super) async fn stop(mut self) {
        self.stop.cancel();
        // The only error is a panic of the accept loop, which freed the port as well.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn accept(listener: TcpListener, router: Router, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => return,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((stream, _)) => {
                let connection = connection(stream, router.clone());
                let stop = stop.clone();
                tokio::spawn(async move { stop.run_until_cancelled(connection).await });
            }
            // Out of file descriptors: the connections that hold them need a moment to end.
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
        }
    }
}

async fn connection(stream: TcpStream, router: Router) {
    let service = service_fn(move |request| answer(router.clone(), request));
    let served = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .serve_connection(TokioIo::new(stream), service)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "sandbox connection ended");
    }
}

async fn answer(mut router: Router, request: Request<Incoming>) -> Result<Response, HungUp> {
    let answer: Result<Response, Infallible> = router.call(request).await;
    let Ok(answer) = answer;
    if answer.extensions().get::<HangUp>().is_some() { Err(HungUp) } else { Ok(answer) }
}
