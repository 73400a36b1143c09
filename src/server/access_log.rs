//! The access log: one line per request, written when the last byte of the response is sent or the visitor leaves.
//!
//! It contains the client, method, host, path, status, time and size, and the account by the first digits of its id.
//! The path is logged without its query; headers, cookies and bodies are not logged.

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

/// The values of a request's log line. The line is written on drop.
pub(super) struct AccessLogLine {
    clock: Clock,
    began: Timestamp,
    request: RequestId,
    pub(super) client: ClientAddress,
    pub(super) host: Option<String>,
    method: Method,
    path: String,
    /// `None` until there is a response: a visitor who leaves before that is logged too.
    pub(super) status: Option<StatusCode>,
    pub(super) account: Option<AccountId>,
    pub(super) rule: Option<RuleId>,
    pub(super) problem: Option<String>,
    bytes: u64,
}

/// The status that nginx logs for a client that closed the connection before the response.
const VISITOR_LEFT: u16 = 499;

/// The body of a response, with everything that ends with it.
pub(super) struct AnswerStream {
    inner: Source,
    line: Option<Box<AccessLogLine>>,
    _held: Held,
}

/// The source of the bytes.
#[expect(
    clippy::large_enum_variant,
    reason = "the large one is the usual one: a box would be one more allocation each time"
)]
enum Source {
    /// The body itself (HTTP/1).
    Answer(AnswerBody),
    /// The body under the watch of [`OpenAnswers`] (HTTP/2).
    Watched(WatchedAnswer),
}

/// What a response holds until its last byte.
pub(super) struct Held {
    /// Marks the connection as busy.
    pub(super) _running: Running,
    /// The place among the exchanges with sites.
    pub(super) _exchange: Option<Exchange>,
}

/// The place of an exchange. An upgrade request shares it with the tunnel that it may open.
pub(super) enum Exchange {
    /// For an ordinary request.
    Alone(#[expect(dead_code, reason = "held, not read")] ExchangePermit),
    /// For a request that may become a tunnel.
    Shared(#[expect(dead_code, reason = "held, not read")] Arc<ExchangePermit>),
}

impl AccessLogLine {
    /// Begins a line. `None` if the log level is too low for it.
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
            // Responses of our own are watched too: until they are taken they hold their connection and a place among
            // the exchanges.
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
