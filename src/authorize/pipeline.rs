//! May this request pass? One way in, for the gate and for the questions of other proxies alike.
//!
//! The rules are found first, since they say what may be shown: those of the request's target, and those of the places
//! that it names in `Destination` and the like. Then the asker; then the rules decide. A session always comes first: an `Authorization` field that is meant for the site neither overrides nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::audit::{Audit, Event};
use crate::authorize::denial::Offer;
use crate::authorize::second_target;
use crate::domain::denial_reason::DenialReason;
use crate::domain::path::PathInterpretations;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::{self, Addressee, NameAndPassword, Shown};
use crate::login::BasicOutcome;
use crate::policy::{Budget, BudgetExceeded, Credential, Permit, PolicyMatch, PolicyQuery, Principal, RuleId, Site};
use crate::web::Problem;
use crate::web::Visit;
use crate::web::request_method;
use crate::web::{App, Settings};

/// A request that wants to pass.
#[derive(Debug, Clone, Copy)]
pub struct AccessRequest<'a> {
    /// Who visits.
    pub visit: &'a Visit,
    /// The site of the visit.
    pub site: &'a Arc<Site>,
    /// The method.
    pub method: &'a Method,
    /// Path and query.
    pub target: &'a RequestTarget,
    /// What may hold a cookie or `Authorization`.
    pub headers: &'a HeaderMap,
}

/// A request that may not pass.
#[derive(Debug, Clone, Copy)]
pub struct Denial {
    /// Why not.
    pub reason: DenialReason,
    /// By which rule.
    pub rule: RuleId,
    /// What may be shown instead.
    pub offer: Offer,
}

/// Lets the request pass or says why not. An error means that nobody can tell: no pass.
pub async fn admit(app: &App, wish: &AccessRequest<'_>) -> Result<Result<Permit, Denial>, Problem> {
    let AccessRequest { visit, headers, .. } = *wish;
    let claimed = request_method::overridden(headers)?;
    let second = second_target::read(app, headers, &visit.here, wish.site)?;
    let path = readings(&app.settings, wish.target)?;
    let mut places = Vec::new();
    for place in &second {
        places.push((readings(&app.settings, &place.target)?, place.methods(wish.method, &claimed)));
    }
    let mut budget = Budget::for_one_request();
    let mut policy_match = policy_match(wish, &path, wish.method, &claimed, &mut budget)?;
    for (path, methods) in &places {
        let Some((method, also)) = methods.split_first() else { continue };
        policy_match = policy_match.and(&self::policy_match(wish, path, method, also, &mut budget)?);
    }
    let asker = app.authn.who(headers, &visit.here, visit.now).await?;
    let asker = match asker {
        Principal::Anonymous(why) => without_session(app, wish, &policy_match, why).await?,
        known @ (Principal::Session(_) | Principal::Token(..) | Principal::Password(_)) => known,
    };
    Ok(policy_match.decide(asker, visit.now).map_err(|reason| {
        let offer = match (policy_match.accepts(Credential::Basic), policy_match.accepts(Credential::Token)) {
            (true, _) => Offer::Password,
            (false, true) => Offer::Token,
            (false, false) => Offer::SignIn,
        };
        let turned = Denial { reason, rule: policy_match.rule(), offer };
        Audit::note(&Event::AccessDenied { reason, rule: turned.rule }, &visit.scene());
        turned
    }))
}

/// A password that let the request pass is nothing for the site; a field that was not looked at is the site's.
pub fn addressee(pass: &Permit) -> Addressee {
    match pass.asker() {
        Principal::Password(_) => Addressee::Us,
        Principal::Anonymous(_) | Principal::Session(_) | Principal::Token(..) => Addressee::Site,
    }
}

/// Whether a browser adds what let the request pass by itself, so that a page of another site may be behind it.
pub fn is_ambient(pass: &Permit, headers: &HeaderMap) -> bool {
    match pass.asker() {
        Principal::Session(_) | Principal::Password(_) => true,
        Principal::Token(..) => authorization::is_ambient(headers),
        Principal::Anonymous(_) => false,
    }
}

/// Every way to read the path. A site never gets one that some server could take for a page of ours: what it serves
/// there would stand at an address where people trust the sign-in, and a site that is a proxy itself could lead it back
/// to us. Nothing of a site can have such an address, since the plain spelling never reaches it.
pub fn readings<'a>(settings: &Settings, target: &'a RequestTarget) -> Result<PathInterpretations<'a>, Problem> {
    let readings = PathInterpretations::of(target.path());
    if settings.could_own(&readings) {
        return Err(Problem::BadRequest("the path could be read as that of one of the gateway's own pages"));
    }
    Ok(readings)
}

/// The rules of a path for one method and for every other that the site may take for it.
fn policy_match<'a>(
    wish: &AccessRequest<'a>,
    path: &'a PathInterpretations<'a>,
    method: &'a Method,
    also: &'a [Method],
    budget: &mut Budget,
) -> Result<PolicyMatch<'a>, BudgetExceeded> {
    let AccessRequest { visit, site, .. } = *wish;
    PolicyMatch::find(&PolicyQuery { site, method, also, path, client: visit.client }, budget)
}

/// Who asks without a session. Nothing that the rule does not take is looked at, and nothing that is not of our form: it
/// is meant for the site.
async fn without_session(
    app: &App,
    wish: &AccessRequest<'_>,
    policy_match: &PolicyMatch<'_>,
    why: DenialReason,
) -> Result<Principal, Problem> {
    let AccessRequest { visit, site, headers, .. } = *wish;
    if !policy_match.accepts(Credential::Token) && !policy_match.accepts(Credential::Basic) {
        return Ok(Principal::Anonymous(why));
    }
    match authorization::read(headers) {
        Shown::Token(token) if policy_match.accepts(Credential::Token) => {
            Ok(app.authn.token(&token, &site.settings.host, visit.now).await?)
        }
        Shown::Password(pair) if policy_match.accepts(Credential::Basic) => by_password(app, visit, &pair).await,
        Shown::Token(_) | Shown::Password(_) | Shown::Nothing => Ok(Principal::Anonymous(why)),
    }
}

async fn by_password(app: &App, visit: &Visit, pair: &NameAndPassword) -> Result<Principal, Problem> {
    match app.login.basic(&visit.attempt(None), pair.name(), pair.password()).await? {
        BasicOutcome::Right(account) => {
            let identity = app.authn.account(account).await?;
            Ok(identity.map_or(Principal::Anonymous(DenialReason::WrongPassword), Principal::Password))
        }
        BasicOutcome::Wrong => Ok(Principal::Anonymous(DenialReason::WrongPassword)),
        BasicOutcome::Wait(wait) => Err(Problem::TooMany(wait)),
        BasicOutcome::Busy => Err(Problem::Unavailable("too many passwords are being checked".to_owned())),
    }
}
