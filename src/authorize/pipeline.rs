//! The pipeline: rules, principal, decision. `proxy` and `authz` share it.
//!
//! The rules are found first, because they decide which credentials are read: the rules for the request's own target,
//! and for the targets that it names in `Destination` and similar fields. Then the principal is determined, and the
//! rules are applied to it. A session takes precedence: an `Authorization` field meant for the site neither overrides
//! nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::authorize::second_target;
use crate::authorize::websocket_origin;
use crate::domain::denial_reason::DenialReason;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::identity::Identity;
use crate::domain::path::PathInterpretations;
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::{self, Addressee, NameAndPassword, PresentedCredential};
use crate::login::BasicOutcome;
use crate::policy::{Budget, Credential, Permit, PolicyMatch, PolicyQuery, Principal, RuleId, Site};
use crate::web::{App, Problem, Settings, form, request_method};

/// What the policy decides about: a method and target on a site, with the credentials of the request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct AccessRequest<'a> {
    /// The facts of the request.
    pub context: &'a RequestContext,
    /// The site that `context` names.
    pub site: &'a Arc<Site>,
    pub method: &'a Method,
    /// Path and query.
    pub target: &'a RequestTarget,
    /// The header fields. Cookies, `Authorization`, method overrides and second targets are read from them.
    pub headers: &'a HeaderMap,
    /// An ordinary exchange or a WebSocket.
    pub kind: ExchangeKind,
}

/// The decision that a request may not pass.
#[derive(Debug, Clone)]
pub(crate) struct Denial {
    pub reason: DenialReason,
    /// The person who is signed in and denied; `None` for a token or password, whose holder gets no name to read.
    pub person: Option<Arc<Identity>>,
    /// The rule that denied it.
    pub rule: RuleId,
    /// The credentials that the rule accepts.
    pub offer: Offer,
}

/// The credentials that a rule accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Offer {
    /// A session only, so the person has to sign in.
    SignIn,
    /// An access token in the request as well.
    Token,
    /// Name and password in the request as well.
    Password,
}

/// Returns a permit or a denial, whose event [`denial::respond`](super::denial::respond) writes. An error means that neither could be decided; the request does not pass.
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
        kind: request.kind,
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
    let person = match &principal {
        Principal::Session(evidence) => Some(Arc::clone(&evidence.identity)),
        Principal::Anonymous(_) | Principal::Token(..) | Principal::Password(_) => None,
    };
    match matched.decide(principal, context.now) {
        Ok(permit) => {
            check_websocket_origin(request, &permit)?;
            Ok(Ok(permit))
        }
        Err(reason) => Ok(Err(Denial { person, ..deny(reason, &matched) })),
    }
}

fn deny(reason: DenialReason, matched: &PolicyMatch<'_>) -> Denial {
    let offer = match (matched.accepts(Credential::Basic), matched.accepts(Credential::Token)) {
        (true, _) => Offer::Password,
        (false, true) => Offer::Token,
        (false, false) => Offer::SignIn,
    };
    Denial { reason, person: None, rule: matched.rule(), offer }
}

/// Browsers let any page open a WebSocket to any host with the visitor's credentials (OWASP: cross-site WebSocket
/// hijacking).
fn check_websocket_origin(request: &AccessRequest<'_>, permit: &Permit) -> Result<(), Problem> {
    let AccessRequest { context, headers, kind, .. } = *request;
    if kind == ExchangeKind::WebSocket && is_ambient(permit, headers) {
        websocket_origin::check(headers, &context.origin).map_err(|reason| form::forged(context, reason))?;
    }
    Ok(())
}

/// Whom the request's `Authorization` is meant for: us if we checked the password in it, else the site.
pub(crate) fn addressee(permit: &Permit) -> Addressee {
    match permit.principal() {
        Principal::Password(_) => Addressee::Us,
        Principal::Anonymous(_) | Principal::Session(_) | Principal::Token(..) => Addressee::Site,
    }
}

/// Whether a browser adds this credential by itself, so that a page of another site could have caused the request.
fn is_ambient(permit: &Permit, headers: &HeaderMap) -> bool {
    match permit.principal() {
        Principal::Session(_) | Principal::Password(_) => true,
        Principal::Token(..) => authorization::is_ambient(headers),
        Principal::Anonymous(_) => false,
    }
}

/// All interpretations of the path. Refuses a path that some server could take for one of our pages. A site that served
/// it could imitate the sign-in at an address that people trust, and a site that is itself a proxy could send the
/// request back to us. No legitimate page has such an address, because its plain spelling never reaches the site.
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

/// The principal of a request without a session. Credentials that the rule does not accept or that do not have our
/// format are not read: they are meant for the site.
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
