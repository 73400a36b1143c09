//! May this request pass? One way in, for the gate and for the questions of other proxies alike.
//!
//! The rule is found first, since it says what may be shown; then the asker; then the rule decides. A session always
//! comes first: an `Authorization` field that is meant for the site neither overrides nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::access::{Asked, Asker, Credential, Pass, Ruling, Site};
use crate::domain::refusal::Refusal;
use crate::domain::target::RequestTarget;
use crate::headers::authorization::{self, NameAndPassword, Shown};
use crate::login::BasicOutcome;
use crate::web::app::App;
use crate::web::challenge::Offer;
use crate::web::problem::Problem;
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

/// Lets the request pass or says why not. An error means that nobody can tell: no pass.
pub async fn admit(app: &App, wish: &Wish<'_>) -> Result<Result<Pass, Refusal>, Problem> {
    let Wish { visit, headers, .. } = *wish;
    let ruling = ruling(wish);
    let asker = app.askers.who(headers, &visit.here, visit.now).await?;
    let asker = match asker {
        Asker::Nobody(why) => without_session(app, wish, &ruling, why).await?,
        known @ (Asker::Session(_) | Asker::Token(..) | Asker::Password(_)) => known,
    };
    Ok(ruling.decide(asker, visit.now))
}

/// What whoever is refused may show instead.
pub fn offer(wish: &Wish<'_>) -> Offer {
    if ruling(wish).accepts(Credential::Basic) { Offer::Password } else { Offer::SignIn }
}

fn ruling<'a>(wish: &Wish<'a>) -> Ruling<'a> {
    let Wish { visit, site, method, target, .. } = *wish;
    Ruling::find(&Asked { site, method, target, client: visit.client })
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
