//! The socket of one HTTP/1 connection: reads what passes in, and ends a connection that stands still.

use std::future::Future;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep};

use crate::server::activity::Activity;
use crate::server::framing::parser::{FramingVerdicts, Judge, OversizedHead, Unreadable};

/// How long a connection may stand still, by what it waits for.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For its first request to begin, and for the rest of a head that has begun.
    pub head: Duration,
    /// For the next request, after an answer.
    pub idle: Duration,
}

/// How heads are judged.
pub struct Judged {
    /// The largest head, in bytes.
    pub most: usize,
    /// Where the judgements go.
    pub verdicts: FramingVerdicts,
}

/// Makes the whole answer to a head over a limit.
pub type Refuse = Box<dyn Fn(&OversizedHead) -> Vec<u8> + Send>;

/// After an answer to a request that was not read to its end, this much of the rest is read and dropped: a socket that is
/// closed with unread bytes takes the answer back (RFC 9112 §9.6).
const LINGER: (usize, Duration) = (1024 * 1024, Duration::from_secs(2));

/// The last answer of a connection.
struct Farewell {
    answer: Vec<u8>,
    written: usize,
    dropped: usize,
    step: Step,
    deadline: Pin<Box<Sleep>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Write,
    Shutdown,
    Drain,
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
    refuse: Refuse,
    /// Whether all that was written has left: only then may a farewell follow.
    flushed: bool,
    farewell: Option<Farewell>,
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
    pub fn new(inner: S, judged: Judged, activity: Activity, patience: Patience, refuse: Refuse) -> Self {
        let judge = Judge::new(judged.most, judged.verdicts);
        Self { inner, judge, activity, patience, since: None, timer: None, refuse, flushed: true, farewell: None }
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

impl<S: AsyncRead + AsyncWrite + Unpin> FramedSocket<S> {
    /// Answers the head by itself, if nothing else is being answered.
    fn refuse(&mut self, head: &OversizedHead) -> bool {
        let alone = self.flushed && self.activity.is_idle() && self.judge.nothing_waits();
        if alone {
            let deadline = Box::pin(tokio::time::sleep(LINGER.1));
            let answer = (self.refuse)(head);
            self.farewell = Some(Farewell { answer, written: 0, dropped: 0, step: Step::Write, deadline });
        }
        alone
    }

    /// Writes the last answer and drops what still comes. Ready: the connection is over.
    fn poll_farewell(&mut self, farewell: &mut Farewell, cx: &mut Context<'_>) -> Poll<()> {
        if farewell.deadline.as_mut().poll(cx).is_ready() {
            return Poll::Ready(());
        }
        loop {
            match farewell.step {
                Step::Write => {
                    let left = farewell.answer.get(farewell.written..).unwrap_or_default();
                    if left.is_empty() {
                        farewell.step = Step::Shutdown;
                        continue;
                    }
                    match ready!(Pin::new(&mut self.inner).poll_write(cx, left)) {
                        Ok(written) if written > 0 => farewell.written += written,
                        Ok(_) | Err(_) => return Poll::Ready(()),
                    }
                }
                Step::Shutdown => {
                    if ready!(Pin::new(&mut self.inner).poll_shutdown(cx)).is_err() {
                        return Poll::Ready(());
                    }
                    farewell.step = Step::Drain;
                }
                Step::Drain => {
                    let mut scratch = [0; 4096];
                    let mut buf = ReadBuf::new(&mut scratch);
                    let read = ready!(Pin::new(&mut self.inner).poll_read(cx, &mut buf));
                    let more = buf.filled().len();
                    farewell.dropped += more;
                    if read.is_err() || more == 0 || farewell.dropped > LINGER.0 {
                        return Poll::Ready(());
                    }
                }
            }
        }
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> AsyncRead for FramedSocket<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        if let Some(mut farewell) = self.farewell.take() {
            let over = self.poll_farewell(&mut farewell, cx);
            self.farewell = Some(farewell);
            return over.map(|()| Err(io::ErrorKind::InvalidData.into()));
        }
        let before = buf.filled().len();
        match Pin::new(&mut self.inner).poll_read(cx, buf) {
            Poll::Pending if self.overdue(cx) => Poll::Ready(Err(io::ErrorKind::TimedOut.into())),
            Poll::Pending => Poll::Pending,
            Poll::Ready(done) => {
                let began_in_head = self.judge.in_head();
                match self.judge.read(buf.filled().get(before..).unwrap_or_default()) {
                    Ok(()) => {}
                    // What follows could be a body to one reader and a request to another: neither gets it.
                    Err(Unreadable::BrokenBody) => return Poll::Ready(Err(io::ErrorKind::InvalidData.into())),
                    Err(Unreadable::Oversized(head)) => {
                        // Behind another answer: hyper says 431 in its turn.
                        if !self.refuse(&head) {
                            return Poll::Ready(done);
                        }
                        buf.set_filled(before);
                        return self.poll_read(cx, buf);
                    }
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
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}
