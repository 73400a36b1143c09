//! One raw question over one connection, and its answer as it came.
//!
//! Raw bytes, since client libraries put paths and names in order before they send them, and leave the doubtful ones
//! out: a question about `/%2e%2e/` must arrive as it was written. The client of hyper cuts a target at `#` and
//! writes field names in one case, so that `/app#` and `REMOTE_USER` could not be asked. Knows nothing of gateways;
//! called by `health` and `doctor`, which set the deadlines.

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

/// Where somebody listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Endpoint {
    /// A port.
    Plain(SocketAddr),
    /// A port that speaks TLS.
    Tls(SocketAddr),
    /// A unix socket.
    Unix(PathBuf),
}

/// The other side's name, and whose word for it is taken.
#[derive(Debug, Clone)]
pub(super) struct Tls {
    pub(super) name: ServerName<'static>,
    pub(super) config: Arc<ClientConfig>,
}

/// Both directions in one trait object.
pub(super) trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// Opens a connection. `tls` counts for [`Endpoint::Tls`] alone.
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

/// Sends one question, byte for byte, and reads its answer.
pub(super) async fn ask(mut stream: Box<dyn Stream>, question: &[u8]) -> anyhow::Result<Answer> {
    // Whoever refuses a question may close before it is all there; what was said is still to be read.
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
