//! One HTTP/1.1 connection to a site, used for one exchange at a time.

use std::sync::Arc;

use http::{HeaderValue, Method, Request, Response, Version};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use crate::headers::method_override;
use crate::platform::telemetry::GATEWAY;
use crate::upstream::socket::{SiteStream, Socket};
use crate::upstream::visitor_body::VisitorBody;

/// Size limit of the buffers of one connection to a site, in bytes. The default of 400 KiB costs about 1 MiB for each
/// stalled download; a quarter of this limit costs twice the CPU on large bodies. The head of an answer must fit too.
const LARGEST_BUFFER: usize = 128 * 1024;

/// A connection to a site. Dropping it closes it once the exchange in progress has ended.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<VisitorBody>,
    socket: Socket,
    address: Arc<str>,
    authority: HeaderValue,
}

/// Why a request got no answer, as far as needed to decide whether it may be sent again.
#[derive(Debug)]
pub(super) enum SendError {
    /// No byte of it was written.
    Unsent(Box<Request<VisitorBody>>, hyper::Error),
    /// The connection ended before the first byte of an answer.
    Unanswered(hyper::Error),
    /// The answer broke off or is not valid HTTP.
    Broken(hyper::Error),
}

impl Connection {
    /// Starts HTTP on a stream. The connection is driven by its own task, so that an upload continues while the visitor
    /// does not read the answer.
    pub(super) async fn start(
        stream: SiteStream,
        address: Arc<str>,
        authority: HeaderValue,
    ) -> Result<Self, hyper::Error> {
        let socket = stream.socket().clone();
        let mut builder = http1::Builder::new();
        builder.max_buf_size(LARGEST_BUFFER);
        let (sender, connection) = builder.handshake(TokioIo::new(stream)).await?;
        tokio::spawn(async move {
            if let Err(error) = connection.with_upgrades().await {
                tracing::debug!(target: GATEWAY, %error, "a connection to a site ended early");
            }
        });
        Ok(Self { sender, socket, address, authority })
    }

    /// The address as shown in log messages.
    pub(super) const fn address(&self) -> &Arc<str> {
        &self.address
    }

    /// The `Host` for its address.
    pub(super) const fn authority(&self) -> &HeaderValue {
        &self.authority
    }

    /// Whether it can take a request now: the previous exchange has ended in both directions.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Whether the site has neither closed the connection nor sent anything on it.
    pub(super) fn is_quiet(&self) -> bool {
        self.socket.is_quiet()
    }

    /// Waits for the end of the previous exchange. Fails if the connection ended with it.
    pub(super) async fn ready(&mut self) -> Result<(), hyper::Error> {
        self.sender.ready().await
    }

    /// Sends a request and waits for the head of the answer. Dropping the future closes the connection.
    pub(super) async fn send(&mut self, request: Request<VisitorBody>) -> Result<Response<Incoming>, SendError> {
        self.socket.expect_answer();
        let sent = self.sender.try_send_request(request).await;
        sent.map_err(|mut failure| match failure.take_message() {
            Some(request) => SendError::Unsent(Box::new(request), failure.into_error()),
            None if self.socket.is_answered() => SendError::Broken(failure.into_error()),
            None => SendError::Unanswered(failure.into_error()),
        })
    }
}

/// Whether a request may be sent again if it is unknown whether the first one arrived (RFC 9110 §9.2.2): the method is
/// idempotent, no header overrides the method, and there is no body, part of which would already be consumed.
pub(super) fn is_repeatable(request: &Request<VisitorBody>) -> bool {
    use http_body::Body as _;
    let idempotent = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
        // RFC 4918 §9.1, RFC 3253 §3.6, RFC 5323 §2: these methods only read.
        || matches!(request.method().as_str(), "PROPFIND" | "REPORT" | "SEARCH");
    idempotent && request.body().is_end_stream() && !method_override::is_claimed(request.headers())
}

/// Copies a request that has no body.
pub(super) fn copy(request: &Request<VisitorBody>) -> Request<VisitorBody> {
    let mut copy = Request::new(VisitorBody::none());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = Version::HTTP_11;
    *copy.headers_mut() = request.headers().clone();
    copy
}
