//! One question and its answer.

use std::sync::Arc;

use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::request::Parts;
use http::{Response, StatusCode};

use crate::audit::{Audit, Event};
use crate::authorize::denial::DenialResponse;
use crate::authorize::pipeline::{self, AccessRequest, Denial};
use crate::authorize::websocket_origin;
use crate::authz::original::Original;
use crate::authz::style::{Hears, Reader, Sends, Style};
use crate::authz::trust::Trust;
use crate::authz::{claimed_identity, contradiction};
use crate::domain::client::Peer;
use crate::domain::denial_reason::Remedy;
use crate::domain::identifier::RequestId;
use crate::domain::network::TrustedProxies;
use crate::headers::audience::Audience;
use crate::headers::authorization;
use crate::headers::{cookie, forwarded, identity};
use crate::platform::clock::Timestamp;
use crate::policy::{Permit, Site};
use crate::upstream::AnswerBody;
use crate::web::login_url::Form;
use crate::web::{Answer, App, Author, Hosted, Problem, Visit, check_path, check_scheme, form};

/// Fields of a yes.
const MOST_FIELDS: usize = 16;

/// The names of fields that Envoy takes away from the request.
const REMOVE: HeaderName = HeaderName::from_static("x-envoy-auth-headers-to-remove");

/// In the log, where a proxy asks for the page of a refusal and nothing is refused.
const UNUSED: &str = "the proxy could not use a yes: it met no answer, or one that did not fit its buffer";

/// A question as it arrived.
#[derive(Debug, Clone, Copy)]
pub struct ForwardAuthRequest<'a> {
    /// How it is asked.
    pub style: &'static Style,
    /// Who asks.
    pub peer: Peer,
    /// Names it in the log.
    pub request: RequestId,
    /// When.
    pub now: Timestamp,
    /// Its head: of the body nothing is read. nginx announces one that it does not send.
    pub head: &'a Parts,
    /// What stands behind the style's own path, query included.
    pub behind: &'a str,
}

/// What the proxy is told, and about which visit.
pub struct ForwardAuthResponse {
    /// The visit, as far as it was understood.
    pub visit: Option<Visit>,
    /// The answer.
    pub answer: Result<Answer, Problem>,
}

/// Answers the questions of other proxies.
pub struct Authz {
    app: Arc<App>,
    trust: Trust,
}

impl ForwardAuthRequest<'_> {
    pub(super) const fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }
}

impl Authz {
    /// Answers these proxies and nobody else.
    pub fn new(app: Arc<App>, proxies: TrustedProxies) -> Self {
        Self { app, trust: Trust::new(proxies) }
    }

    /// Answers one question.
    pub async fn answer(&self, request: ForwardAuthRequest<'_>) -> ForwardAuthResponse {
        match self.understand(&request) {
            Ok((visit, site, original)) => {
                let answer = self.decide(&request, &visit, &site, &original).await;
                if let Err(problem @ Problem::BadRequest(_)) = &answer {
                    Audit::note(&Event::QuestionRefused { reason: problem.to_string() }, &visit.scene());
                }
                ForwardAuthResponse { visit: Some(visit), answer }
            }
            Err(problem) => {
                let scene = crate::audit::Scene {
                    at: request.now,
                    client: crate::domain::client::ClientAddress::of_peer(request.peer),
                    request: request.request,
                    account: None,
                };
                Audit::note(&Event::QuestionRefused { reason: problem.to_string() }, &scene);
                ForwardAuthResponse { visit: None, answer: Err(problem) }
            }
        }
    }

    /// What is asked, of which site, by whom: in one way only, or not at all.
    fn understand(&self, request: &ForwardAuthRequest<'_>) -> Result<(Visit, Arc<Site>, Original), Problem> {
        let proxies = self.trust.check(request.peer)?;
        let original = (request.style.read)(request)?;
        contradiction::check(request.style, request.headers(), &original)?;
        let client = forwarded::client(request.headers(), request.peer, proxies)
            .map_err(|contradiction| Problem::BadRequest(contradiction.0))?;
        check_scheme(&original.origin, self.app.settings.plain_http)?;
        let Some(Hosted::Site(site)) = self.app.hosted(original.origin.authority().host()) else {
            return Err(Problem::BadRequest("no site is configured for the host that was asked for"));
        };
        claimed_identity::check(request.style, request.headers(), &site.settings.identity_headers)?;
        if self.app.settings.owns(original.target.path()) {
            return Err(Problem::BadRequest("the gateway's own pages must be passed to it without asking"));
        }
        check_path(&original.target, Some(&site))?;
        let here = original.origin.clone();
        let visit = Visit { request: request.request, now: request.now, client, here, site: Some(Arc::clone(&site)) };
        Ok((visit, site, original))
    }

    async fn decide(
        &self,
        request: &ForwardAuthRequest<'_>,
        visit: &Visit,
        site: &Arc<Site>,
        original: &Original,
    ) -> Result<Answer, Problem> {
        let (headers, Original { method, target, .. }) = (request.headers(), original);
        let wish = AccessRequest { visit, site, method, target, headers };
        match pipeline::admit(&self.app, &wish).await? {
            Ok(pass) => {
                let socket = headers.contains_key(header::UPGRADE) || headers.contains_key(header::SEC_WEBSOCKET_KEY);
                if socket && pipeline::is_ambient(&pass, headers) {
                    websocket_origin::check(headers, &visit.here).map_err(|reason| form::forged(visit, reason))?;
                }
                if request.style.reader == Reader::Visitor {
                    return Err(Problem::Unavailable(UNUSED.to_owned()));
                }
                let assertion = self.app.assertions.of(&pass, &visit.here, visit.now);
                Ok(yes(&pass, assertion, request))
            }
            Err(why) => self.no(request, &wish, why),
        }
    }

    fn no(&self, request: &ForwardAuthRequest<'_>, wish: &AccessRequest<'_>, why: Denial) -> Result<Answer, Problem> {
        if why.reason.remedy() == Remedy::Nothing {
            return Err(Problem::Forbidden("a rule of this site does not let you pass"));
        }
        let AccessRequest { visit, method, target, headers, .. } = *wish;
        let denial_response =
            DenialResponse { settings: &self.app.settings, here: &visit.here, target, method, headers, why };
        let response = match (Audience::of(headers), request.style.sends) {
            (Audience::Program, _) => denial_response.unauthenticated(Form::Whole),
            (Audience::Person, Sends::Redirect) => denial_response.redirect(Form::Whole),
            (Audience::Person, Sends::Unauthorized) => {
                let mut response = denial_response.unauthenticated(Form::Whole);
                response.headers_mut().insert(header::LOCATION, denial_response.location(Form::Whole));
                response
            }
        };
        Ok(Answer { rule: Some(why.rule), ..Answer::ours(response) })
    }
}

/// Exactly 200 (Envoy takes nothing else), every identity field, and what the site may see of the visitor's credentials: an
/// identity field that we left out would reach the site as the visitor wrote it (Caddy GHSA-7r4p-vjf4-gxv4).
fn yes(pass: &Permit, assertion: Option<HeaderValue>, request: &ForwardAuthRequest<'_>) -> Answer {
    let mut response = Response::new(AnswerBody::Empty);
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.reserve(MOST_FIELDS);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let names = &pass.site().settings.identity_headers;
    identity::answer(headers, names, pass.identity().map(AsRef::as_ref), assertion);
    for_the_site(headers, pass, request);
    Answer::passed(response, Author::Decision, pass)
}

/// The visitor's cookies and `Authorization` as the site may see them.
fn for_the_site(answer: &mut HeaderMap, pass: &Permit, request: &ForwardAuthRequest<'_>) {
    let hears = request.style.hears;
    let names = match hears {
        Hears::Authorization => &[header::AUTHORIZATION][..],
        Hears::Credentials | Hears::CredentialsAndRemovals => &[header::AUTHORIZATION, header::COOKIE],
    };
    let mut theirs = HeaderMap::new();
    for name in names {
        for line in request.headers().get_all(name) {
            theirs.append(name, line.clone());
        }
    }
    cookie::strip(&mut theirs);
    authorization::strip(&mut theirs, pipeline::addressee(pass));
    if hears == Hears::CredentialsAndRemovals {
        for gone in names.iter().filter(|name| request.headers().contains_key(*name) && !theirs.contains_key(*name)) {
            answer.append(REMOVE, gone.clone().into());
        }
        if request.headers().contains_key(authorization::TOKEN) {
            answer.append(REMOVE, authorization::TOKEN.into());
        }
        for foreign in claimed_identity::foreign(request.headers(), &pass.site().settings.identity_headers) {
            answer.append(REMOVE, foreign.clone().into());
        }
    }
    answer.extend(theirs);
}
