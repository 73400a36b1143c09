//! Decide, clean, forward.

use std::any::Any;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderValue};
use http::uri::PathAndQuery;
use http::{Request, Response, StatusCode};
use tokio_util::sync::CancellationToken;

use crate::audit::{Audit, Event};
use crate::authorize::denial::{DenialResponse, Offer};
use crate::authorize::pipeline::{self, AccessRequest, Denial};
use crate::authorize::websocket_origin;
use crate::domain::denial_reason::{DenialReason, Remedy};
use crate::domain::target::RequestTarget;
use crate::headers::audience::Audience;
use crate::headers::clean::{CleanHeaders, ExchangeKind, UpstreamContext};
use crate::headers::forwarded::ForwardedInfo;
use crate::headers::via::Via;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::policy::{Evidence, Permit, Principal};
use crate::proxy::websocket;
use crate::upstream::{
    AnswerBody, PinnedConnections, TunnelGuard, UpstreamError, UpstreamRequest, Upstreams, VisitorBody,
};
use crate::web::login_url::Form;
use crate::web::{Answer, App, Author, Problem, Visit, form};

/// One request, as `server/receive` understood it.
pub struct ProxyRequest {
    /// Who visits what.
    pub visit: Visit,
    /// Where the request comes from.
    pub forwarded: ForwardedInfo,
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
pub struct ProxyHandler {
    app: Arc<App>,
    upstreams: Upstreams,
    via: Via,
}

impl ProxyHandler {
    /// The door to `upstreams`. Chance gives this process its name in `Via`.
    pub fn new(app: Arc<App>, upstreams: Upstreams, random: &mut Random) -> Result<Self, EntropyUnavailable> {
        Ok(Self { app, upstreams, via: Via::new(random.bytes()?) })
    }

    /// Answers one request.
    pub async fn pass(&self, question: ProxyRequest) -> Result<Answer, Problem> {
        let ProxyRequest { visit, target, request, .. } = &question;
        let Some(site) = &visit.site else { return self.portal_alone(target) };
        let (method, headers) = (request.method(), request.headers());
        match pipeline::admit(&self.app, &AccessRequest { visit, site, method, target, headers }).await? {
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

    fn refuse(&self, question: &ProxyRequest, why: Denial) -> Result<Answer, Problem> {
        let ProxyRequest { visit, target, audience, request, .. } = question;
        if why.reason.remedy() == Remedy::Nothing {
            return Err(Problem::Forbidden("a rule of this site does not let you pass"));
        }
        let (settings, here) = (&self.app.settings, &visit.here);
        let denial_response =
            DenialResponse { settings, here, target, method: request.method(), headers: request.headers(), why };
        let response = match audience {
            Audience::Person => denial_response.redirect(Form::Short),
            Audience::Program => denial_response.unauthenticated(Form::Short),
        };
        Ok(Answer { rule: Some(why.rule), ..Answer::ours(response) })
    }

    async fn forward(&self, pass: &Permit, question: ProxyRequest) -> Result<Answer, Problem> {
        let ProxyRequest { visit, forwarded, target, mut request, pinned, hold, .. } = question;
        let exchange_kind = websocket::exchange_kind(&request);
        if exchange_kind == ExchangeKind::WebSocket && pipeline::is_ambient(pass, request.headers()) {
            let from_here = websocket_origin::check(request.headers(), &visit.here);
            from_here.map_err(|reason| form::forged(&visit, reason))?;
        }
        let visitor = hyper::upgrade::on(&mut request);
        let (parts, body) = request.into_parts();
        let assertion = self.app.assertions.of(pass, &visit.here, visit.now);
        let upstream = UpstreamContext {
            names: &pass.site().settings.identity_headers,
            identity: pass.identity().map(AsRef::as_ref),
            assertion: assertion.as_ref(),
            authorization: pipeline::addressee(pass),
            forwarded: &forwarded,
            here: &visit.here,
            via: &self.via,
            version: parts.version,
            exchange_kind,
        };
        let headers = CleanHeaders::for_upstream(parts.headers, &upstream)
            .map_err(|come_back| Problem::UpstreamUnreachable(come_back.to_string()))?;
        let bytes = parts.uri.path_and_query().cloned().unwrap_or(PathAndQuery::from_static("/"));
        let ask = UpstreamRequest { method: parts.method, target: bytes, pinned };
        let answer = match exchange_kind {
            ExchangeKind::Exchange => self.upstreams.forward(pass, ask, headers, body).await,
            ExchangeKind::WebSocket => {
                let Some(tunnel_guard) = self.tunnel_guard(pass, hold) else {
                    // It ended between the look at it and here.
                    let event = Event::AccessDenied { reason: DenialReason::SessionEnded, rule: pass.rule() };
                    Audit::note(&event, &visit.scene());
                    let (settings, here, method) = (&self.app.settings, &visit.here, &ask.method);
                    let (target, headers) = (&target, &HeaderMap::new());
                    let why = Denial { reason: DenialReason::SessionEnded, rule: pass.rule(), offer: Offer::SignIn };
                    let denial_response = DenialResponse { settings, here, target, method, headers, why };
                    let answer = Answer::ours(denial_response.unauthenticated(Form::Short));
                    return Ok(Answer { rule: Some(why.rule), ..answer });
                };
                self.upstreams.forward_upgrade(pass, ask, headers, visitor, tunnel_guard).await
            }
        };
        let response = answer.map_err(|error| problem(&error))?;
        Ok(Answer::passed(response, Author::Site, pass))
    }

    /// What a tunnel hangs on; `None` where the session, token or account ended or changed since.
    fn tunnel_guard(&self, pass: &Permit, hold: Box<dyn Any + Send + Sync>) -> Option<TunnelGuard> {
        let registry = Arc::clone(&self.app.registry);
        let (ended, touch): (_, Box<dyn Fn() + Send + Sync>) = match pass.asker() {
            Principal::Session(Evidence { session, .. }) => {
                let session = *session;
                (registry.watch(session)?, Box::new(move || registry.touch(session)))
            }
            Principal::Token(token, _) => {
                let token = *token;
                (registry.watch_token(token)?, Box::new(move || registry.touch_token(token)))
            }
            Principal::Password(identity) => (registry.watch_account(identity.account), Box::new(|| ())),
            // Nobody was asked for: nothing ends it but its two sides and the gateway's own end.
            Principal::Anonymous(_) => (CancellationToken::new(), Box::new(|| ())),
        };
        let stands = pass.identity().is_none_or(|identity| self.app.registry.is_current(identity));
        stands.then_some(TunnelGuard { ended, touch, hold })
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
