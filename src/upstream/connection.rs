//! One HTTP/1.1 connection to a site, for one exchange after another.

use std::sync::Arc;

use http::{HeaderValue, Method, Request, Response, Version};
use hyper::body::Incoming;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;

use crate::headers::method_override;
use crate::platform::telemetry::GATEWAY;
use crate::upstream::socket::{SiteStream, Socket};
use crate::upstream::visitor_body::VisitorBody;

/// Bound of the buffers of one connection to a site: the default of 400 KiB costs about 1 MiB for each stalled
/// download, a quarter of this costs twice the CPU on large bodies. The head of an answer must fit too.
const LARGEST_BUFFER: usize = 128 * 1024;

/// A connection. Dropping it closes it, as soon as what is under way on it has ended.
#[derive(Debug)]
pub(super) struct Connection {
    sender: SendRequest<VisitorBody>,
    socket: Socket,
    address: Arc<str>,
    authority: HeaderValue,
}

/// Why a request got no answer, as far as it decides whether it may be sent again.
#[derive(Debug)]
pub(super) enum SendError {
    /// Not a byte of it was written.
    Unsent(Box<Request<VisitorBody>>, hyper::Error),
    /// The connection ended before a byte of an answer.
    Unanswered(hyper::Error),
    /// The answer broke off or is none.
    Broken(hyper::Error),
}

impl Connection {
    /// Begins to speak HTTP on a stream. Its driver is a task of its own: an upload goes on while the visitor does not
    /// read the answer yet.
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

    /// Where it leads, for messages.
    pub(super) const fn address(&self) -> &Arc<str> {
        &self.address
    }

    /// What a `Host` of its address is.
    pub(super) const fn authority(&self) -> &HeaderValue {
        &self.authority
    }

    /// Whether it could take a request now: the exchange before has ended on both sides.
    pub(super) fn is_ready(&self) -> bool {
        self.sender.is_ready()
    }

    pub(super) fn is_closed(&self) -> bool {
        self.sender.is_closed()
    }

    /// Whether the site still holds it and has said nothing on it.
    pub(super) fn is_quiet(&self) -> bool {
        self.socket.is_quiet()
    }

    /// Waits for the end of the exchange before; an error where the connection ended with it.
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

/// Whether a request may be sent a second time where nobody knows if the first arrived (RFC 9110 §9.2.2): its method is
/// idempotent, no field claims another method, and it has no body, of which a part would be gone.
pub(super) fn is_repeatable(request: &Request<VisitorBody>) -> bool {
    use http_body::Body as _;
    let idempotent = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS | Method::PUT | Method::DELETE)
        // RFC 4918 §9.1, RFC 3253 §3.6, RFC 5323 §2: they only ask.
        || matches!(request.method().as_str(), "PROPFIND" | "REPORT" | "SEARCH");
    idempotent && request.body().is_end_stream() && !method_override::is_claimed(request.headers())
}

/// The same request once more; it has no body.
pub(super) fn copy(request: &Request<VisitorBody>) -> Request<VisitorBody> {
    let mut copy = Request::new(VisitorBody::none());
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.version_mut() = Version::HTTP_11;
    *copy.headers_mut() = request.headers().clone();
    copy
}
