//! The body of a visitor's request: streamed as it arrives, never collected.
//!
//! It fails if it stalls for too long, and loses trailers that only Portcullis may set.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use tokio::time::{Instant, Sleep};

use crate::headers::clean::TrailerFilter;
use crate::upstream::progress::Progress;
use crate::upstream::touch::Touch;
use crate::upstream::trailers;

/// Why a visitor's body did not arrive completely.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BodyError {
    /// No byte arrived for longer than `server.body_timeout`.
    #[error("the body stopped arriving")]
    Stalled,
    /// The connection broke, or the framing is invalid.
    #[error("the body broke off")]
    Broken(#[source] hyper::Error),
}

/// The body of a visitor's request.
pub(crate) struct VisitorBody {
    inner: Option<Incoming>,
    patience: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    waiting: Waiting,
    filter: TrailerFilter,
    progress: Option<Progress>,
    touch: Option<Touch>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Waiting {
    No,
    Yes,
}

impl VisitorBody {
    /// A body that may stall for `patience`.
    pub(crate) fn new(incoming: Incoming, patience: Duration) -> Self {
        // Most requests have no body: nothing is then polled, and no timer is created.
        let inner = if incoming.is_end_stream() { None } else { Some(incoming) };
        Self {
            inner,
            patience,
            timer: None,
            waiting: Waiting::No,
            filter: TrailerFilter::default(),
            progress: None,
            touch: None,
        }
    }

    /// An empty body.
    pub(crate) fn none() -> Self {
        let patience = Duration::MAX;
        Self {
            inner: None,
            patience,
            timer: None,
            waiting: Waiting::No,
            filter: TrailerFilter::default(),
            progress: None,
            touch: None,
        }
    }

    /// The same body; each of its frames is a use of the session.
    pub(crate) fn touching(mut self, touch: Touch) -> Self {
        self.touch = Some(touch);
        self
    }

    pub(super) fn filtered(mut self, filter: TrailerFilter) -> Self {
        self.filter = filter;
        self
    }

    /// Counts frames from here on; `None` if there is no body.
    pub(super) fn watched(&mut self) -> Option<Progress> {
        self.inner.as_ref()?;
        self.progress = Some(Progress::default());
        self.progress.clone()
    }

    /// Whether it has stalled for too long. Time passes only while the body is polled: a site that reads slowly is not
    /// the visitor's fault.
    fn stalled(&mut self, cx: &mut Context<'_>) -> bool {
        let deadline = Instant::now().checked_add(self.patience);
        let Some(deadline) = deadline else { return false };
        let patience = self.patience;
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        if self.waiting == Waiting::No {
            timer.as_mut().reset(deadline);
            self.waiting = Waiting::Yes;
        }
        timer.as_mut().poll(cx).is_ready()
    }
}

impl std::fmt::Debug for VisitorBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("VisitorBody").field("patience", &self.patience).finish_non_exhaustive()
    }
}

impl Body for VisitorBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let Some(inner) = &mut self.inner else { return Poll::Ready(None) };
        match Pin::new(inner).poll_frame(cx) {
            Poll::Pending if self.stalled(cx) => Poll::Ready(Some(Err(BodyError::Stalled))),
            Poll::Pending => Poll::Pending,
            Poll::Ready(frame) => {
                self.waiting = Waiting::No;
                if let Some(touch) = &self.touch {
                    touch();
                }
                if let Some(progress) = &self.progress {
                    progress.moved();
                }
                Poll::Ready(
                    frame.map(|frame| {
                        frame.map(|frame| trailers::clean(frame, &self.filter)).map_err(BodyError::Broken)
                    }),
                )
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.inner.as_ref().is_none_or(Incoming::is_end_stream)
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.as_ref().map_or_else(|| SizeHint::with_exact(0), Incoming::size_hint)
    }
}
