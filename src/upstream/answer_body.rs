//! The body of an answer: streamed as it arrives, never collected.
//!
//! It ends in an error if the site's body breaks off. The visitor's connection is then aborted, so that a partial
//! answer is never taken for a complete one (RFC 9112 §8).

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;

use crate::headers::clean::TrailerFilter;
use crate::upstream::lease::Lease;
use crate::upstream::touch::Touch;
use crate::upstream::trailers;

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The body of an answer to a visitor.
pub(crate) enum AnswerBody {
    /// No content.
    Empty,
    /// A small body of our own.
    Whole(Bytes),
    /// A body streamed from the site.
    Site(SiteBody),
}

/// The body of a site's answer, with the connection that it arrives on.
pub(crate) struct SiteBody {
    inner: Incoming,
    filter: TrailerFilter,
    /// The connection; `None` once the body has ended.
    lease: Option<Lease>,
    touch: Option<Touch>,
}

impl SiteBody {
    pub(super) fn new(inner: Incoming, filter: TrailerFilter, lease: Lease) -> Self {
        let mut body = Self { inner, filter, lease: Some(lease), touch: None };
        if body.inner.is_end_stream() {
            body.finish();
        }
        body
    }

    /// Returns the connection if `frame` ends the body, and closes it if the body broke off.
    fn settle(&mut self, frame: Option<&Result<Frame<Bytes>, hyper::Error>>) {
        match frame {
            Some(Err(_)) => self.lease = None,
            Some(Ok(frame)) if !frame.is_trailers() && !self.inner.is_end_stream() => {}
            Some(Ok(_)) | None => self.finish(),
        }
    }

    fn finish(&mut self) {
        if let Some(lease) = self.lease.take() {
            lease.finish();
        }
    }
}

impl AnswerBody {
    /// A body of our own.
    pub(crate) fn whole(text: impl Into<Bytes>) -> Self {
        Self::Whole(text.into())
    }

    /// The same body; each frame of the site is a use of the session.
    pub(crate) fn touching(mut self, touch: Touch) -> Self {
        if let Self::Site(site) = &mut self {
            site.touch = Some(touch);
        }
        self
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut *self {
            Self::Empty => Poll::Ready(None),
            Self::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Self::Site(site) => {
                let frame = std::task::ready!(Pin::new(&mut site.inner).poll_frame(cx));
                if let Some(touch) = &site.touch {
                    touch();
                }
                site.settle(frame.as_ref());
                Poll::Ready(
                    frame.map(|frame| frame.map(|frame| trailers::clean(frame, &site.filter)).map_err(Into::into)),
                )
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Whole(bytes) => bytes.is_empty(),
            Self::Site(site) => site.inner.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Self::Empty => SizeHint::with_exact(0),
            Self::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Self::Site(site) => site.inner.size_hint(),
        }
    }
}

impl std::fmt::Debug for AnswerBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Empty => "Empty",
            Self::Whole(_) => "Whole",
            Self::Site(_) => "Site",
        })
    }
}
