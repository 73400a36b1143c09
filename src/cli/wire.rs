//! Sends one raw HTTP/1.1 request over one connection and reads its answer.
//!
//! Raw bytes, because client libraries normalise paths and names before they send them, and reject doubtful ones: a
//! request for `/%2e%2e/` must arrive as it was written. The client of hyper cuts a target at `#` and writes field
//! names in one case, so it could not send `/app#` and `REMOTE_USER`. Knows nothing of gateways; called by `health` and
//! `doctor`, which set the deadlines.

mod answer;
#[cfg(feature = "doctor")]
mod authorities;
mod trust;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use rustls::ClientConfig;
use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::TlsConnector;

pub(super) use answer::Answer;
#[cfg(feature = "doctor")]
pub(super) use authorities::known_authorities;
pub(super) use trust::any_certificate;

/// An address to connect to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// Plain TCP.
    Plain(SocketAddr),
    /// TLS over TCP.
    Tls(SocketAddr),
    /// A unix socket.
    Unix(PathBuf),
}

/// The server's name, and the trust configuration to verify it with.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    pub(super) name: ServerName<'static>,
    pub(super) config: Arc<ClientConfig>,
}

/// A bidirectional stream as one trait object.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Opens a connection. `tls` is used for [`Endpoint::Tls`] only.
pub(super) async fn connect(endpoint: &Endpoint, tls: &Tls) -> anyhow::Result<Box<dyn Stream>> {
    Ok(match endpoint {
        Endpoint::Plain(address) => Box::new(tcp(address).await?),
        Endpoint::Tls(address) => {
            let stream = tcp(address).await?;
            Box::new(TlsConnector::from(Arc::clone(&tls.config)).connect(tls.name.clone(), stream).await?)
        }
        Endpoint::Unix(socket) => {
            let stream = UnixStream::connect(socket).await;
            Box::new(stream.with_context(|| format!("nobody listens at {}", socket.display()))?)
        }
    })
}

async fn tcp(address: &SocketAddr) -> anyhow::Result<TcpStream> {
    TcpStream::connect(address).await.with_context(|| format!("nobody listens at {address}"))
}

/// Sends one request, byte for byte, and reads its answer.
pub(super) async fn ask(mut stream: Box<dyn Stream>, question: &[u8]) -> anyhow::Result<Answer> {
    // A server that refuses a request may close before it is complete; its answer can still be read.
    let sent = async {
        stream.write_all(question).await?;
        stream.flush().await
    };
    let sent: std::io::Result<()> = sent.await;
    match (answer::read(stream, question).await, sent) {
        (Err(_), Err(error)) => Err(error.into()),
        (answer, _) => answer,
    }
}
