//! What a host is to us, and what must hold of a request to it before anybody is asked anything.

use std::sync::Arc;

use crate::access::{AmbiguousPaths, Site, Sites};
use crate::domain::host::HostName;
use crate::domain::origin::{Origin, Scheme};
use crate::domain::target::RequestTarget;
use crate::web::app::{App, PlainHttp};
use crate::web::problem::Problem;

/// What a known host is.
#[derive(Debug, Clone)]
pub enum Hosted {
    /// A protected site, with the portal's pages below its prefix.
    Site(Arc<Site>),
    /// The host of `portal.url`, which protects nothing.
    Portal,
}

impl App {
    /// What a host is; `None`: nothing of ours.
    pub fn hosted(&self, host: &HostName) -> Option<Hosted> {
        hosted(&self.sites, self.settings.portal.as_ref(), host)
    }

    /// Whether a visitor may be sent to this origin, with or without a token that opens it: a host that the
    /// configuration names (a site without a host answers for whatever a stranger's link says), and not over plain http
    /// where others read along.
    pub fn knows(&self, origin: &Origin) -> bool {
        let host = origin.authority().host();
        let named = match self.hosted(host) {
            Some(Hosted::Site(site)) => site.configured_host(host).is_some(),
            Some(Hosted::Portal) => true,
            None => false,
        };
        named && check_scheme(origin, self.settings.plain_http).is_ok()
    }
}

/// What a host is, where these are the sites and this is `portal.url`.
pub fn hosted(sites: &Sites, portal: Option<&Origin>, host: &HostName) -> Option<Hosted> {
    let portal = portal.is_some_and(|portal| portal.authority().host() == host);
    match sites.find(host) {
        // A site for many hosts does not take the portal's: it would stand behind itself.
        Some(site) if !portal || site.settings.host.names(host) => Some(Hosted::Site(Arc::clone(site))),
        Some(_) | None => portal.then_some(Hosted::Portal),
    }
}

/// Over plain http anybody on the way reads the cookie.
pub fn check_scheme(here: &Origin, plain_http: PlainHttp) -> Result<(), Problem> {
    match (here.scheme(), plain_http) {
        (Scheme::Https, _) | (Scheme::Http, PlainHttp::Anywhere) => Ok(()),
        (Scheme::Http, PlainHttp::Loopback) if here.authority().host().is_loopback() => Ok(()),
        (Scheme::Http, PlainHttp::Loopback) => Err(Problem::PlainHttp),
    }
}

/// A path that means one thing to a rule and another to the site opens what the rule closes.
pub fn check_path(target: &RequestTarget, site: Option<&Site>) -> Result<(), Problem> {
    let paths = site.map_or(AmbiguousPaths::Refuse, |site| site.settings.ambiguous_paths);
    match (paths, target.ambiguity()) {
        (AmbiguousPaths::Refuse, Some(ambiguity)) => Err(Problem::BadRequest(ambiguity.explanation())),
        (AmbiguousPaths::Refuse, None) | (AmbiguousPaths::Pass, _) => Ok(()),
    }
}
