//! Raw bytes in and out of a socket, plain or TLS. Every wait has a deadline, so that a hang is a failure with a name.

use std::future::Future;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use rustls::pki_types::{CertificateDer, ServerName};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use crate::response::Response;

/// How long anything may take before a test calls it a hang. Generous, since two cores run many tests at once.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Waits for `what`, which must be over before [`DEADLINE`].
pub async fn within<T>(what: &str, future: impl Future<Output = T>) -> T {
    tokio::time::timeout(DEADLINE, future).await.unwrap_or_else(|_| panic!("{what}: not over after {DEADLINE:?}"))
}

/// Asks again and again until `condition` holds; fails at the deadline.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut condition: impl FnMut() -> F) {
    within(what, async {
        while !condition().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    })
    .await;
}

/// A free port below those that the system gives to outgoing connections: nobody takes it between here and its use.
pub fn free_address() -> SocketAddr {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 100).expect("small") * 100;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::SeqCst);
        let address = SocketAddr::from(([127, 0, 0, 1], port));
        if std::net::TcpListener::bind(address).is_ok() {
            return address;
        }
    }
}

trait Io: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> Io for T {}

/// One connection.
pub struct Wire {
    io: Box<dyn Io>,
    /// What arrived and was not used yet.
    ahead: Vec<u8>,
}

impl Wire {
    pub async fn open(address: SocketAddr) -> Self {
        Self::open_from(Ipv4Addr::LOCALHOST, address).await
    }

    /// From an address of the loopback network, so that a test can be several clients.
    pub async fn open_from(from: Ipv4Addr, address: SocketAddr) -> Self {
        Self::over(connect(from, address).await)
    }

    pub fn over(io: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self { io: Box::new(io), ahead: Vec::new() }
    }

    /// The connection itself, for a library that speaks on it. Nothing may have arrived yet.
    pub fn into_io(self) -> Box<dyn AsyncReadWrite> {
        assert!(self.ahead.is_empty(), "bytes arrived that nobody read: {:?}", String::from_utf8_lossy(&self.ahead));
        Box::new(self.io)
    }

    pub async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // A server may refuse and close before it has read everything; what it said is still to be read.
        let _ = within("writing", async {
            self.io.write_all(bytes.as_ref()).await?;
            self.io.flush().await
        })
        .await;
    }

    /// Writes until the other side takes no more for `patience`, or `most` bytes are gone. Says how many went.
    pub async fn push(&mut self, most: usize, patience: Duration) -> usize {
        let block = vec![b'x'; 16 * 1024];
        let mut sent = 0;
        while sent < most {
            match tokio::time::timeout(patience, self.io.write(&block[..block.len().min(most - sent)])).await {
                Ok(Ok(count)) if count > 0 => sent += count,
                _ => break,
            }
        }
        sent
    }

    /// Ends our half.
    pub async fn finish(&mut self) {
        let _ = within("closing", self.io.shutdown()).await;
    }

    /// More bytes, or `false` at the end.
    async fn more(&mut self) -> bool {
        let mut block = vec![0; 64 * 1024];
        match within("reading", self.io.read(&mut block)).await {
            Ok(count) if count > 0 => {
                self.ahead.extend_from_slice(&block[..count]);
                true
            }
            _ => false,
        }
    }

    /// Everything up to `mark` and with it; `None` when the connection ends before.
    pub async fn until(&mut self, mark: &[u8]) -> Option<Vec<u8>> {
        loop {
            if let Some(at) = self.ahead.windows(mark.len()).position(|window| window == mark) {
                return Some(self.ahead.drain(..at + mark.len()).collect());
            }
            if !self.more().await {
                return None;
            }
        }
    }

    /// Exactly `count` bytes, or fewer at the end.
    pub async fn exactly(&mut self, count: usize) -> Vec<u8> {
        while self.ahead.len() < count && self.more().await {}
        self.ahead.drain(..count.min(self.ahead.len())).collect()
    }

    pub async fn rest(&mut self) -> Vec<u8> {
        while self.more().await {}
        std::mem::take(&mut self.ahead)
    }

    /// The next bytes, whatever they are; empty at the end.
    pub async fn some(&mut self) -> Vec<u8> {
        if self.ahead.is_empty() {
            self.more().await;
        }
        std::mem::take(&mut self.ahead)
    }

    /// The head of the next answer without its body; `None` when the connection ends instead.
    pub async fn head(&mut self) -> Option<Response> {
        let mut head = self.until(b"\r\n\r\n").await?;
        head.truncate(head.len() - 4);
        let text = String::from_utf8_lossy(&head).into_owned();
        Some(Response::from_head(&head).unwrap_or_else(|| panic!("this is no HTTP answer: {text}")))
    }

    /// The next final answer to a request of this method; interim answers are skipped. `None` when the connection ends.
    pub async fn answer(&mut self, method: &str) -> Option<Response> {
        loop {
            let mut response = self.head().await?;
            if response.status < 200 && response.status != 101 {
                continue;
            }
            if method == "HEAD" || matches!(response.status, 101 | 204 | 304) {
                return Some(response);
            }
            let chunked = response.headers_named("transfer-encoding") == ["chunked"];
            let length = response.header("content-length").map(|value| value.parse().expect("a length"));
            match (chunked, length) {
                (true, _) => (response.body, response.whole) = self.chunks().await,
                (false, Some(length)) => {
                    response.body = self.exactly(length).await;
                    response.whole = response.body.len() == length;
                }
                (false, None) => response.body = self.rest().await,
            }
            return Some(response);
        }
    }

    /// A chunked body and whether it ended with its last chunk.
    pub async fn chunks(&mut self) -> (Vec<u8>, bool) {
        let mut body = Vec::new();
        loop {
            let Some(line) = self.until(b"\r\n").await else { return (body, false) };
            let text = String::from_utf8_lossy(&line);
            let size = text.trim().split(';').next().unwrap_or_default().trim();
            let Ok(size) = usize::from_str_radix(size, 16) else { return (body, false) };
            if size == 0 {
                while let Some(line) = self.until(b"\r\n").await {
                    if line == b"\r\n" {
                        return (body, true);
                    }
                }
                return (body, false);
            }
            let mut chunk = self.exactly(size + 2).await;
            let complete = chunk.len() == size + 2;
            chunk.truncate(size);
            body.extend(chunk);
            if !complete {
                return (body, false);
            }
        }
    }
}

/// Both directions in one trait object.
pub trait AsyncReadWrite: AsyncRead + AsyncWrite + Send + Unpin {}
impl<T: AsyncRead + AsyncWrite + Send + Unpin> AsyncReadWrite for T {}

async fn connect(from: Ipv4Addr, address: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().expect("a socket");
    if from != Ipv4Addr::LOCALHOST {
        socket.bind(SocketAddr::from((from, 0))).expect("the loopback network has 16 million addresses");
    }
    let stream = within("connecting", socket.connect(address)).await.unwrap_or_else(|e| panic!("{address}: {e}"));
    stream.set_nodelay(true).expect("no delay");
    stream
}

/// What a TLS client trusts and offers.
#[derive(Clone)]
pub struct TlsClient(Arc<rustls::ClientConfig>);

/// A TLS connection and what was agreed on.
pub struct TlsWire {
    pub wire: Wire,
    pub alpn: Option<Vec<u8>>,
    pub certificate: CertificateDer<'static>,
}

impl TlsClient {
    /// Trusts exactly these certificates.
    pub fn new(trusted: &[CertificateDer<'static>], alpn: &[&str]) -> Self {
        let mut roots = rustls::RootCertStore::empty();
        for certificate in trusted {
            roots.add(certificate.clone()).expect("a certificate");
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
        let mut config = builder.expect("versions").with_root_certificates(roots).with_no_client_auth();
        config.alpn_protocols = alpn.iter().map(|name| name.as_bytes().to_vec()).collect();
        Self(Arc::new(config))
    }

    pub async fn open(&self, address: SocketAddr, name: &str) -> std::io::Result<TlsWire> {
        let name = ServerName::try_from(name.to_owned()).expect("a server name");
        let tcp = connect(Ipv4Addr::LOCALHOST, address).await;
        let stream = within("TLS", tokio_rustls::TlsConnector::from(Arc::clone(&self.0)).connect(name, tcp)).await?;
        let (_, session) = stream.get_ref();
        let alpn = session.alpn_protocol().map(<[u8]>::to_vec);
        let certificate = session.peer_certificates().expect("a certificate")[0].clone().into_owned();
        Ok(TlsWire { wire: Wire::over(stream), alpn, certificate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn says(bytes: &'static [u8]) -> Wire {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            for piece in bytes.chunks(7) {
                stream.write_all(piece).await.unwrap();
            }
        });
        Wire::open(address).await
    }

    #[tokio::test]
    async fn answers_are_read_by_their_framing() {
        let mut wire = says(
            b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcHTTP/1.1 200 OK\r\n\
            Transfer-Encoding: chunked\r\n\r\n4;x=y\r\nabcd\r\n1\r\ne\r\n0\r\nt: 1\r\n\r\nHTTP/1.1 304 Not Modified\r\n\r\n\
            HTTP/1.1 200 OK\r\n\r\nrest",
        )
        .await;
        assert_eq!(wire.answer("GET").await.unwrap().body, b"abc");
        assert_eq!(wire.answer("GET").await.unwrap().body, b"abcde");
        assert_eq!(wire.answer("GET").await.unwrap().status, 304);
        assert_eq!(wire.answer("GET").await.unwrap().body, b"rest");
        assert!(wire.answer("GET").await.is_none());
    }

    #[tokio::test]
    async fn a_body_that_ends_too_soon_is_not_whole() {
        let mut wire = says(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc").await;
        assert!(!wire.answer("GET").await.unwrap().whole);
        let mut wire = says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nab").await;
        assert!(!wire.answer("GET").await.unwrap().whole);
    }
}
