//! The byte stream of one connection to a site: TCP or a unix socket, with TLS on top where the address says `https`.
//!
//! Two facts about it are shared with whoever holds the connection. Whether a byte of an answer arrived decides if a
//! request may be sent again. Whether the peer already closed the connection is asked of the kernel, because the
//! runtime may not have seen it yet.

use std::io::{self, IoSlice};
use std::mem::MaybeUninit;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpStream, UnixStream};
use tokio_rustls::client::TlsStream;

/// The socket itself. Clones share it; the lock is held for one system call.
#[derive(Debug, Clone)]
pub(super) struct Socket(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    stream: Mutex<Stream>,
    answered: AtomicBool,
}

#[derive(Debug)]
enum Stream {
    Tcp(TcpStream),
    Unix(UnixStream),
}

/// What HTTP is spoken on.
#[derive(Debug)]
pub(super) struct SiteStream {
    socket: Socket,
    tls: Option<Box<TlsStream<Socket>>>,
}

impl Socket {
    pub(super) fn tcp(stream: TcpStream) -> Self {
        Self::new(Stream::Tcp(stream))
    }

    pub(super) fn unix(stream: UnixStream) -> Self {
        Self::new(Stream::Unix(stream))
    }

    fn new(stream: Stream) -> Self {
        Self(Arc::new(Shared { stream: Mutex::new(stream), answered: AtomicBool::new(false) }))
    }

    /// From here on a byte counts as a byte of the next answer.
    pub(super) fn expect_answer(&self) {
        self.0.answered.store(false, Ordering::Release);
    }

    /// Whether a byte of the answer arrived. Bytes of TLS itself, such as the alert that closes it, do not count.
    pub(super) fn is_answered(&self) -> bool {
        self.0.answered.load(Ordering::Acquire)
    }

    /// Whether the peer still holds the connection and has said nothing on it. Asks the kernel.
    pub(super) fn is_quiet(&self) -> bool {
        let mut byte = [MaybeUninit::uninit()];
        let peeked = match &*self.stream() {
            Stream::Tcp(tcp) => SockRef::from(tcp).peek(&mut byte),
            Stream::Unix(unix) => SockRef::from(unix).peek(&mut byte),
        };
        peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    fn stream(&self) -> MutexGuard<'_, Stream> {
        self.0.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SiteStream {
    pub(super) const fn plain(socket: Socket) -> Self {
        Self { socket, tls: None }
    }

    pub(super) fn tls(stream: TlsStream<Socket>) -> Self {
        Self { socket: stream.get_ref().0.clone(), tls: Some(Box::new(stream)) }
    }

    pub(super) const fn socket(&self) -> &Socket {
        &self.socket
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        match &mut *self.stream() {
            Stream::Tcp(tcp) => Pin::new(tcp).poll_read(cx, buf),
            Stream::Unix(unix) => Pin::new(unix).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut *self.stream() {
            Stream::Tcp(tcp) => Pin::new(tcp).poll_write(cx, bytes),
            Stream::Unix(unix) => Pin::new(unix).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut *self.stream() {
            Stream::Tcp(tcp) => Pin::new(tcp).poll_write_vectored(cx, slices),
            Stream::Unix(unix) => Pin::new(unix).poll_write_vectored(cx, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// A socket has no buffer of its own.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut *self.stream() {
            Stream::Tcp(tcp) => Pin::new(tcp).poll_shutdown(cx),
            Stream::Unix(unix) => Pin::new(unix).poll_shutdown(cx),
        }
    }
}

impl AsyncRead for SiteStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = match &mut self.tls {
            Some(tls) => Pin::new(tls).poll_read(cx, buf),
            None => Pin::new(&mut self.socket).poll_read(cx, buf),
        };
        if buf.filled().len() > before {
            self.socket.0.answered.store(true, Ordering::Release);
        }
        read
    }
}

impl AsyncWrite for SiteStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        match &mut self.tls {
            Some(tls) => Pin::new(tls).poll_write(cx, bytes),
            None => Pin::new(&mut self.socket).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut self.tls {
            Some(tls) => Pin::new(tls).poll_write_vectored(cx, slices),
            None => Pin::new(&mut self.socket).poll_write_vectored(cx, slices),
        }
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.tls {
            Some(tls) => Pin::new(tls).poll_flush(cx),
            None => Pin::new(&mut self.socket).poll_flush(cx),
        }
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.tls {
            Some(tls) => Pin::new(tls).poll_shutdown(cx),
            None => Pin::new(&mut self.socket).poll_shutdown(cx),
        }
    }
}
