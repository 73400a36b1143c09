//! Receives requests: makes one `RequestContext` for each, turns every error into a response, adds the security headers
//! to our own responses and fills the access-log line.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, Request, Response, StatusCode, Version};
use hyper::body::Incoming;

use crate::authz::{ForwardAuthRequest, Style};
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::identifier::RequestId;
use crate::domain::network::TrustedProxies;
use crate::domain::origin::{Origin, Scheme};
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::headers::audience::Audience;
use crate::headers::cors;
use crate::headers::forwarded::{self, ForwardedInfo};
use crate::headers::security::{self, SecurityHeaders};
use crate::platform::clock::{Clock, Timestamp};
use crate::platform::random::Random;
use crate::proxy::ProxyRequest;
use crate::server::access_log::{AccessLogLine, AnswerStream, Exchange, Held};
use crate::server::connection_info::ConnectionInfo;
use crate::server::framing::FramingVerdict;
use crate::server::http2;
use crate::server::limits::Exchanges;
use crate::server::parts::ErrorContext;
use crate::server::problem_response;
use crate::server::request_target::{self, Target};
use crate::server::router::Router;
use crate::upstream::{AnswerBody, ClientConnection, VisitorBody};
use crate::web::{Answer, Author, FormReturn, Framing, HostRole, Problem, Reader, request_host, request_method};

/// Receives the requests of all connections.
pub(super) struct Receiver {
    pub(super) router: Router,
    pub(super) trusted: TrustedProxies,
    pub(super) security: SecurityHeaders,
    pub(super) body_timeout: Duration,
    pub(super) exchanges: Exchanges,
    pub(super) max_head: usize,
}

/// A request before its context is made.
struct Received<'a> {
    connection: &'a ConnectionInfo,
    id: RequestId,
    now: Timestamp,
    audience: Audience,
    request: Request<Incoming>,
}

/// What the response needs to know of the request, as far as it was read.
struct Outcome<'a> {
    line: Option<&'a mut AccessLogLine>,
    /// The scheme in the visitor's browser: that of this connection, or the one that a trusted proxy reports.
    scheme: Scheme,
    /// The place among the exchanges with sites.
    exchange: Option<Exchange>,
    /// What the visitor asked for, in another proxy's question.
    asked_for: Option<RequestTarget>,
    /// The other origin whose scripts may read a refusal of ours.
    other_origin: Option<HeaderValue>,
}

/// Whether the connection persists after the response (RFC 9112 §9.3).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Persistence {
    Persistent,
    Close,
}

impl Outcome<'_> {
    fn understood(&mut self, client: ClientAddress, origin: &Origin) {
        self.scheme = origin.scheme();
        if let Some(line) = &mut self.line {
            line.client = client;
            line.host = Some(origin.authority().host().to_string());
        }
    }
}

impl Receiver {
    pub(super) fn clock(&self) -> &Clock {
        &self.router.parts.app.clock
    }

    pub(super) fn random(&self) -> Random {
        self.router.parts.app.random.clone()
    }

    /// Whether a connection carries one client or many. A unix socket is used by a local program on behalf of its
    /// visitors.
    pub(super) fn client(&self, peer: Peer) -> ClientConnection {
        let shared = peer == Peer::Unix || self.trusted.include(peer);
        if shared { ClientConnection::Shared } else { ClientConnection::Direct }
    }

    /// Returns a response to every request, whatever fails.
    pub(super) async fn receive(
        &self,
        connection: &ConnectionInfo,
        request: Request<Incoming>,
    ) -> Response<AnswerStream> {
        // Must be first: the verdicts are in wire order, one for each request.
        let verdict = connection.verdict();
        let running = connection.activity.begin();
        let id = connection.next_request();
        let now = self.clock().now();
        let audience = Audience::of(request.headers());
        let reader = (audience == Audience::Person).then(|| Reader::of(request.headers(), request.uri()));
        let mut line = AccessLogLine::begin(self.clock(), now, id, ClientAddress::of_peer(connection.peer), &request);
        let version = request.version();
        let is_head = *request.method() == Method::HEAD;
        let mut outcome = Outcome {
            line: line.as_deref_mut(),
            scheme: connection.scheme,
            exchange: None,
            asked_for: None,
            other_origin: None,
        };
        let (answer, persistence) = match verdict {
            FramingVerdict::Refused(violation) => {
                (Err(Problem::BadRequest(violation.explanation())), Persistence::Close)
            }
            FramingVerdict::Clean => {
                let received = Received { connection, id, now, audience, request };
                // A panic ends only its own request. State that it had locked is not reused: none of our locks is held
                // across a handler.
                let answer = AssertUnwindSafe(self.route(received, &mut outcome)).catch_unwind().await;
                let answer = answer.unwrap_or_else(|_| Err(Problem::Internal("a handler panicked".to_owned())));
                (answer, Persistence::Persistent)
            }
        };
        let scheme = outcome.scheme;
        let exchange = outcome.exchange;
        let other_origin = outcome.other_origin;
        let reader = match (reader, outcome.asked_for) {
            (Some(reader), Some(target)) => Some(Reader { here: target.as_str().to_owned(), ..reader }),
            (reader, _) => reader,
        };
        let mut answer =
            answer.unwrap_or_else(|problem| self.explain(&problem, id, reader.as_ref(), line.as_deref_mut()));
        if answer.author == Author::Us {
            self.dress(&mut answer.response, scheme, other_origin);
        }
        if is_head {
            remove_content(&mut answer.response);
        }
        if persistence == Persistence::Close && version != Version::HTTP_2 {
            answer.response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        if let Some(line) = &mut line {
            line.status = Some(answer.response.status());
            line.account = answer.account;
            line.rule = answer.rule;
        }
        let held = Held { _running: running, _exchange: exchange };
        answer.response.map(|body| AnswerStream::new(body, line, held, connection.answers.as_ref()))
    }

    /// Adds the security headers to a response of ours. Scripts of a configured origin may read what we refuse them.
    fn dress(&self, response: &mut Response<AnswerBody>, scheme: Scheme, other_origin: Option<HeaderValue>) {
        let form = response.extensions_mut().remove::<FormReturn>();
        let framing = response.extensions_mut().remove::<Framing>();
        self.security.dress(response.headers_mut(), scheme, form.as_ref().map(|form| &form.0));
        if framing == Some(Framing::Anywhere) {
            security::allow_framing(response.headers_mut());
        }
        if let Some(origin) = other_origin.filter(|_| !response.status().is_success()) {
            cors::share(response.headers_mut(), origin);
        }
    }

    /// The other origin whose scripts may read a refusal about this site. Our own pages are never shared.
    fn other_origin(&self, context: &RequestContext, headers: &HeaderMap) -> Option<HeaderValue> {
        let site = self.router.parts.app.sites.get(context.site?)?;
        cors::reader(headers, &site.settings.without_session.cors_origins)
    }

    async fn route(&self, received: Received<'_>, outcome: &mut Outcome<'_>) -> Result<Answer, Problem> {
        let Received { connection, request, .. } = &received;
        if request.version() == Version::HTTP_2 {
            http2::check(request.uri(), request.headers(), self.max_head)?;
        }
        request_method::check(request.method())?;
        let target = request_target::target(request)?;
        if let Target::Path(target) = &target {
            if let Some(answer) = self.router.before_site(request.method(), target.path()) {
                return answer;
            }
            if let Some((style, behind)) = self.router.forward_auth(target) {
                return self.answer_proxy(received, style, behind, outcome).await;
            }
        }
        let authority = request_host::read(request.uri(), request.headers(), request.version(), connection.scheme)?;
        let Target::Path(target) = target else { return Ok(about_the_server()) };
        let forwarded = forwarded::read(request.headers(), connection.peer, connection.scheme, &self.trusted)
            .map_err(|contradiction| Problem::BadRequest(contradiction.0))?;
        let origin = Origin::new(forwarded.scheme, forwarded.host.as_ref().unwrap_or(&authority));
        outcome.understood(forwarded.client, &origin);
        let context = self.context(&received, &forwarded, origin, &target)?;
        if !self.router.parts.app.settings.owns(target.path()) {
            outcome.other_origin = self.other_origin(&context, received.request.headers());
        }
        let tunnel_permits = self.exchange_permit(&received, &context, outcome)?;
        let Received { connection, audience, request, .. } = received;
        let pinned = Arc::clone(&connection.pinned);
        let request = request.map(|body| VisitorBody::new(body, self.body_timeout));
        let request = ProxyRequest { context, forwarded, target, audience, request, pinned, tunnel_permits };
        self.router.handle(request).await
    }

    /// Makes the request context. Fails if no site of ours serves the request.
    fn context(
        &self,
        received: &Received<'_>,
        forwarded: &ForwardedInfo,
        origin: Origin,
        target: &RequestTarget,
    ) -> Result<RequestContext, Problem> {
        let host = origin.authority().host();
        let (site, configured_host) = match self.router.parts.app.resolve(&origin, target)? {
            HostRole::Site(site) => (Some(site.id), site.configured_host(host).cloned()),
            HostRole::Portal => (None, Some(host.clone())),
        };
        let Received { id, now, .. } = *received;
        Ok(RequestContext { id, now, client: forwarded.client, origin, site, configured_host })
    }

    /// Takes a place among the exchanges with the site. The response holds it; so does a tunnel, together with the
    /// connection's place and its activity.
    fn exchange_permit(
        &self,
        received: &Received<'_>,
        context: &RequestContext,
        outcome: &mut Outcome<'_>,
    ) -> Result<Box<dyn Any + Send + Sync>, Problem> {
        let Some(site) = context.site else { return Ok(Box::new(())) };
        let permit = self.exchanges.admit(&context.client, site);
        let permit = permit.map_err(|crowded| Problem::Unavailable(crowded.explanation().to_owned()))?;
        let Received { connection, request, .. } = received;
        if request.headers().contains_key(header::UPGRADE) {
            let permit = Arc::new(permit);
            outcome.exchange = Some(Exchange::Shared(Arc::clone(&permit)));
            return Ok(Box::new((Arc::clone(&connection.permit), connection.activity.begin(), permit)));
        }
        outcome.exchange = Some(Exchange::Alone(permit));
        Ok(Box::new(()))
    }

    /// Answers a forward-auth request. Its body is never read, even if one is announced.
    async fn answer_proxy(
        &self,
        received: Received<'_>,
        style: &'static Style,
        behind: &str,
        outcome: &mut Outcome<'_>,
    ) -> Result<Answer, Problem> {
        let Received { connection, id, now, request, .. } = received;
        let (head, _) = request.into_parts();
        let request = ForwardAuthRequest { style, peer: connection.peer, id, now, head: &head, behind };
        let response = self.router.parts.authz.answer(request).await;
        if let Some(context) = &response.context {
            outcome.understood(context.client, &context.origin);
            outcome.other_origin = self.other_origin(context, &head.headers);
        }
        outcome.asked_for = response.target;
        response.answer
    }

    /// The only place where a problem becomes a response.
    pub(super) fn explain(
        &self,
        problem: &Problem,
        id: RequestId,
        reader: Option<&Reader>,
        line: Option<&mut AccessLogLine>,
    ) -> Answer {
        if let Some(line) = line {
            line.problem = Some(problem.to_string());
        }
        let page = reader.and_then(|reader| (self.router.parts.pages)(&ErrorContext { problem, request: id, reader }));
        let audience = if reader.is_some() { Audience::Person } else { Audience::Program };
        Answer::ours(problem_response::of(problem, page, audience, id))
    }
}

/// Reduces a response of ours to what HEAD asks for: the fields of GET without the content (RFC 9110 §9.3.2). hyper
/// does so over HTTP/1 only.
fn remove_content(response: &mut Response<AnswerBody>) {
    let AnswerBody::Whole(content) = response.body() else { return };
    let length = HeaderValue::from(content.len());
    response.headers_mut().insert(header::CONTENT_LENGTH, length);
    *response.body_mut() = AnswerBody::Empty;
}

/// `OPTIONS *` asks about the server itself, which is the gateway (RFC 9110 §9.3.7).
fn about_the_server() -> Answer {
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(request_method::ALLOWED));
    Answer::ours(response)
}
