//! May this request pass? One way in, for the gate and for the questions of other proxies alike.
//!
//! The rule is found first, since it says what may be shown; then the asker; then the rule decides. A session always
//! comes first: an `Authorization` field that is meant for the site neither overrides nor breaks it.

use std::sync::Arc;

use http::{HeaderMap, Method};

use crate::access::{Asked, Pass, Ruling, Site};
use crate::domain::refusal::Refusal;
use crate::domain::target::RequestTarget;
use crate::web::app::App;
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
    let Wish { visit, site, method, target, headers } = *wish;
    let ruling = Ruling::find(&Asked { site, method, target, client: visit.client });
    let asker = app.askers.who(headers, &visit.here, visit.now).await?;
    Ok(ruling.decide(asker, visit.now))
}
