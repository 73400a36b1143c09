//! The one log line of a request, written when the last byte of its answer is gone.
//!
//! It shows who asked for what, when and how it ended: the path without its query, the account by the first digits of
//! its id. No header, cookie, query or body is in it.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Method, StatusCode};
use http_body::{Body, Frame, SizeHint};

use crate::domain::client::ClientAddress;
use crate::domain::identifier::{AccountId, RequestId};
use crate::headers::redaction;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::telemetry::REQUEST;
use crate::server::activity::Running;
use crate::upstream::AnswerBody;

/// What is known of a request for its line.
pub(super) struct Line {
    clock: Clock,
    began: Timestamp,
    request: RequestId,
    pub(super) client: ClientAddress,
    pub(super) host: Option<String>,
    method: Method,
    path: String,
    pub(super) status: StatusCode,
    pub(super) account: Option<AccountId>,
    pub(super) problem: Option<String>,
}

/// The body of an answer, with what ends when it ends.
pub struct AnswerStream {
    inner: AnswerBody,
    line: Option<Box<Line>>,
    bytes: u64,
    _running: Running,
}

impl Line {
    /// Begins a line, if anybody reads it.
    pub(super) fn begin<B>(
        clock: &Clock,
        request: RequestId,
        client: ClientAddress,
        asked: &http::Request<B>,
    ) -> Option<Box<Self>> {
        tracing::enabled!(target: REQUEST, tracing::Level::INFO).then(|| {
            Box::new(Self {
                clock: clock.clone(),
                began: clock.now(),
                request,
                client,
                host: None,
                method: asked.method().clone(),
                path: redaction::path(asked.uri().path()).into_owned(),
                status: StatusCode::OK,
                account: None,
                problem: None,
            })
        })
    }

    fn write(&self, bytes: u64) {
        let took = self.clock.now().since(self.began).as_millis();
        tracing::info!(
            target: REQUEST,
            request = %self.request.to_hex(),
            client = %self.client,
            method = %self.method,
            host = self.host.as_deref().unwrap_or("-"),
            path = %self.path,
            status = self.status.as_u16(),
            millis = u64::try_from(took).unwrap_or(u64::MAX),
            bytes,
            account = self.account.map(|account| account.short()),
            problem = self.problem.as_deref(),
        );
    }
}

impl AnswerStream {
    pub(super) const fn new(inner: AnswerBody, line: Option<Box<Line>>, running: Running) -> Self {
        Self { inner, line, bytes: 0, _running: running }
    }
}

impl Drop for AnswerStream {
    fn drop(&mut self) {
        if let Some(line) = &self.line {
            line.write(self.bytes);
        }
    }
}

impl Body for AnswerStream {
    type Data = Bytes;
    type Error = <AnswerBody as Body>::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = std::task::ready!(Pin::new(&mut self.inner).poll_frame(cx));
        if let Some(Ok(Some(data))) = frame.as_ref().map(|frame| frame.as_ref().map(Frame::data_ref)) {
            self.bytes = self.bytes.saturating_add(data.len() as u64);
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
