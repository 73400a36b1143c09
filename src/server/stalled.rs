//! The answers of one HTTP/2 connection, and the limit on how long a visitor may leave one untaken.
//!
//! On HTTP/1 a visitor who takes nothing is seen at the socket. On HTTP/2 a stream whose window is closed is not even
//! asked for (a client may begin with a window of 0), while the site's connection behind it is held. So the bodies are
//! looked at from beside: one that has something to give and was not asked within the time is let go with the site's
//! connection, and where nothing else moves on the connection, that ends too.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

use crate::upstream::AnswerBody;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// How much is given at once: with larger pieces a slow visitor would be asked for the next one too rarely to be told
/// from one who stopped. 16 KiB in the usual minute is 273 bytes a second.
const PIECE: usize = 16 * 1024;

/// The visitor left the answer untaken.
#[derive(Debug, thiserror::Error)]
#[error("the answer was not taken in time")]
struct Untaken;

/// The bodies that are on their way over one connection.
#[derive(Default)]
pub(super) struct OpenAnswers(Mutex<Vec<Weak<Mutex<State>>>>);

/// One such body.
pub(super) struct WatchedAnswer(Arc<Mutex<State>>);

struct State {
    /// None after it was let go.
    body: Option<AnswerBody>,
    /// What was read of the site and not given yet.
    rest: Bytes,
    waits: Waits,
}

/// Whom a body waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Waits {
    /// The visitor, since then.
    ForVisitor(Instant),
    /// The site: an event stream may be silent for hours.
    ForSite,
}

impl OpenAnswers {
    /// Watches one more body.
    pub(super) fn watch(&self, body: AnswerBody) -> WatchedAnswer {
        let waits = Waits::ForVisitor(Instant::now());
        let state = Arc::new(Mutex::new(State { body: Some(body), rest: Bytes::new(), waits }));
        lock(&self.0).push(Arc::downgrade(&state));
        WatchedAnswer(state)
    }

    /// Lets untaken answers go, and ends when the whole connection takes nothing.
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
    // A body that panicked is not used again: hyper drops it with its stream.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl State {
    /// The next piece of what is there.
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
