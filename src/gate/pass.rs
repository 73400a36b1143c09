//! Decide, clean, forward.

use std::any::Any;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderValue};
use http::uri::PathAndQuery;
use http::{Request, Response, StatusCode};
use tokio_util::sync::CancellationToken;

use crate::access::{Asker, Evidence, Pass};
use crate::audit::{Audit, Event};
use crate::domain::refusal::{Refusal, Remedy};
use crate::domain::target::RequestTarget;
use crate::gate::websocket;
use crate::headers::audience::Audience;
use crate::headers::clean::{CleanHeaders, Onward, Passage};
use crate::headers::forwarded::Arrival;
use crate::headers::via::Via;
use crate::platform::random::{ChanceUnavailable, Random};
use crate::upstream::{AnswerBody, Ask, Lifeline, PinnedConnections, UpstreamError, Upstreams, VisitorBody};
use crate::web::admission::{self, Turned, Wish};
use crate::web::challenge::{Offer, Refused};
use crate::web::way_in::Form;
use crate::web::{Answer, App, Author, Problem, Visit, form, socket_origin};

/// One request, as `server/receive` understood it.
pub struct Question {
    /// Who visits what.
    pub visit: Visit,
    /// Where the request comes from.
    pub arrival: Arrival,
    /// Path and query.
    pub target: RequestTarget,
    /// Who reads the answer.
    pub audience: Audience,
    /// The request itself.
    pub request: Request<VisitorBody>,
    /// What the client connection has to itself at the sites.
    pub pinned: Arc<PinnedConnections>,
    /// The connection's place in the limits, kept as long as a tunnel that this request opens.
    pub hold: Box<dyn Any + Send + Sync>,
}

/// The door of all protected sites.
pub struct Gate {
    app: Arc<App>,
    upstreams: Upstreams,
    via: Via,
}

impl Gate {
    /// The door to `upstreams`. Chance gives this process its name in `Via`.
    pub fn new(app: Arc<App>, upstreams: Upstreams, random: &mut Random) -> Result<Self, ChanceUnavailable> {
        Ok(Self { app, upstreams, via: Via::new(random.bytes()?) })
    }

    /// Answers one request.
    pub async fn pass(&self, question: Question) -> Result<Answer, Problem> {
        let Question { visit, target, request, .. } = &question;
        let Some(site) = &visit.site else { return self.portal_alone(target) };
        let (method, headers) = (request.method(), request.headers());
        match admission::admit(&self.app, &Wish { visit, site, method, target, headers }).await? {
            Ok(pass) => self.forward(&pass, question).await,
            Err(why) => self.refuse(&question, why),
        }
    }

    /// Ends all tunnels.
    pub async fn close(&self) {
        self.upstreams.close_tunnels().await;
    }

    /// The portal's own host protects nothing: its start page leads to the portal, and there is nothing else.
    fn portal_alone(&self, target: &RequestTarget) -> Result<Answer, Problem> {
        if target.path() != "/" {
            return Err(Problem::NotFound);
        }
        let mut response = Response::new(AnswerBody::Empty);
        *response.status_mut() = StatusCode::SEE_OTHER;
        let location = HeaderValue::from_str(&format!("{}/", self.app.settings.path));
        response.headers_mut().insert(header::LOCATION, location.map_err(|_| Problem::NotFound)?);
        Ok(Answer::ours(response))
    }

    fn refuse(&self, question: &Question, why: Turned) -> Result<Answer, Problem> {
        let Question { visit, target, audience, request, .. } = question;
        if why.refusal.remedy() == Remedy::Nothing {
            return Err(Problem::Forbidden("a rule of this site does not let you pass"));
        }
        let (settings, here) = (&self.app.settings, &visit.here);
        let refused = Refused { settings, here, target, method: request.method(), headers: request.headers(), why };
        let response = match audience {
            Audience::Person => refused.redirect(Form::Short),
            Audience::Program => refused.unauthenticated(Form::Short),
        };
        Ok(Answer { rule: Some(why.rule), ..Answer::ours(response) })
    }

    async fn forward(&self, pass: &Pass, question: Question) -> Result<Answer, Problem> {
        let Question { visit, arrival, target, mut request, pinned, hold, .. } = question;
        let passage = websocket::passage(&request);
        if passage == Passage::WebSocket && admission::is_ambient(pass, request.headers()) {
            let from_here = socket_origin::check(request.headers(), &visit.here);
            from_here.map_err(|reason| form::forged(&visit, reason))?;
        }
        let visitor = hyper::upgrade::on(&mut request);
        let (parts, body) = request.into_parts();
        let assertion = self.app.assertions.of(pass, &visit.here, visit.now);
        let onward = Onward {
            names: &pass.site().settings.identity_headers,
            identity: pass.identity().map(AsRef::as_ref),
            assertion: assertion.as_ref(),
            authorization: admission::addressee(pass),
            arrival: &arrival,
            here: &visit.here,
            via: &self.via,
            version: parts.version,
            passage,
        };
        let headers = CleanHeaders::for_upstream(parts.headers, &onward)
            .map_err(|come_back| Problem::UpstreamUnreachable(come_back.to_string()))?;
        let bytes = parts.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        let ask = Ask { method: parts.method, target: bytes, pinned };
        let answer = match passage {
            Passage::Exchange => self.upstreams.forward(pass, ask, headers, body).await,
            Passage::WebSocket => {
                let Some(lifeline) = self.lifeline(pass, hold) else {
                    // It ended between the look at it and here.
                    let event = Event::AccessRefused { refusal: Refusal::SessionEnded, rule: pass.rule() };
                    Audit::note(&event, &visit.scene());
                    let (settings, here, method) = (&self.app.settings, &visit.here, &ask.method);
                    let (target, headers) = (&target, &HeaderMap::new());
                    let why = Turned { refusal: Refusal::SessionEnded, rule: pass.rule(), offer: Offer::SignIn };
                    let refused = Refused { settings, here, target, method, headers, why };
                    let answer = Answer::ours(refused.unauthenticated(Form::Short));
                    return Ok(Answer { rule: Some(why.rule), ..answer });
                };
                self.upstreams.forward_upgrade(pass, ask, headers, visitor, lifeline).await
            }
        };
        let response = answer.map_err(|error| problem(&error))?;
        Ok(Answer::passed(response, Author::Site, pass))
    }

    /// What a tunnel hangs on; `None` where the session, token or account ended or changed since.
    fn lifeline(&self, pass: &Pass, hold: Box<dyn Any + Send + Sync>) -> Option<Lifeline> {
        let directory = Arc::clone(&self.app.directory);
        let (ended, touch): (_, Box<dyn Fn() + Send + Sync>) = match pass.asker() {
            Asker::Session(Evidence { session, .. }) => {
                let session = *session;
                (directory.watch(session)?, Box::new(move || directory.touch(session)))
            }
            Asker::Token(token, _) => {
                let token = *token;
                (directory.watch_token(token)?, Box::new(move || directory.touch_token(token)))
            }
            Asker::Password(identity) => (directory.watch_account(identity.account), Box::new(|| ())),
            // Nobody was asked for: nothing ends it but its two sides and the gateway's own end.
            Asker::Nobody(_) => (CancellationToken::new(), Box::new(|| ())),
        };
        let stands = pass.identity().is_none_or(|identity| self.app.directory.is_current(identity));
        stands.then_some(Lifeline { ended, touch, hold })
    }
}

/// Who is at fault for an exchange that failed.
fn problem(error: &UpstreamError) -> Problem {
    match error {
        UpstreamError::TimedOut => Problem::UpstreamTimeout,
        UpstreamError::Visitor(_) => Problem::BadRequest("the body of the request broke off or stopped arriving"),
        UpstreamError::Unreachable(_) | UpstreamError::InvalidAnswer(_) | UpstreamError::Tls(_) => {
            Problem::UpstreamUnreachable(error.to_string())
        }
    }
}
