//! Authorizes a request, cleans its headers and forwards it.

use std::any::Any;
use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body::{Body as _, SizeHint};
use tokio_util::sync::CancellationToken;

use crate::authorize::denial::{self, Relay};
use crate::authorize::{self, AccessRequest, Denial, Offer};
use crate::domain::denial_reason::DenialReason;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::headers::audience::Audience;
use crate::headers::clean::{CleanHeaders, UpstreamContext};
use crate::headers::forwarded::ForwardedInfo;
use crate::headers::via::Via;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::policy::{Evidence, Permit, Principal, Site};
use crate::proxy::websocket;
use crate::upstream::{
    AnswerBody, PinnedConnections, Touch, TunnelGuard, UpstreamError, Upstreams, VisitorBody, may_be_long,
};
use crate::web::{Answer, App, Author, Problem};

/// A request for a protected site, or for the portal's own host.
pub(crate) struct ProxyRequest {
    /// The facts of the request.
    pub context: RequestContext,
    /// The forwarding facts that are passed to the site.
    pub forwarded: ForwardedInfo,
    /// Path and query.
    pub target: RequestTarget,
    /// A person or a program; decides how a denial is answered.
    pub audience: Audience,
    pub request: Request<VisitorBody>,
    /// Connections to sites that are reserved for this client connection.
    pub pinned: Arc<PinnedConnections>,
    /// Held by a tunnel while it is open: its places in the limits on connections and exchanges.
    pub tunnel_permits: Box<dyn Any + Send + Sync>,
}

/// Handles requests for protected sites.
pub(crate) struct ProxyHandler {
    app: Arc<App>,
    upstreams: Upstreams,
    via: Via,
}

impl ProxyHandler {
    /// Forwards to `upstreams`. Draws the name of this process in `Via`.
    pub(crate) fn new(app: Arc<App>, upstreams: Upstreams, random: &mut Random) -> Result<Self, EntropyUnavailable> {
        Ok(Self { app, upstreams, via: Via::new(random.bytes()?) })
    }

    /// Handles one request.
    pub(crate) async fn handle(&self, request: ProxyRequest) -> Result<Answer, Problem> {
        let Some(site) = request.context.site.and_then(|site| self.app.sites.get(site)) else {
            return self.portal_alone(&request.target);
        };
        let kind = websocket::exchange_kind(&request.request);
        let access = access_request(&request, site, kind);
        match authorize::authorize(&self.app, &access).await? {
            Ok(permit) => self.forward(&permit, request, kind).await,
            Err(denial) => denial::respond(&self.app.settings, &access, denial, request.audience, Relay::Direct),
        }
    }

    /// Closes all tunnels.
    pub(crate) async fn close(&self) {
        self.upstreams.close_tunnels().await;
    }

    /// The portal's own host protects nothing: `/` redirects to the portal, other paths are not found.
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

    async fn forward(&self, permit: &Permit, request: ProxyRequest, kind: ExchangeKind) -> Result<Answer, Problem> {
        let ProxyRequest { context, forwarded, mut request, pinned, tunnel_permits, .. } = request;
        let visitor = hyper::upgrade::on(&mut request);
        let (parts, body) = request.into_parts();
        let assertion = self.app.assertions.of(permit, &context.origin, context.now);
        let upstream = UpstreamContext {
            names: &permit.site().settings.identity_headers,
            identity: permit.identity().map(AsRef::as_ref),
            assertion: assertion.as_ref(),
            authorization: authorize::addressee(permit),
            forwarded: &forwarded,
            origin: &context.origin,
            via: &self.via,
            version: parts.version,
            exchange_kind: kind,
        };
        let headers = CleanHeaders::for_upstream(parts.headers, &upstream)
            .map_err(|come_back| Problem::UpstreamUnreachable(come_back.to_string()))?;
        let answer = match kind {
            ExchangeKind::Http => self.exchange(permit, headers, body, pinned).await,
            ExchangeKind::WebSocket => {
                let Some(guard) = self.tunnel_guard(permit, tunnel_permits) else {
                    return self.ended_meanwhile(permit, &context);
                };
                self.upstreams.forward_upgrade(permit, headers, pinned, visitor, guard).await
            }
        };
        let response = answer.map_err(|error| problem(&error))?;
        Ok(Answer::passed(response, Author::Site, permit))
    }

    /// One exchange. The frames of a body that may take long, in either direction, are uses of the session.
    async fn exchange(
        &self,
        permit: &Permit,
        headers: CleanHeaders,
        body: VisitorBody,
        pinned: Arc<PinnedConnections>,
    ) -> Result<Response<AnswerBody>, UpstreamError> {
        let touch = |hint: &SizeHint| may_be_long(hint).then(|| self.touch(permit)).flatten();
        let body = match touch(&body.size_hint()) {
            Some(touch) => body.touching(touch),
            None => body,
        };
        let response = self.upstreams.forward(permit, headers, body, pinned).await?;
        Ok(response.map(|body| match touch(&body.size_hint()) {
            Some(touch) => body.touching(touch),
            None => body,
        }))
    }

    /// Records uses of what the request was permitted by; `None` if that has no idle limit.
    fn touch(&self, permit: &Permit) -> Option<Touch> {
        let registry = Arc::clone(&self.app.registry);
        match permit.principal() {
            Principal::Session(Evidence { session, .. }) => {
                let session = *session;
                Some(Arc::new(move || registry.touch(session)))
            }
            Principal::Token(token, _) => {
                let token = *token;
                Some(Arc::new(move || registry.touch_token(token)))
            }
            Principal::Password(_) | Principal::Anonymous(_) => None,
        }
    }

    /// The session, token or account ended between its check and the opening of the tunnel. Answered as to a program,
    /// because a browser does not show a page for a WebSocket.
    fn ended_meanwhile(&self, permit: &Permit, context: &RequestContext) -> Result<Answer, Problem> {
        let denial =
            Denial { reason: DenialReason::SessionEnded, person: None, rule: permit.rule(), offer: Offer::SignIn };
        let access = AccessRequest {
            context,
            site: permit.site(),
            method: permit.method(),
            target: permit.target(),
            headers: &HeaderMap::new(),
            kind: ExchangeKind::WebSocket,
        };
        denial::respond(&self.app.settings, &access, denial, Audience::Program, Relay::Direct)
    }

    /// Closes the tunnel when its session, token or account ends. `None` if that has ended or changed since the check.
    fn tunnel_guard(&self, permit: &Permit, tunnel_permits: Box<dyn Any + Send + Sync>) -> Option<TunnelGuard> {
        let registry = &self.app.registry;
        let ended = match permit.principal() {
            Principal::Session(Evidence { session, .. }) => registry.watch(*session)?,
            Principal::Token(token, _) => registry.watch_token(*token)?,
            Principal::Password(identity) => registry.watch_account(identity.account),
            // No credential was required, so only its two sides and the shutdown of the gateway end the tunnel.
            Principal::Anonymous(_) => CancellationToken::new(),
        };
        let touch = self.touch(permit).unwrap_or_else(|| Arc::new(|| ()));
        let current = permit.identity().is_none_or(|identity| self.app.registry.is_current(identity));
        current.then_some(TunnelGuard { ended, touch, tunnel_permits })
    }
}

fn access_request<'a>(request: &'a ProxyRequest, site: &'a Arc<Site>, kind: ExchangeKind) -> AccessRequest<'a> {
    let ProxyRequest { context, target, request, .. } = request;
    AccessRequest { context, site, method: request.method(), target, headers: request.headers(), kind }
}

/// The problem for a failed exchange: a fault of the visitor or of the site.
fn problem(error: &UpstreamError) -> Problem {
    match error {
        UpstreamError::TimedOut => Problem::UpstreamTimeout,
        UpstreamError::Visitor(_) => Problem::BadRequest("the body of the request broke off or stopped arriving"),
        UpstreamError::Target => Problem::BadRequest("the request target cannot be sent to the site"),
        UpstreamError::Unreachable(_)
        | UpstreamError::Handshake(_)
        | UpstreamError::InvalidAnswer(_)
        | UpstreamError::Tls(_) => Problem::UpstreamUnreachable(error.to_string()),
    }
}
