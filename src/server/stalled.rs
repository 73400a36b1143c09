//! Limits how long a visitor may leave a response of an HTTP/2 connection untaken.
//!
//! On HTTP/1 a visitor who reads nothing is noticed at the socket. On HTTP/2 the library does not even poll the body of
//! a stream whose window is closed (a client may start with a window of 0), while the site's connection behind it stays
//! occupied. So the bodies are watched from outside: one that has data and is not polled in time is dropped with the
//! site's connection. If no other response on the connection makes progress, the connection is closed too.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::upstream::AnswerBody;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Bytes per frame. With larger pieces a slow visitor would be polled too rarely to be told apart from one who stopped.
/// 16 KiB within the usual minute is 273 bytes per second.
const PIECE: usize = 16 * 1024;

/// The error of a body that was not taken in time.
#[derive(Debug, thiserror::Error)]
#[error("the answer was not taken in time")]
struct Untaken;

/// The response bodies in progress on one connection.
#[derive(Default)]
pub(super) struct OpenAnswers(Mutex<Vec<Weak<Mutex<State>>>>);

/// A body that is watched.
pub(super) struct WatchedAnswer(Arc<Mutex<State>>);

struct State {
    /// `None` after it was dropped.
    body: Option<AnswerBody>,
    /// Data from the site that was not handed out yet.
    rest: Bytes,
    waits: Waits,
}

/// What a body waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// The visitor, since this time.
    ForVisitor(Instant),
    /// The site: an event stream may be silent for hours.
    ForSite,
}

impl OpenAnswers {
    /// Starts watching a body.
    pub(super) fn watch(&self, body: AnswerBody) -> WatchedAnswer {
        let waits = Waits::ForVisitor(Instant::now());
        let state = Arc::new(Mutex::new(State { body: Some(body), rest: Bytes::new(), waits }));
        lock(&self.0).push(Arc::downgrade(&state));
        WatchedAnswer(state)
    }

    /// Drops untaken bodies. Returns when the whole connection makes no progress.
    pub(super) async fn untaken(&self, patience: Duration) {
        loop {
            tokio::time::sleep(patience / 4).await;
            if self.sweep(patience) == Verdict::NothingMoves {
                return;
            }
        }
    }

    fn sweep(&self, patience: Duration) -> Verdict {
        let mut let_go = false;
        let mut moves = false;
        lock(&self.0).retain(|state| {
            let Some(state) = state.upgrade() else { return false };
            let mut state = lock(&state);
            match state.waits {
                Waits::ForVisitor(since) if since.elapsed() >= patience => {
                    (state.body, state.rest, let_go) = (None, Bytes::new(), true);
                }
                Waits::ForVisitor(_) | Waits::ForSite => moves = true,
            }
            true
        });
        if let_go && !moves { Verdict::NothingMoves } else { Verdict::Goes }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Goes,
    NothingMoves,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // The body of a panicked stream is not reused: hyper drops it with the stream.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// The next piece of the data at hand.
    fn piece(&mut self) -> Option<Bytes> {
        let next = self.rest.len().min(PIECE);
        (next > 0).then(|| self.rest.split_to(next))
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if let Some(piece) = self.piece() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        let Some(body) = &mut self.body else { return Poll::Ready(Some(Err(Box::new(Untaken)))) };
        let Poll::Ready(frame) = Pin::new(body).poll_frame(cx) else { return Poll::Pending };
        Poll::Ready(frame.map(|frame| {
            frame.map(|frame| match frame.into_data() {
                Ok(data) => {
                    self.rest = data;
                    Frame::data(self.piece().unwrap_or_default())
                }
                Err(trailers) => trailers,
            })
        }))
    }
}

impl Body for WatchedAnswer {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let mut state = lock(&self.0);
        let polled = state.poll(cx);
        state.waits = if polled.is_ready() { Waits::ForVisitor(Instant::now()) } else { Waits::ForSite };
        polled
    }

    fn is_end_stream(&self) -> bool {
        let state = lock(&self.0);
        state.rest.is_empty() && state.body.as_ref().is_some_and(AnswerBody::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        let state = lock(&self.0);
        let here = state.rest.len() as u64;
        let Some(body) = &state.body else { return SizeHint::default() };
        let inner = body.size_hint();
        let mut hint = SizeHint::new();
        hint.set_lower(inner.lower().saturating_add(here));
        if let Some(upper) = inner.upper() {
            hint.set_upper(upper.saturating_add(here));
        }
        hint
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn an_answer_that_is_not_taken_is_let_go_and_one_that_moves_keeps_the_connection() {
        let patience = Duration::from_mins(1);
        let answers = OpenAnswers::default();
        let untaken = answers.watch(AnswerBody::whole("x"));
        let mut taken = answers.watch(AnswerBody::whole(vec![7_u8; 3 * PIECE]));
        let mut cx = Context::from_waker(std::task::Waker::noop());
        for _ in 0..3 {
            tokio::time::advance(Duration::from_secs(30)).await;
            assert!(answers.sweep(patience) == Verdict::Goes);
            let Poll::Ready(Some(Ok(frame))) = Pin::new(&mut taken).poll_frame(&mut cx) else { panic!("a piece") };
            assert_eq!(frame.into_data().ok().unwrap().len(), PIECE);
        }
        assert!(lock(&untaken.0).body.is_none(), "the site's connection is free");
        tokio::time::advance(patience).await;
        assert!(answers.sweep(patience) == Verdict::NothingMoves);
        drop((untaken, taken));
        assert!(answers.sweep(patience) == Verdict::Goes && lock(&answers.0).is_empty());
    }
}
