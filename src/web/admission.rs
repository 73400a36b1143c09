//! May this request pass? One way in, for the gate and for the questions of other proxies alike.
//!
//! The rules are found first, since they say what may be shown: those of the request's target, and those of the places
//! that it names in `Destination` and the like. Then the asker; then the rules decide. A session always comes first: an `Authorization` field that is meant for the site neither overrides nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::access::{Asked, Asker, Budget, Credential, OverBudget, Pass, RulePlace, Ruling, Site};
use crate::audit::{Audit, Event};
use crate::domain::path::Readings;
use crate::domain::refusal::Refusal;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::{self, Addressee, NameAndPassword, Shown};
use crate::login::BasicOutcome;
use crate::web::app::{App, Settings};
use crate::web::challenge::Offer;
use crate::web::problem::Problem;
use crate::web::request_method;
use crate::web::second_target;
use crate::web::visit::Visit;

/// A request that wants to pass.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
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
pub struct Turned {
    /// Why not.
    pub refusal: Refusal,
    /// By which rule.
    pub rule: RulePlace,
    /// What may be shown instead.
    pub offer: Offer,
}

/// Lets the request pass or says why not. An error means that nobody can tell: no pass.
pub async fn admit(app: &App, wish: &Wish<'_>) -> Result<Result<Pass, Turned>, Problem> {
    let Wish { visit, headers, .. } = *wish;
    let claimed = request_method::overridden(headers)?;
    let second = second_target::read(app, headers, &visit.here, wish.site)?;
    let path = readings(&app.settings, wish.target)?;
    let mut places = Vec::new();
    for place in &second {
        places.push((readings(&app.settings, &place.target)?, place.methods(wish.method, &claimed)));
    }
    let mut budget = Budget::for_one_request();
    let mut ruling = ruling(wish, &path, wish.method, &claimed, &mut budget)?;
    for (path, methods) in &places {
        let Some((method, also)) = methods.split_first() else { continue };
        ruling = ruling.and(&self::ruling(wish, path, method, also, &mut budget)?);
    }
    let asker = app.askers.who(headers, &visit.here, visit.now).await?;
    let asker = match asker {
        Asker::Nobody(why) => without_session(app, wish, &ruling, why).await?,
        known @ (Asker::Session(_) | Asker::Token(..) | Asker::Password(_)) => known,
    };
    Ok(ruling.decide(asker, visit.now).map_err(|refusal| {
        let offer = match (ruling.accepts(Credential::Basic), ruling.accepts(Credential::Token)) {
            (true, _) => Offer::Password,
            (false, true) => Offer::Token,
            (false, false) => Offer::SignIn,
        };
        let turned = Turned { refusal, rule: ruling.rule(), offer };
        Audit::note(&Event::AccessRefused { refusal, rule: turned.rule }, &visit.scene());
        turned
    }))
}

/// A password that let the request pass is nothing for the site; a field that was not looked at is the site's.
pub fn addressee(pass: &Pass) -> Addressee {
    match pass.asker() {
        Asker::Password(_) => Addressee::Us,
        Asker::Nobody(_) | Asker::Session(_) | Asker::Token(..) => Addressee::Site,
    }
}

/// Whether a browser adds what let the request pass by itself, so that a page of another site may be behind it.
pub fn is_ambient(pass: &Pass, headers: &HeaderMap) -> bool {
    match pass.asker() {
        Asker::Session(_) | Asker::Password(_) => true,
        Asker::Token(..) => authorization::is_ambient(headers),
        Asker::Nobody(_) => false,
    }
}

/// Every way to read the path. A site never gets one that some server could take for a page of ours: what it serves
/// there would stand at an address where people trust the sign-in, and a site that is a proxy itself could lead it back
/// to us. Nothing of a site can have such an address, since the plain spelling never reaches it.
pub fn readings<'a>(settings: &Settings, target: &'a RequestTarget) -> Result<Readings<'a>, Problem> {
    let readings = Readings::of(target.path());
    if settings.could_own(&readings) {
        return Err(Problem::BadRequest("the path could be read as that of one of the gateway's own pages"));
    }
    Ok(readings)
}

/// The rules of a path for one method and for every other that the site may take for it.
fn ruling<'a>(
    wish: &Wish<'a>,
    path: &'a Readings<'a>,
    method: &'a Method,
    also: &'a [Method],
    budget: &mut Budget,
) -> Result<Ruling<'a>, OverBudget> {
    let Wish { visit, site, .. } = *wish;
    Ruling::find(&Asked { site, method, also, path, client: visit.client }, budget)
}

/// Who asks without a session. Nothing that the rule does not take is looked at, and nothing that is not of our form: it
/// is meant for the site.
async fn without_session(app: &App, wish: &Wish<'_>, ruling: &Ruling<'_>, why: Refusal) -> Result<Asker, Problem> {
    let Wish { visit, site, headers, .. } = *wish;
    if !ruling.accepts(Credential::Token) && !ruling.accepts(Credential::Basic) {
        return Ok(Asker::Nobody(why));
    }
    match authorization::read(headers) {
        Shown::Token(token) if ruling.accepts(Credential::Token) => {
            Ok(app.askers.token(&token, &site.settings.host, visit.now).await?)
        }
        Shown::Password(pair) if ruling.accepts(Credential::Basic) => by_password(app, visit, &pair).await,
        Shown::Token(_) | Shown::Password(_) | Shown::Nothing => Ok(Asker::Nobody(why)),
    }
}

async fn by_password(app: &App, visit: &Visit, pair: &NameAndPassword) -> Result<Asker, Problem> {
    match app.login.basic(&visit.attempt(None), pair.name(), pair.password()).await? {
        BasicOutcome::Right(account) => {
            let identity = app.askers.account(account).await?;
            Ok(identity.map_or(Asker::Nobody(Refusal::WrongPassword), Asker::Password))
        }
        BasicOutcome::Wrong => Ok(Asker::Nobody(Refusal::WrongPassword)),
        BasicOutcome::Wait(wait) => Err(Problem::TooMany(wait)),
        BasicOutcome::Busy => Err(Problem::Unavailable("too many passwords are being checked".to_owned())),
    }
}
