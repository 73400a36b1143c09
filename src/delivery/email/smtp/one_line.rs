//! The bytes of the server, a line at a time and not without end.
//!
//! `lettre` keeps what it has read when STARTTLS switches to TLS. Somebody on the network who writes answers behind the
//! server's "220 go ahead" would have them taken for what comes over TLS, and could turn a refusal into a success (RFC
//! 3207 §4.2: nothing from before TLS counts). Given one line at a time, it has nothing left: whatever follows that line
//! is the start of TLS, and fails there. `lettre` also reads a line of any length.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use lettre::transport::smtp::client::AsyncTokioStream;
use tokio::io::{AsyncBufRead as _, AsyncRead, AsyncWrite, BufReader, ReadBuf};

/// Maximum number of bytes that a server may send in one session. Certificates of a handshake have a few KiB, all answers
/// together less.
const MOST: usize = 256 * 1024;

/// A connection that is read line by line.
#[derive(Debug)]
pub(super) struct OneLine<S> {
    stream: BufReader<S>,
    peer: SocketAddr,
    /// How many bytes may still come.
    left: usize,
}

impl<S: AsyncRead> OneLine<S> {
    pub(super) fn new(stream: S, peer: SocketAddr) -> Self {
        Self { stream: BufReader::new(stream), peer, left: MOST }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for OneLine<S> {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let ready = ready!(Pin::new(&mut this.stream).poll_fill_buf(context))?;
        let line = ready.iter().position(|byte| *byte == b'\n').map_or(ready.len(), |at| at + 1);
        let count = line.min(into.remaining());
        let Some(left) = this.left.checked_sub(count) else {
            return Poll::Ready(Err(io::Error::other(format!("the server sent more than {MOST} bytes"))));
        };
        into.put_slice(ready.get(..count).unwrap_or_default());
        Pin::new(&mut this.stream).consume(count);
        this.left = left;
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for OneLine<S> {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().stream).poll_write(context, bytes)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin + std::fmt::Debug> AsyncTokioStream for OneLine<S> {
    fn peer_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.peer)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::AsyncReadExt as _;

    use super::*;

    const PEER: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 25);

    #[tokio::test]
    async fn each_read_ends_with_a_line() {
        let mut stream = OneLine::new(&b"220 go\r\n250 injected\r\nrest"[..], PEER);
        let mut block = [0; 64];
        for line in ["220 go\r\n", "250 injected\r\n", "rest", ""] {
            let count = stream.read(&mut block).await.unwrap();
            assert_eq!(&block[..count], line.as_bytes());
        }
    }

    #[tokio::test]
    async fn a_server_that_never_stops_is_cut_off() {
        let mut stream = OneLine::new(tokio::io::repeat(b'x'), PEER);
        let mut all = Vec::new();
        let error = stream.read_to_end(&mut all).await.unwrap_err();
        assert_eq!(error.to_string(), "the server sent more than 262144 bytes");
        assert!(all.len() <= MOST);
    }
}
