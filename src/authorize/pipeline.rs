//! The pipeline: rules, then the principal, then the decision. One for the proxy and for the questions of other
//! proxies.
//!
//! The rules are found first, because they say which credentials count: those of the request's own target, and those of
//! the targets that it names in `Destination` and the like. Then the principal; then the rules decide. A session always
//! comes first: an `Authorization` field that is meant for the site neither overrides nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::audit::{Audit, Event};
use crate::authorize::second_target;
use crate::authorize::websocket_origin;
use crate::domain::denial_reason::DenialReason;
use crate::domain::path::PathInterpretations;
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::{self, Addressee, NameAndPassword, PresentedCredential};
use crate::headers::clean::ExchangeKind;
use crate::login::BasicOutcome;
use crate::policy::{Budget, Credential, Permit, PolicyMatch, PolicyQuery, Principal, RuleId, Site};
use crate::web::{App, Problem, Settings, form, request_method};

/// What the policy judges: who wants what, by which credentials.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessRequest<'a> {
    /// The facts of the request.
    pub context: &'a RequestContext,
    /// The site of the context.
    pub site: &'a Arc<Site>,
    /// The method.
    pub method: &'a Method,
    /// Path and query.
    pub target: &'a RequestTarget,
    /// The fields that may hold a cookie or `Authorization`.
    pub headers: &'a HeaderMap,
    /// Whether it asks for a WebSocket.
    pub kind: ExchangeKind,
}

/// A request that may not pass.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Denial {
    /// Why not.
    pub reason: DenialReason,
    /// By which rule.
    pub rule: RuleId,
    /// Which credentials the rule takes instead.
    pub offer: Offer,
}

/// The credentials that a rule takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    /// The session of a person who signs in.
    SignIn,
    /// An access token with the request itself as well.
    Token,
    /// Name and password with the request itself as well.
    Password,
}

/// Permits the request or says why not. An error means that nobody can tell: no permit.
pub(crate) async fn authorize(app: &App, request: &AccessRequest<'_>) -> Result<Result<Permit, Denial>, Problem> {
    let AccessRequest { context, headers, .. } = *request;
    let claimed = request_method::overridden(headers)?;
    let second = second_target::read(app, headers, &context.origin, request.site)?;
    let path = interpretations(&app.settings, request.target)?;
    let mut places = Vec::new();
    for place in &second {
        places.push((place, interpretations(&app.settings, &place.target)?, place.methods(request.method, &claimed)));
    }
    let mut budget = Budget::for_one_request();
    let own = PolicyQuery {
        site: request.site,
        method: request.method,
        also: &claimed,
        target: request.target,
        path: &path,
        client: context.client,
    };
    let mut matched = PolicyMatch::find(&own, &mut budget)?;
    for (place, path, methods) in &places {
        let Some((method, also)) = methods.split_first() else { continue };
        let query = PolicyQuery { method, also, target: &place.target, path, ..own };
        matched = matched.and(&PolicyMatch::find(&query, &mut budget)?);
    }
    let principal = match app.authn.session(headers, &context.origin, context.now).await? {
        Principal::Anonymous(why) => without_session(app, request, &matched, why).await?,
        known @ (Principal::Session(_) | Principal::Token(..) | Principal::Password(_)) => known,
    };
    match matched.decide(principal, context.now) {
        Ok(permit) => {
            check_websocket_origin(request, &permit)?;
            Ok(Ok(permit))
        }
        Err(reason) => Ok(Err(deny(context, reason, &matched))),
    }
}

fn deny(context: &RequestContext, reason: DenialReason, matched: &PolicyMatch<'_>) -> Denial {
    let offer = match (matched.accepts(Credential::Basic), matched.accepts(Credential::Token)) {
        (true, _) => Offer::Password,
        (false, true) => Offer::Token,
        (false, false) => Offer::SignIn,
    };
    let denial = Denial { reason, rule: matched.rule(), offer };
    Audit::note(&Event::AccessDenied { reason, rule: denial.rule }, context, None);
    denial
}

/// A browser lets any page open a WebSocket to any host, with the visitor's credentials (OWASP: cross-site WebSocket
/// hijacking).
fn check_websocket_origin(request: &AccessRequest<'_>, permit: &Permit) -> Result<(), Problem> {
    let AccessRequest { context, headers, kind, .. } = *request;
    if kind == ExchangeKind::WebSocket && is_ambient(permit, headers) {
        websocket_origin::check(headers, &context.origin).map_err(|reason| form::forged(context, reason))?;
    }
    Ok(())
}

/// Whose the request's `Authorization` is: a password that was judged is not the site's; a field that was not looked at
/// is.
pub(crate) fn addressee(permit: &Permit) -> Addressee {
    match permit.principal() {
        Principal::Password(_) => Addressee::Us,
        Principal::Anonymous(_) | Principal::Session(_) | Principal::Token(..) => Addressee::Site,
    }
}

/// Whether a browser adds the credential by itself, so that a page of another site may be behind the request.
fn is_ambient(permit: &Permit, headers: &HeaderMap) -> bool {
    match permit.principal() {
        Principal::Session(_) | Principal::Password(_) => true,
        Principal::Token(..) => authorization::is_ambient(headers),
        Principal::Anonymous(_) => false,
    }
}

/// Every interpretation of the path. A site never gets a path that some server could take for one of our pages: what it
/// serves there would stand at an address where people trust the sign-in, and a site that is a proxy itself could lead
/// it back to us. No page of a site can have such an address, since the plain spelling never reaches it.
pub(crate) fn interpretations<'a>(
    settings: &Settings,
    target: &'a RequestTarget,
) -> Result<PathInterpretations<'a>, Problem> {
    let path = PathInterpretations::of(target.path());
    if settings.could_own(&path) {
        return Err(Problem::BadRequest("the path could be read as that of one of the gateway's own pages"));
    }
    Ok(path)
}

/// The principal of a request without a session. Nothing that the rule does not take is looked at, and nothing that is
/// not of our form: it is meant for the site.
async fn without_session(
    app: &App,
    request: &AccessRequest<'_>,
    matched: &PolicyMatch<'_>,
    why: DenialReason,
) -> Result<Principal, Problem> {
    let AccessRequest { context, site, headers, .. } = *request;
    if !matched.accepts(Credential::Token) && !matched.accepts(Credential::Basic) {
        return Ok(Principal::Anonymous(why));
    }
    match authorization::read(headers) {
        PresentedCredential::Token(token) if matched.accepts(Credential::Token) => {
            Ok(app.authn.token(&token, &site.settings.host, context.now).await?)
        }
        PresentedCredential::Password(pair) if matched.accepts(Credential::Basic) => {
            by_password(app, context, &pair).await
        }
        PresentedCredential::Token(_) | PresentedCredential::Password(_) | PresentedCredential::Nothing => {
            Ok(Principal::Anonymous(why))
        }
    }
}

async fn by_password(app: &App, context: &RequestContext, pair: &NameAndPassword) -> Result<Principal, Problem> {
    match app.login.basic(context, pair.name(), pair.password()).await? {
        BasicOutcome::Right(account) => {
            let identity = app.authn.account(account).await?;
            Ok(identity.map_or(Principal::Anonymous(DenialReason::WrongPassword), Principal::Password))
        }
        BasicOutcome::Wrong => Ok(Principal::Anonymous(DenialReason::WrongPassword)),
        BasicOutcome::Wait(wait) => Err(Problem::TooMany(wait)),
        BasicOutcome::Busy => Err(Problem::Unavailable("too many passwords are being checked".to_owned())),
    }
}
