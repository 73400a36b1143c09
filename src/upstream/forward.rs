//! Sends a permitted request to its site.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use http::{Request, Response, Uri, Version};
use hyper::body::Incoming;

use crate::headers::clean::CleanHeaders;
use crate::headers::connection_auth;
use crate::policy::Permit;
use crate::upstream::addresses::Address;
use crate::upstream::answer_body::AnswerBody;
use crate::upstream::connection::{self, Connection, SendError};
use crate::upstream::error::UpstreamError;
use crate::upstream::idle::{IdleConnections, Liveness};
use crate::upstream::lease::{Destination, Lease};
use crate::upstream::length;
use crate::upstream::pinned::{Owner, PinnedConnections};
use crate::upstream::pool::Upstreams;
use crate::upstream::progress::Progress;
use crate::upstream::response;
use crate::upstream::visitor_body::VisitorBody;

/// The head of an answer, and the connection on which its body follows.
pub(super) struct Answered {
    pub(super) response: Response<Incoming>,
    pub(super) lease: Lease,
}

/// A connection before its exchange, and where it came from.
struct Source {
    connection: Connection,
    origin: Origin,
}

enum Origin {
    Idle(Arc<IdleConnections>),
    Pinned,
}

/// What decides where the connection goes after the exchange.
struct Claim {
    owner: Owner,
    pinned: Arc<PinnedConnections>,
    /// Whether the request contains a credential that authenticates the connection.
    binds: bool,
}

impl Upstreams {
    /// Sends the permitted request, with the method and target that were judged, and returns the answer once its head
    /// has arrived. The server drops this future when the visitor leaves, which closes the connection to the site.
    pub(crate) async fn forward(
        &self,
        permit: &Permit,
        headers: CleanHeaders,
        body: VisitorBody,
        pinned: Arc<PinnedConnections>,
    ) -> Result<Response<AnswerBody>, UpstreamError> {
        let Answered { response, lease } = self.exchange(permit, headers, body, pinned).await?;
        response::accept(response, lease)
    }

    /// Sends a request on an existing connection or on a new one. If an existing connection ends before the first byte
    /// of an answer, the site probably closed it while the request was on its way: a repeatable request is then sent
    /// once more, on a new connection. Every other request is sent only once.
    pub(super) async fn exchange(
        &self,
        permit: &Permit,
        headers: CleanHeaders,
        body: VisitorBody,
        pinned: Arc<PinnedConnections>,
    ) -> Result<Answered, UpstreamError> {
        let id = permit.site().id;
        let site = self.site(id)?;
        let chosen = site.choose()?;
        let (mut headers, filter) = headers.into_parts();
        let binds = connection_auth::in_request(&headers);
        let claim = Claim { owner: Owner::new(id, permit.principal()), pinned, binds };
        let mut body = body.filtered(filter);
        let progress = body.watched();
        length::frame(&mut headers, &body);
        let mut request = Request::new(body);
        permit.method().clone_into(request.method_mut());
        *request.uri_mut() = Uri::from(site.target(permit.target())?);
        *request.version_mut() = Version::HTTP_11;
        *request.headers_mut() = headers;
        let repeatable = connection::is_repeatable(&request);
        if let Some(mut source) = self.kept(chosen, &claim, repeatable).await {
            let spare = repeatable.then(|| connection::copy(&request));
            site.set_host(request.headers_mut(), &source.connection);
            let outcome = self.send(&mut source.connection, request, progress.as_ref()).await?;
            request = match (outcome, spare) {
                (Ok(response), _) => return Ok(claim.answered(response, source)),
                (Err(SendError::Unsent(unsent, _)), _) => *unsent,
                (Err(SendError::Unanswered(_)), Some(spare)) => spare,
                (Err(failure), _) => return Err(UpstreamError::of(failure, source.connection.address())),
            };
        }
        let (connection, idle) = site.connect(chosen).await?;
        let mut source = Source { connection, origin: Origin::Idle(idle) };
        site.set_host(request.headers_mut(), &source.connection);
        match self.send(&mut source.connection, request, progress.as_ref()).await? {
            Ok(response) => Ok(claim.answered(response, source)),
            Err(failure) => Err(UpstreamError::of(failure, source.connection.address())),
        }
    }

    /// An existing connection: the owner's pinned one, or an idle one.
    async fn kept(&self, chosen: &Address, claim: &Claim, repeatable: bool) -> Option<Source> {
        if let Some(mut connection) = claim.pinned.take(claim.owner) {
            // The driver may still be finishing the previous exchange.
            let ready = tokio::time::timeout(self.response_timeout, connection.ready()).await;
            if matches!(ready, Ok(Ok(()))) && connection.is_quiet() {
                return Some(Source { connection, origin: Origin::Pinned });
            }
        }
        let liveness = if repeatable { Liveness::Seen } else { Liveness::Asked };
        let connection = chosen.idle().take(liveness)?;
        Some(Source { connection, origin: Origin::Idle(Arc::clone(chosen.idle())) })
    }

    /// Waits for the head of the answer. The timeout restarts while the request's body makes progress.
    async fn send(
        &self,
        connection: &mut Connection,
        request: Request<VisitorBody>,
        progress: Option<&Progress>,
    ) -> Result<Result<Response<Incoming>, SendError>, UpstreamError> {
        within(connection.send(request), progress, self.response_timeout).await
    }
}

async fn within<T>(
    answer: impl Future<Output = T>,
    progress: Option<&Progress>,
    patience: Duration,
) -> Result<T, UpstreamError> {
    let mut answer = pin!(answer);
    let mut seen = 0;
    loop {
        if let Ok(answer) = tokio::time::timeout(patience, &mut answer).await {
            return Ok(answer);
        }
        let moved = progress.map_or(0, Progress::count);
        if moved == seen {
            return Err(UpstreamError::TimedOut);
        }
        seen = moved;
    }
}

impl Claim {
    fn answered(self, response: Response<Incoming>, source: Source) -> Answered {
        let bound = self.binds || connection_auth::in_answer(response.headers());
        let destination = match source.origin {
            Origin::Idle(idle) if !bound => Destination::Idle(idle),
            Origin::Idle(_) | Origin::Pinned if self.pinned.accepts(self.owner) => {
                Destination::Pinned(self.pinned, self.owner)
            }
            Origin::Idle(_) | Origin::Pinned => Destination::Closed,
        };
        Answered { response, lease: Lease::new(source.connection, destination) }
    }
}
