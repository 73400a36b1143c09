//! The socket of one HTTP/1 connection: reads what passes in, and ends a connection that stands still.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::server::activity::Activity;
use crate::server::framing::judge::{Judge, Verdicts};

/// How long a connection may stand still, by what it waits for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For its first request to begin, and for the rest of a head that has begun.
    pub head: Duration,
    /// For the next request, after an answer.
    pub idle: Duration,
}

/// A socket whose incoming bytes are judged.
pub struct FramedSocket<S> {
    inner: S,
    judge: Judge,
    activity: Activity,
    patience: Patience,
    /// When what we wait for began; none while nothing is waited for.
    since: Option<(Wait, Instant)>,
    timer: Option<Pin<Box<Sleep>>>,
}

/// What is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    First,
    Head,
    Next,
}

impl<S> FramedSocket<S> {
    /// Judges heads of at most `most` bytes into `verdicts`.
    pub fn new(inner: S, most: usize, verdicts: Verdicts, activity: Activity, patience: Patience) -> Self {
        let judge = Judge::new(most, verdicts);
        Self { inner, judge, activity, patience, since: None, timer: None }
    }

    /// What a read that found nothing waits for. While a request is being answered, or a tunnel is open, hyper reads
    /// ahead to see whether the visitor leaves: that wait has no limit here.
    fn wait(&self) -> Option<Wait> {
        match (self.activity.is_idle(), self.judge.in_head(), self.activity.is_fresh()) {
            (false, _, _) => None,
            (true, true, _) => Some(Wait::Head),
            (true, false, true) => Some(Wait::First),
            (true, false, false) => Some(Wait::Next),
        }
    }

    /// Whether it has waited too long. The timer is set once and moved on only when it fires, so that a busy
    /// connection pays for a look at the clock and no more.
    fn overdue(&mut self, cx: &mut Context<'_>) -> bool {
        let Some(wait) = self.wait() else {
            self.since = None;
            return false;
        };
        let began = match self.since {
            Some((before, began)) if before == wait => began,
            Some(_) | None => Instant::now(),
        };
        self.since = Some((wait, began));
        let allowed = match wait {
            Wait::First | Wait::Head => self.patience.head,
            Wait::Next => self.patience.idle,
        };
        let deadline = began + allowed;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() > deadline {
            timer.as_mut().reset(deadline);
        }
        while timer.as_mut().poll(cx).is_ready() {
            if Instant::now() >= deadline {
                return true;
            }
            timer.as_mut().reset(deadline);
        }
        false
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for FramedSocket<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        match Pin::new(&mut self.inner).poll_read(cx, buf) {
            Poll::Pending if self.overdue(cx) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
            Poll::Ready(done) => {
                let began_in_head = self.judge.in_head();
                let read = self.judge.read(buf.filled().get(before..).unwrap_or_default());
                if read.is_err() {
                    // What follows could be a body to one reader and a request to another: neither gets it.
                    return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
                }
                // A head that comes byte by byte is one wait, however many reads it takes.
                if !(began_in_head && self.judge.in_head()) {
                    self.since = None;
                }
                Poll::Ready(done)
            }
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for FramedSocket<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.inner).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
