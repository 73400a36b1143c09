//! The socket of an HTTP/1 connection: checks the framing of incoming bytes and times out idle connections.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::server::activity::Activity;
use crate::server::framing::linger::Linger;
use crate::server::framing::parser::{FramingParser, FramingVerdicts, OversizedHead, Unreadable};

/// How long a connection may be idle.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// While waiting for the first request, and for the rest of a head.
    pub head: Duration,
    /// While waiting for the next request.
    pub idle: Duration,
}

/// How the framing is checked.
pub struct FramingRules {
    /// The largest head, in bytes.
    pub most: usize,
    /// The queue for the verdicts.
    pub verdicts: FramingVerdicts,
}

/// Builds the whole response to a head over a limit.
pub(crate) type Refuse = Box<dyn Fn(&OversizedHead) -> Vec<u8> + Send>;

/// The last response of a connection.
struct Farewell {
    answer: Vec<u8>,
    written: usize,
}

/// How far closing the connection has got.
enum Close {
    Open,
    /// Our side is closed; the rest of a request is read and dropped.
    Lingers(Linger),
    Done,
}

/// A socket that checks the framing of its incoming bytes.
pub struct FramedSocket<S> {
    inner: S,
    judge: FramingParser,
    activity: Activity,
    patience: Patience,
    /// When the current wait began. `None` while no timed wait is in progress.
    since: Option<(Wait, Instant)>,
    timer: Option<Pin<Box<Sleep>>>,
    refuse: Refuse,
    /// Whether everything written has been sent. A last response may only follow then.
    flushed: bool,
    farewell: Option<Farewell>,
    close: Close,
}

/// What an idle connection waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wait {
    First,
    Head,
    Next,
}

impl<S> FramedSocket<S> {
    /// Wraps a socket. `refuse` builds the response to a head over the limit.
    pub fn new(inner: S, judged: FramingRules, activity: Activity, patience: Patience, refuse: Refuse) -> Self {
        let judge = FramingParser::new(judged.most, judged.verdicts);
        Self {
            inner,
            judge,
            activity,
            patience,
            since: None,
            timer: None,
            refuse,
            flushed: true,
            farewell: None,
            close: Close::Open,
        }
    }

    /// What a read without data waits for. `None` while a request is in progress or a tunnel is open: hyper then reads
    /// ahead to notice a disconnect, and that wait has no limit here.
    fn wait(&self) -> Option<Wait> {
        match (self.activity.is_idle(), self.judge.in_head(), self.activity.is_fresh()) {
            (false, _, _) => None,
            (true, true, _) => Some(Wait::Head),
            (true, false, true) => Some(Wait::First),
            (true, false, false) => Some(Wait::Next),
        }
    }

    /// Whether the current wait has timed out. The timer is set once and moved only when it fires, so that a busy
    /// connection pays for one look at the clock.
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

impl<S: AsyncRead + AsyncWrite + Unpin> FramedSocket<S> {
    /// Prepares the response to an oversized head. Returns false if another response is pending.
    fn refuse(&mut self, head: &OversizedHead) -> bool {
        let alone = self.flushed && self.activity.is_idle() && self.judge.nothing_waits();
        if alone {
            self.farewell = Some(Farewell { answer: (self.refuse)(head), written: 0 });
        }
        alone
    }

    /// Writes the last response and closes the connection. Ready when that is done.
    fn poll_farewell(&mut self, farewell: &mut Farewell, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(left) = farewell.answer.get(farewell.written..).filter(|left| !left.is_empty()) {
            match ready!(Pin::new(&mut self.inner).poll_write(cx, left))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => farewell.written += written,
            }
        }
        self.poll_close(cx)
    }

    /// Closes our side. If the client may still be sending a request that was answered, reads and drops the rest first.
    /// An open tunnel counts as activity: its client may go on sending after our side is closed.
    fn poll_close(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            match &mut self.close {
                Close::Open => {
                    ready!(Pin::new(&mut self.inner).poll_shutdown(cx))?;
                    let unread = self.judge.in_message() && self.activity.is_idle();
                    self.close = if unread { Close::Lingers(Linger::begin()) } else { Close::Done };
                }
                Close::Lingers(linger) => {
                    ready!(linger.poll(&mut self.inner, cx));
                    self.close = Close::Done;
                }
                Close::Done => return Poll::Ready(Ok(())),
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for FramedSocket<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Some(mut farewell) = self.farewell.take() {
            let over = self.poll_farewell(&mut farewell, cx);
            self.farewell = Some(farewell);
            return over.map(|_| Err(io::ErrorKind::InvalidData.into()));
        }
        let before = buf.filled().len();
        match Pin::new(&mut self.inner).poll_read(cx, buf) {
            Poll::Pending if self.overdue(cx) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
            Poll::Ready(done) => {
                let began_in_head = self.judge.in_head();
                match self.judge.read(buf.filled().get(before..).unwrap_or_default()) {
                    Ok(()) => {}
                    // These bytes could be a body to one parser and a request to another, so neither gets them.
                    Err(Unreadable::BrokenBody) => return Poll::Ready(Err(io::ErrorKind::InvalidData.into())),
                    Err(Unreadable::Oversized(head)) => {
                        // Another response is pending: hyper answers 431 after it.
                        if !self.refuse(&head) {
                            return Poll::Ready(done);
                        }
                        buf.set_filled(before);
                        return self.poll_read(cx, buf);
                    }
                }
                // A head that arrives byte by byte is one wait, however many reads it takes.
                if !(began_in_head && self.judge.in_head()) {
                    self.since = None;
                }
                Poll::Ready(done)
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncWrite for FramedSocket<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.flushed = false;
        Pin::new(&mut self.inner).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.flushed = false;
        Pin::new(&mut self.inner).poll_write_vectored(cx, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        self.flushed |= matches!(flushed, Poll::Ready(Ok(())));
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.poll_close(cx)
    }
}
