//! The byte stream of one connection to a site: TCP or a unix socket, with TLS on top if the address is `https`.
//!
//! The owner of the connection can ask two things. Whether a byte of an answer has arrived decides if a request may be
//! sent again. Whether the peer has closed the connection is asked of the kernel, because the runtime may not have
//! noticed yet.

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
use tokio_util::either::Either;

/// The underlying socket. Clones share it; the lock is held for one system call.
#[derive(Debug, Clone)]
pub(super) struct Socket(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    /// TCP on the left, a unix socket on the right.
    stream: Mutex<Either<TcpStream, UnixStream>>,
    answered: AtomicBool,
}

/// The stream that HTTP runs on.
#[derive(Debug)]
pub(super) struct SiteStream {
    socket: Socket,
    layer: Either<Box<TlsStream<Socket>>, Socket>,
}

impl Socket {
    pub(super) fn tcp(stream: TcpStream) -> Self {
        Self::new(Either::Left(stream))
    }

    pub(super) fn unix(stream: UnixStream) -> Self {
        Self::new(Either::Right(stream))
    }

    fn new(stream: Either<TcpStream, UnixStream>) -> Self {
        Self(Arc::new(Shared { stream: Mutex::new(stream), answered: AtomicBool::new(false) }))
    }

    /// Bytes that arrive after this call belong to the next answer.
    pub(super) fn expect_answer(&self) {
        self.0.answered.store(false, Ordering::Release);
    }

    /// Whether a byte of the answer arrived. Bytes of TLS itself, such as the closing alert, are ignored.
    pub(super) fn is_answered(&self) -> bool {
        self.0.answered.load(Ordering::Acquire)
    }

    /// Whether the peer has neither closed the connection nor sent anything. Asks the kernel.
    pub(super) fn is_quiet(&self) -> bool {
        let mut byte = [MaybeUninit::uninit()];
        let peeked = match &*self.stream() {
            Either::Left(tcp) => SockRef::from(tcp).peek(&mut byte),
            Either::Right(unix) => SockRef::from(unix).peek(&mut byte),
        };
        peeked.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock)
    }

    fn stream(&self) -> MutexGuard<'_, Either<TcpStream, UnixStream>> {
        self.0.stream.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SiteStream {
    pub(super) fn plain(socket: Socket) -> Self {
        Self { socket: socket.clone(), layer: Either::Right(socket) }
    }

    pub(super) fn tls(stream: TlsStream<Socket>) -> Self {
        Self { socket: stream.get_ref().0.clone(), layer: Either::Left(Box::new(stream)) }
    }

    pub(super) const fn socket(&self) -> &Socket {
        &self.socket
    }
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_read(cx, buf)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.stream()).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut *self.stream()).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    /// A socket has no buffer to flush.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut *self.stream()).poll_shutdown(cx)
    }
}

impl AsyncRead for SiteStream {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.layer).poll_read(cx, buf);
        if buf.filled().len() > before {
            self.socket.0.answered.store(true, Ordering::Release);
        }
        read
    }
}

impl AsyncWrite for SiteStream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.layer).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.layer).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.layer).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.layer).poll_shutdown(cx)
    }
}
