//! "Your apps": the sites that a person may open, as far as their rules let them see.

use http::Method;

use crate::domain::denial_reason::Remedy;
use crate::domain::exchange_kind::ExchangeKind;
use crate::domain::host::HostPattern;
use crate::domain::origin::Origin;
use crate::domain::path::PathInterpretations;
use crate::domain::request_context::RequestContext;
use crate::domain::target::RequestTarget;
use crate::policy::{Budget, Evidence, PolicyMatch, PolicyQuery, Principal, Site};
use crate::web::App;

/// A site on the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AppLink {
    /// `sites.name`, or the host.
    pub name: String,
    /// The host, if `name` says something else.
    pub host: Option<String>,
    /// The start page of the site.
    pub href: String,
}

/// The sites whose start page the person may open, perhaps after giving a factor again, in the order of the
/// configuration.
pub(super) fn visible(app: &App, context: &RequestContext, evidence: &Evidence) -> Vec<AppLink> {
    let Ok(start_page) = RequestTarget::parse("/") else { return Vec::new() };
    let sites = app.sites.all().iter();
    let link = |site| Some(AppLink::new(site, &origin(app, context, site)?));
    sites.filter(|site| may_open(site, &start_page, context, evidence)).filter_map(|site| link(site)).collect()
}

fn may_open(
    site: &std::sync::Arc<Site>,
    start_page: &RequestTarget,
    context: &RequestContext,
    evidence: &Evidence,
) -> bool {
    let path = PathInterpretations::of(start_page.path());
    let client = context.client;
    let query = PolicyQuery {
        site,
        method: &Method::GET,
        also: &[],
        kind: ExchangeKind::Http,
        target: start_page,
        path: &path,
        client,
    };
    let Ok(matched) = PolicyMatch::find(&query, &mut Budget::for_one_request()) else { return false };
    match matched.decide(Principal::Session(evidence.clone()), context.now) {
        Ok(_) => true,
        Err(reason) => reason.remedy() != Remedy::Nothing,
    }
}

/// Where people reach the site. `None` if the configuration does not say: a site for many hosts, or another site
/// without `portal.url`, whose visitors sign in there.
fn origin(app: &App, context: &RequestContext, site: &Site) -> Option<Origin> {
    if context.site == Some(site.id) {
        return Some(context.origin.clone());
    }
    let HostPattern::Exact(host) = &site.settings.host else { return None };
    app.public_origin(host)
}

impl AppLink {
    fn new(site: &Site, origin: &Origin) -> Self {
        let host = origin.authority().to_string();
        let href = format!("{origin}/");
        match &site.settings.name {
            Some(name) => Self { name: name.clone(), host: Some(host), href },
            None => Self { name: host, host: None, href },
        }
    }

    /// What the page draws in place of an icon: the first letter.
    pub(super) fn initial(&self) -> String {
        self.name
            .chars()
            .find(|letter| letter.is_alphanumeric())
            .map(|letter| letter.to_uppercase().collect())
            .unwrap_or_default()
    }
}
