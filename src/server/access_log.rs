//! The one log line of a request, written when the last byte of its answer is gone, or when the visitor left before.
//!
//! It shows who asked for what, when and how it ended: the path without its query, the account by the first digits of
//! its id. No header, cookie, query or body is in it.

use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Method, StatusCode};
use http_body::{Body, Frame, SizeHint};

use crate::domain::client::ClientAddress;
use crate::domain::identifier::{AccountId, RequestId};
use crate::headers::redaction;
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::telemetry::REQUEST;
use crate::policy::RuleId;
use crate::server::activity::Running;
use crate::server::limits::ExchangePermit;
use crate::server::stalled::{OpenAnswers, WatchedAnswer};
use crate::upstream::AnswerBody;

/// What is known of a request for its line.
pub(super) struct AccessLogLine {
    clock: Clock,
    began: Timestamp,
    request: RequestId,
    pub(super) client: ClientAddress,
    pub(super) host: Option<String>,
    method: Method,
    path: String,
    /// None while there is no answer: a visitor who leaves before it must not do so unseen.
    pub(super) status: Option<StatusCode>,
    pub(super) account: Option<AccountId>,
    pub(super) rule: Option<RuleId>,
    pub(super) problem: Option<String>,
    bytes: u64,
}

/// As nginx logs a client that closed the connection before the answer.
const VISITOR_LEFT: u16 = 499;

/// The body of an answer, with what ends when it ends.
pub(super) struct AnswerStream {
    inner: Source,
    line: Option<Box<AccessLogLine>>,
    _held: Held,
}

/// Where the bytes come from.
enum Source {
    /// The answer itself.
    Answer(AnswerBody),
    /// The answer, looked at from beside (HTTP/2).
    Watched(WatchedAnswer),
}

/// What an answer holds until its last byte.
pub(super) struct Held {
    /// The connection is in use.
    pub(super) _running: Running,
    /// The place among the exchanges with sites.
    pub(super) _exchange: Option<Exchange>,
}

/// The place of an exchange. A request for an upgrade shares it with the tunnel that it may open.
pub(super) enum Exchange {
    /// Of an ordinary request.
    Alone(#[expect(dead_code, reason = "held, not read")] ExchangePermit),
    /// Of a request that may become a tunnel.
    Shared(#[expect(dead_code, reason = "held, not read")] Arc<ExchangePermit>),
}

impl AccessLogLine {
    /// Begins a line, if anybody reads it.
    pub(super) fn begin<B>(
        clock: &Clock,
        began: Timestamp,
        request: RequestId,
        client: ClientAddress,
        asked: &http::Request<B>,
    ) -> Option<Box<Self>> {
        tracing::enabled!(target: REQUEST, tracing::Level::INFO).then(|| {
            Box::new(Self {
                clock: clock.clone(),
                began,
                request,
                client,
                host: None,
                method: asked.method().clone(),
                path: redaction::path(asked.uri().path()).into_owned(),
                status: None,
                account: None,
                rule: None,
                problem: None,
                bytes: 0,
            })
        })
    }
}

impl Drop for AccessLogLine {
    fn drop(&mut self) {
        let took = self.clock.now().since(self.began).as_millis();
        tracing::info!(
            target: REQUEST,
            request = %self.request.to_hex(),
            client = %self.client,
            method = %self.method,
            host = self.host.as_deref().unwrap_or("-"),
            path = %self.path,
            status = self.status.map_or(VISITOR_LEFT, |status| status.as_u16()),
            millis = u64::try_from(took).unwrap_or(u64::MAX),
            bytes = self.bytes,
            account = self.account.map(|account| account.short()),
            rule = self.rule.map(|rule| rule.to_string()),
            problem = self.problem.as_deref(),
        );
    }
}

impl AnswerStream {
    pub(super) fn new(
        body: AnswerBody,
        line: Option<Box<AccessLogLine>>,
        held: Held,
        answers: Option<&OpenAnswers>,
    ) -> Self {
        let inner = match (answers, &body) {
            (None, _) | (Some(_), AnswerBody::Empty) => Source::Answer(body),
            // Also an answer of ours: until it is taken it keeps its connection and its place among the exchanges.
            (Some(answers), AnswerBody::Whole(_) | AnswerBody::Site(_)) => Source::Watched(answers.watch(body)),
        };
        Self { inner, line, _held: held }
    }
}

impl Body for AnswerStream {
    type Data = Bytes;
    type Error = <AnswerBody as Body>::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let polled = match &mut self.inner {
            Source::Answer(body) => Pin::new(body).poll_frame(cx),
            Source::Watched(body) => Pin::new(body).poll_frame(cx),
        };
        let frame = std::task::ready!(polled);
        if let Some(Ok(Some(data))) = frame.as_ref().map(|frame| frame.as_ref().map(Frame::data_ref)) {
            let sent = data.len() as u64;
            if let Some(line) = &mut self.line {
                line.bytes = line.bytes.saturating_add(sent);
            }
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Source::Answer(body) => body.is_end_stream(),
            Source::Watched(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Source::Answer(body) => body.size_hint(),
            Source::Watched(body) => body.size_hint(),
        }
    }
}
