//! A loopback listener that serves one router and can end a connection instead of responding.

use std::convert::Infallible;
use std::io::ErrorKind;
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

/// Errors that prevent the sandbox or the dashboard from starting.
#[derive(Debug, thiserror::Error)]
pub enum SandboxError {
    /// The address is not loopback. The sandbox accepts known credentials and shows every code, so other machines must
    /// not reach it.
    #[error("{0} is no loopback address; the sandbox listens on 127.0.0.0/8 or [::1] only")]
    NotLoopback(SocketAddr),
    /// Another process listens on the address.
    #[error("cannot listen on {0}: another process is listening there")]
    InUse(SocketAddr),
    /// The address cannot be bound.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The configured address.
        address: SocketAddr,
        /// The error of the operating system.
        source: std::io::Error,
    },
}

/// In the extensions of a response: end the connection instead of sending it.
#[derive(Debug, Clone, Copy)]
pub(super) struct HangUp;

/// A running listener. Dropping it stops it.
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
    /// Binds `listen` and serves `router`.
    pub(super) async fn start(listen: SocketAddr, router: Router) -> Result<Self, SandboxError> {
        if !listen.ip().to_canonical().is_loopback() {
            return Err(SandboxError::NotLoopback(listen));
        }
        let failed = |source: std::io::Error| {
            if source.kind() == ErrorKind::AddrInUse {
                SandboxError::InUse(listen)
            } else {
                SandboxError::Listen { address: listen, source }
            }
        };
        let listener = TcpListener::bind(listen).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        let stop = CancellationToken::new();
        let task = tokio::spawn(accept(listener, router, stop.clone()));
        Ok(Self { address, stop, task })
    }

    /// The address it listens on; port 0 is resolved.
    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it, closes every connection and waits until the port is free.
    pub(super) async fn stop(mut self) {
        self.stop.cancel();
        // The only possible error is a panic of the accept loop, which has freed the port as well.
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
            // No file descriptors left: wait until other connections end.
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
