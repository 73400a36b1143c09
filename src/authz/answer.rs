//! Answers one forward-auth request.

use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Response, StatusCode};

use crate::audit::{Audit, Cause, Event};
use crate::authorize::{self, AccessRequest, denial};
use crate::authz::original::Original;
use crate::authz::request::{ForwardAuthRequest, Reader, RelayedFields};
use crate::authz::trust::Trust;
use crate::authz::{claimed_identity, contradiction};
use crate::domain::client::ClientAddress;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::network::TrustedProxies;
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::headers::audience::Audience;
use crate::headers::{authorization, cookie, forwarded, identity};
use crate::policy::{Permit, Site};
use crate::upstream::AnswerBody;
use crate::web::{Answer, App, Author, HostRole, Problem, check_path, check_scheme};

/// Capacity for the header fields of a 200.
const MOST_FIELDS: usize = 16;

/// Names request headers that Envoy removes before it forwards the request.
const REMOVE: HeaderName = HeaderName::from_static("x-envoy-auth-headers-to-remove");

/// Logged when a proxy fetches the page for a denial but the request is permitted.
const UNUSED: &str = "the proxy could not use a yes: it met no answer, or one that did not fit its buffer";

/// The response for the proxy, and the context of the original request.
pub(crate) struct ForwardAuthResponse {
    /// What the visitor asked the site for, if it could be read: pages about the answer link back to it.
    pub target: Option<RequestTarget>,
    /// The context of the original request; `None` if it could not be read.
    pub context: Option<RequestContext>,
    pub answer: Result<Answer, Problem>,
}

/// Answers forward-auth requests.
pub(crate) struct Authz {
    app: Arc<App>,
    trust: Trust,
}

/// An original request that can be read in one way only.
struct Understood {
    context: RequestContext,
    site: Arc<Site>,
    original: Original,
}

impl Authz {
    /// Answers only these proxies.
    pub(crate) fn new(app: Arc<App>, proxies: TrustedProxies) -> Self {
        Self { app, trust: Trust::new(proxies) }
    }

    /// Answers one forward-auth request. Refused ones are logged as audit events.
    pub(crate) async fn answer(&self, request: ForwardAuthRequest<'_>) -> ForwardAuthResponse {
        match self.understand(&request) {
            Ok(understood) => {
                let answer = self.decide(&request, &understood).await;
                if let Err(problem @ Problem::BadRequest(_)) = &answer {
                    let event = Event::QuestionRefused { reason: problem.to_string() };
                    Audit::note(&event, &understood.context, None);
                }
                ForwardAuthResponse {
                    target: Some(understood.original.target),
                    context: Some(understood.context),
                    answer,
                }
            }
            Err(problem) => {
                let event = Event::QuestionRefused { reason: problem.to_string() };
                let peer = ClientAddress::of_peer(request.peer);
                Audit::note(&event, Cause::Unreadable { id: request.id, now: request.now, peer }, None);
                ForwardAuthResponse { target: None, context: None, answer: Err(problem) }
            }
        }
    }

    /// Reads the original request, its site and its client. Anything that can be read in two ways is an error.
    fn understand(&self, request: &ForwardAuthRequest<'_>) -> Result<Understood, Problem> {
        let proxies = self.trust.check(request.peer)?;
        let original = (request.style.read)(request)?;
        contradiction::check(request.style, request.headers(), &original)?;
        let client = forwarded::client(request.headers(), request.peer, proxies)
            .map_err(|contradiction| Problem::BadRequest(contradiction.0))?;
        check_scheme(&original.origin, self.app.settings.plain_http)?;
        let host = original.origin.authority().host();
        let Some(HostRole::Site(site)) = self.app.host_role(host) else {
            return Err(Problem::BadRequest("no site is configured for the host that was asked for"));
        };
        claimed_identity::check(request.style, request.headers(), &site.settings.identity_headers)?;
        if self.app.settings.owns(original.target.path()) {
            return Err(Problem::BadRequest("the gateway's own pages must be passed to it without asking"));
        }
        check_path(&original.target, Some(&site))?;
        let context = RequestContext {
            id: request.id,
            now: request.now,
            client,
            site: Some(site.id),
            configured_host: site.configured_host(host).cloned(),
            origin: original.origin.clone(),
        };
        Ok(Understood { context, site, original })
    }

    async fn decide(&self, request: &ForwardAuthRequest<'_>, understood: &Understood) -> Result<Answer, Problem> {
        let Understood { context, site, original: Original { method, target, .. } } = understood;
        let headers = request.headers();
        let asks = headers.contains_key(header::UPGRADE) || headers.contains_key(header::SEC_WEBSOCKET_KEY);
        let kind = if asks { ExchangeKind::WebSocket } else { ExchangeKind::Http };
        let access = AccessRequest { context, site, method, target, headers, kind };
        match authorize::authorize(&self.app, &access).await? {
            Ok(_) if request.style.reader == Reader::Visitor => Err(Problem::Unavailable(UNUSED.to_owned())),
            Ok(permit) => {
                let assertion = self.app.assertions.of(&permit, &context.origin, context.now);
                Ok(yes(&permit, assertion, request))
            }
            Err(denial) => {
                let settings = &self.app.settings;
                let relay = request.style.relay;
                denial::respond(settings, &access, denial, Audience::of(headers), relay)
            }
        }
    }
}

/// The response for a permit. Its status is exactly 200, because Envoy accepts nothing else. It contains every identity
/// field and the visitor's credentials as the site may see them: an identity field left out here would reach the site
/// as the visitor wrote it (Caddy GHSA-7r4p-vjf4-gxv4).
fn yes(permit: &Permit, assertion: Option<HeaderValue>, request: &ForwardAuthRequest<'_>) -> Answer {
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.reserve(MOST_FIELDS);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let names = &permit.site().settings.identity_headers;
    identity::answer(headers, names, permit.identity().map(AsRef::as_ref), assertion);
    for_the_site(headers, permit, request);
    Answer::passed(response, Author::Decision, permit)
}

/// Adds the visitor's cookies and `Authorization` as the site may see them.
fn for_the_site(answer: &mut HeaderMap, permit: &Permit, request: &ForwardAuthRequest<'_>) {
    let relayed = request.style.relayed;
    let names = match relayed {
        RelayedFields::Authorization => &[header::AUTHORIZATION][..],
        RelayedFields::Credentials | RelayedFields::CredentialsAndRemovals => &[header::AUTHORIZATION, header::COOKIE],
    };
    let mut theirs = HeaderMap::new();
    for name in names {
        for line in request.headers().get_all(name) {
            theirs.append(name, line.clone());
        }
    }
    cookie::strip(&mut theirs);
    authorization::strip(&mut theirs, authorize::addressee(permit));
    if relayed == RelayedFields::CredentialsAndRemovals {
        for gone in names.iter().filter(|name| request.headers().contains_key(*name) && !theirs.contains_key(*name)) {
            answer.append(REMOVE, gone.clone().into());
        }
        if request.headers().contains_key(authorization::TOKEN) {
            answer.append(REMOVE, authorization::TOKEN.into());
        }
        for foreign in claimed_identity::foreign(request.headers(), &permit.site().settings.identity_headers) {
            answer.append(REMOVE, foreign.clone().into());
        }
    }
    answer.extend(theirs);
}
