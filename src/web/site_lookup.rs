//! Which role a host has, and the checks that every request to it must pass before authentication.

use std::sync::Arc;

use crate::domain::host::{Authority, HostName};
use crate::domain::origin::{Origin, Scheme};
use crate::domain::path::{PathInterpretations, folded, is_below};
use crate::domain::target::RequestTarget;
use crate::policy::{AmbiguousPaths, Site, Sites};
use crate::web::app::{App, PlainHttp, Settings};
use crate::web::problem::Problem;

/// The role of a known host.
#[derive(Debug, Clone)]
pub(crate) enum HostRole {
    /// A protected site, with the portal's pages below `portal.path`.
    Site(Arc<Site>),
    /// The host of `portal.url`, which protects nothing.
    Portal,
}

impl App {
    /// The role of a host. `None` if it is not one of ours.
    pub(crate) fn host_role(&self, host: &HostName) -> Option<HostRole> {
        host_role(&self.sites, self.settings.portal.as_ref(), host)
    }

    /// Checks scheme, host and path of a request and returns the role of its host. Called before any rule is evaluated.
    pub(crate) fn resolve(&self, origin: &Origin, target: &RequestTarget) -> Result<HostRole, Problem> {
        check_scheme(origin, self.settings.plain_http)?;
        let host_role = self.host_role(origin.authority().host()).ok_or(Problem::UnknownSite)?;
        let site = match &host_role {
            HostRole::Site(site) => Some(site.as_ref()),
            HostRole::Portal => None,
        };
        check_path(target, site)?;
        Ok(host_role)
    }

    /// Whether a visitor may be redirected to this origin, with or without a hand-over token. Only the exact origin of
    /// `portal.url` or of a site is known: another port of a known host is another program's, and a token sent there is
    /// leaked (RFC 6454 §4). Without `portal.url` each site signs in its own visitors and redirects them nowhere else.
    pub(crate) fn knows(&self, origin: &Origin) -> bool {
        self.public_origin(origin.authority().host()).is_some_and(|known| known == *origin)
            && check_scheme(origin, self.settings.plain_http).is_ok()
    }

    /// The origin at which people reach a configured host: the scheme and port of `portal.url`, or the port of
    /// `sites.host`. `None` for every other host: a site without a configured host answers for any host that a link
    /// names.
    pub(crate) fn public_origin(&self, host: &HostName) -> Option<Origin> {
        let portal = self.settings.portal.as_ref()?;
        match self.host_role(host)? {
            HostRole::Portal => Some(portal.clone()),
            HostRole::Site(site) => {
                let named = site.configured_host(host)?;
                let port = site.settings.port.or(portal.authority().port());
                Some(Origin::new(portal.scheme(), &Authority::new(named.clone(), port)))
            }
        }
    }
}

/// The role of a host, given the sites and `portal.url`.
pub(crate) fn host_role(sites: &Sites, portal: Option<&Origin>, host: &HostName) -> Option<HostRole> {
    let portal = portal.is_some_and(|portal| portal.authority().host() == host);
    match sites.find(host) {
        // A site for many hosts does not serve the host of the portal, or the portal would be behind its own sign-in.
        Some(site) if !portal || site.settings.host.names(host) => Some(HostRole::Site(Arc::clone(site))),
        Some(_) | None => portal.then_some(HostRole::Portal),
    }
}

/// Refuses plain http, where anybody on the network path can read the cookie.
pub(crate) fn check_scheme(origin: &Origin, plain_http: PlainHttp) -> Result<(), Problem> {
    match (origin.scheme(), plain_http) {
        (Scheme::Https, _) | (Scheme::Http, PlainHttp::Anywhere) => Ok(()),
        (Scheme::Http, PlainHttp::Loopback) if origin.authority().host().is_loopback() => Ok(()),
        (Scheme::Http, PlainHttp::Loopback) => Err(Problem::PlainHttp),
    }
}

impl Settings {
    /// Whether this is the path of one of our own pages.
    pub fn owns(&self, path: &str) -> bool {
        is_below(path, &self.path)
    }

    /// Whether some server could interpret it as such: ignoring letter case, and under any path interpretation.
    pub fn could_own(&self, readings: &PathInterpretations<'_>) -> bool {
        let prefix = folded(&self.path);
        let mut paths =
            std::iter::once(readings.canonical().as_str()).chain(readings.further().iter().map(String::as_str));
        paths.any(|path| is_below(&folded(path), &prefix))
    }
}

/// The longest path that rules are evaluated for, in bytes. Servers allow 4 to 8 KiB for a whole request line by
/// default, and the cost of a path grows with its length.
const LONGEST_PATH: usize = 8 * 1024;

/// Refuses paths that a rule and the site could interpret differently: they would open what a rule protects. Called
/// before any rule is evaluated.
pub(crate) fn check_path(target: &RequestTarget, site: Option<&Site>) -> Result<(), Problem> {
    if target.path().len() > LONGEST_PATH {
        return Err(Problem::PathTooLong(LONGEST_PATH));
    }
    let paths = site.map_or(AmbiguousPaths::Refuse, |site| site.settings.ambiguous_paths);
    match (paths, target.ambiguity()) {
        (AmbiguousPaths::Refuse, Some(ambiguity)) => Err(Problem::BadRequest(ambiguity.explanation())),
        (AmbiguousPaths::Refuse, None) | (AmbiguousPaths::Pass, _) => Ok(()),
    }
}
