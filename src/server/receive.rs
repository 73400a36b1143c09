//! Opens one `Visit` for each request; every error ends here, every answer of ours is dressed here, one log line
//! leaves here.

use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;
use http::header::{self, HeaderValue};
use http::{Request, Response, StatusCode, Version};
use hyper::body::Incoming;

use crate::authz::{ForwardAuthRequest, Style};
use crate::domain::client::{ClientAddress, Peer};
use crate::domain::identifier::RequestId;
use crate::domain::network::TrustedProxies;
use crate::domain::origin::{Origin, Scheme};
use crate::headers::audience::Audience;
use crate::headers::forwarded;
use crate::headers::security::SecurityHeaders;
use crate::proxy::ProxyRequest;
use crate::server::access_log::{AccessLogLine, AnswerStream, Exchange, Held};
use crate::server::connection_info::ConnectionInfo;
use crate::server::framing::FramingVerdict;
use crate::server::handler::{ErrorContext, Handler, ProbeRequest};
use crate::server::http2;
use crate::server::limits::Exchanges;
use crate::server::problem_response;
use crate::server::request_target::{self, Target};
use crate::upstream::{AnswerBody, ClientConnection, VisitorBody};
use crate::web::{
    Answer, Author, FormReturn, Hosted, PlainHttp, Problem, Visit, check_path, check_scheme, request_host,
    request_method,
};

/// Where requests are received.
pub(super) struct Receiver<H> {
    pub(super) house: H,
    pub(super) trusted: TrustedProxies,
    pub(super) plain_http: PlainHttp,
    pub(super) security: SecurityHeaders,
    pub(super) body_timeout: Duration,
    pub(super) exchanges: Exchanges,
    pub(super) max_head: usize,
}

/// A request and what is known of it beforehand.
struct Guest<'a> {
    connection: &'a ConnectionInfo,
    id: RequestId,
    audience: Audience,
    request: Request<Incoming>,
}

/// What becomes known of a request on its way, and counts for its answer whatever that is.
struct Noted<'a> {
    line: Option<&'a mut AccessLogLine>,
    /// How the visitor's browser speaks: ours, or what a trusted proxy says.
    scheme: Scheme,
    /// Its place among the exchanges with sites.
    exchange: Option<Exchange>,
}

/// Whether the connection persists after the answer (RFC 9112 §9.3).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Persistence {
    Persistent,
    Close,
}

impl Noted<'_> {
    fn visitor(&mut self, client: ClientAddress, here: &Origin) {
        self.scheme = here.scheme();
        if let Some(line) = &mut self.line {
            line.client = client;
            line.host = Some(here.authority().host().to_string());
        }
    }
}

impl<H: Handler> Receiver<H> {
    /// Who speaks on a connection of this peer. A unix socket is how a program on this machine brings its visitors.
    pub(super) fn client(&self, peer: Peer) -> ClientConnection {
        let shared = peer == Peer::Unix || self.trusted.include(peer);
        if shared { ClientConnection::Shared } else { ClientConnection::Direct }
    }

    /// Answers one request, whatever happens.
    pub(super) async fn receive(
        &self,
        connection: &ConnectionInfo,
        request: Request<Incoming>,
    ) -> Response<AnswerStream> {
        // First: the judgements come in the order of the wire, one for each request.
        let verdict = connection.verdict();
        let running = connection.activity.begin();
        let (id, audience) = (connection.next_request(), Audience::of(request.headers()));
        let mut line = AccessLogLine::begin(self.house.clock(), id, ClientAddress::of_peer(connection.peer), &request);
        let version = request.version();
        let mut noted = Noted { line: line.as_deref_mut(), scheme: connection.scheme, exchange: None };
        let (outcome, persistence) = match verdict {
            FramingVerdict::Refused(violation) => {
                (Err(Problem::BadRequest(violation.explanation())), Persistence::Close)
            }
            FramingVerdict::Clean => {
                let guest = Guest { connection, id, audience, request };
                // A panic in one request ends that request. What it had locked is not used again: no lock of ours is
                // held across a handler.
                let outcome = AssertUnwindSafe(self.admit(guest, &mut noted)).catch_unwind().await;
                let outcome = outcome.unwrap_or_else(|_| Err(Problem::Internal("a handler panicked".to_owned())));
                (outcome, Persistence::Persistent)
            }
        };
        let (scheme, exchange) = (noted.scheme, noted.exchange);
        let mut answer = outcome.unwrap_or_else(|problem| self.explain(&problem, id, audience, line.as_deref_mut()));
        if answer.author == Author::Us {
            let form = answer.response.extensions_mut().remove::<FormReturn>();
            self.security.dress(answer.response.headers_mut(), scheme, form.as_ref().map(|form| &form.0));
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

    async fn admit(&self, guest: Guest<'_>, noted: &mut Noted<'_>) -> Result<Answer, Problem> {
        let Guest { connection, request, .. } = &guest;
        if request.version() == Version::HTTP_2 {
            http2::check(request.headers(), self.max_head)?;
        }
        request_method::check(request.method())?;
        let target = request_target::target(request)?;
        if let Target::Path(target) = &target {
            let probe = ProbeRequest { method: request.method(), path: target.path() };
            if let Some(answer) = self.house.before_site(probe) {
                return answer;
            }
            if let Some((style, behind)) = self.house.question(target) {
                return self.tell(guest, style, behind, noted).await;
            }
        }
        let authority = request_host::read(request.uri(), request.headers(), request.version(), connection.scheme)?;
        let Target::Path(target) = target else { return Ok(about_the_server()) };
        let forwarded = forwarded::read(request.headers(), connection.peer, connection.scheme, &self.trusted)
            .map_err(|contradiction| Problem::BadRequest(contradiction.0))?;
        let here = Origin::new(forwarded.scheme, forwarded.host.as_ref().unwrap_or(&authority));
        let host = here.authority().host();
        noted.visitor(forwarded.client, &here);
        check_scheme(&here, self.plain_http)?;
        let site = match self.house.hosted(host).ok_or(Problem::UnknownSite)? {
            Hosted::Site(site) => Some(site),
            Hosted::Portal => None,
        };
        check_path(&target, site.as_deref())?;
        let now = self.house.clock().now();
        let visit = Visit { request: guest.id, now, client: forwarded.client, here, site };
        let hold = self.hold(connection, request, &visit, noted)?;
        let pinned = Arc::clone(&connection.pinned);
        let Guest { audience, request, .. } = guest;
        let request = request.map(|body| VisitorBody::new(body, self.body_timeout));
        self.house.answer(ProxyRequest { visit, forwarded, target, audience, request, pinned, hold }).await
    }

    /// Takes a place among the exchanges with the site. The answer holds it, and a tunnel too, with the connection's
    /// place in the limits and that it is in use.
    fn hold(
        &self,
        connection: &ConnectionInfo,
        request: &Request<Incoming>,
        visit: &Visit,
        noted: &mut Noted<'_>,
    ) -> Result<Box<dyn Any + Send + Sync>, Problem> {
        let Some(site) = &visit.site else { return Ok(Box::new(())) };
        let permit = self.exchanges.admit(&visit.client, site.id);
        let permit = permit.map_err(|crowded| Problem::Unavailable(crowded.explanation().to_owned()))?;
        if request.headers().contains_key(header::UPGRADE) {
            let permit = Arc::new(permit);
            noted.exchange = Some(Exchange::Shared(Arc::clone(&permit)));
            return Ok(Box::new((Arc::clone(&connection.place), connection.activity.begin(), permit)));
        }
        noted.exchange = Some(Exchange::Alone(permit));
        Ok(Box::new(()))
    }

    /// The question of another proxy. Its body is not read, whatever it announces.
    async fn tell(
        &self,
        guest: Guest<'_>,
        style: &'static Style,
        behind: &str,
        noted: &mut Noted<'_>,
    ) -> Result<Answer, Problem> {
        let (peer, request, now) = (guest.connection.peer, guest.id, self.house.clock().now());
        let (head, _) = guest.request.into_parts();
        let told = self.house.tell(ForwardAuthRequest { style, peer, request, now, head: &head, behind }).await;
        if let Some(visit) = &told.visit {
            noted.visitor(visit.client, &visit.here);
        }
        told.answer
    }

    /// The one place where a problem becomes an answer.
    pub(super) fn explain(
        &self,
        problem: &Problem,
        id: RequestId,
        audience: Audience,
        line: Option<&mut AccessLogLine>,
    ) -> Answer {
        let status = problem.status();
        if let Some(line) = line {
            line.problem = Some(problem.to_string());
        }
        let page = match audience {
            Audience::Person => self.house.page(&ErrorContext { problem, status, request: id }),
            Audience::Program => None,
        };
        Answer::ours(problem_response::of(problem, page, audience, id))
    }
}

/// `OPTIONS *` asks about the server as such, which is us (RFC 9110 §9.3.7).
fn about_the_server() -> Answer {
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.headers_mut().insert(header::ALLOW, HeaderValue::from_static(request_method::ALLOWED));
    Answer::ours(response)
}
