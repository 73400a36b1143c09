//! The sites of the configuration, found by host.

use std::collections::HashMap;
use std::sync::Arc;

use crate::domain::host::{HostName, HostPattern};
use crate::domain::identity_headers::IdentityHeaders;
use crate::domain::site::SiteId;
use crate::policy::rule::Rule;
use crate::policy::without_session::WithoutSession;

/// How a path with several interpretations is handled (`ambiguous_paths`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AmbiguousPaths {
    /// It is refused with 400.
    Refuse,
    /// It is forwarded byte for byte; the site is known to read it the way Portcullis does.
    Pass,
}

/// One `[[sites]]` entry, without its upstream.
#[derive(Debug, Clone)]
pub struct SiteSettings {
    /// The hosts of the site.
    pub host: HostPattern,
    /// The name that people read, if the configuration gives one.
    pub name: Option<String>,
    /// The port that people type after the host, if the configuration names one. Return addresses and hand-overs use
    /// this port; without it, they use that of `portal.url`.
    pub port: Option<u16>,
    pub ambiguous_paths: AmbiguousPaths,
    pub assertion: Assertion,
    /// The header names for the person's identity, and the foreign identity headers that the site accepts from
    /// visitors.
    pub identity_headers: Arc<IdentityHeaders>,
    /// What needs no session, whatever the rules require, except where one denies.
    pub without_session: WithoutSession,
    /// `[[sites.rules]]`; the first match wins.
    pub rules: Vec<Rule>,
    /// The rule that applies if none of `rules` matches.
    pub otherwise: Rule,
}

/// Whether a site gets `X-Portcullis-Assertion` (`assertion`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assertion {
    /// The site gets a signed assertion.
    Signed,
    /// The site gets only the unsigned `Remote-*` fields.
    Unsigned,
}

impl SiteSettings {
    /// A site with default settings: every path requires two factors of any account.
    pub fn new(host: HostPattern, ambiguous_paths: AmbiguousPaths) -> Self {
        Self {
            host,
            name: None,
            port: None,
            ambiguous_paths,
            assertion: Assertion::Unsigned,
            identity_headers: Arc::default(),
            without_session: WithoutSession::default(),
            rules: Vec::new(),
            otherwise: Rule::default(),
        }
    }
}

/// A configured site.
#[derive(Debug, Clone)]
pub(crate) struct Site {
    /// Its position in the configuration.
    pub id: SiteId,
    pub settings: SiteSettings,
}

/// All sites. A look-up takes one step for each label of the host, however many sites there are.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    all: Vec<Arc<Site>>,
    exact: HashMap<HostName, Arc<Site>>,
    below: HashMap<HostName, Arc<Site>>,
    any: Option<Arc<Site>>,
}

impl Sites {
    /// Indexes the sites by host. `config` rejects two sites with the same host; if there are two, the first wins.
    pub(crate) fn new(settings: Vec<SiteSettings>) -> Self {
        let mut sites = Self::default();
        for (place, settings) in settings.into_iter().enumerate() {
            let site = Arc::new(Site { id: SiteId(place), settings });
            sites.all.push(Arc::clone(&site));
            match site.settings.host.clone() {
                HostPattern::Exact(host) => drop(sites.exact.entry(host).or_insert(site)),
                HostPattern::Below(host) => drop(sites.below.entry(host).or_insert(site)),
                HostPattern::Any => drop(sites.any.get_or_insert(site)),
            }
        }
        sites
    }

    /// All sites, in the order of the configuration.
    pub(crate) fn all(&self) -> &[Arc<Site>] {
        &self.all
    }

    pub(crate) fn get(&self, id: SiteId) -> Option<&Arc<Site>> {
        self.all.get(id.0)
    }

    /// The site of a host: an exact match, else the nearest `*.` above it, else the site without a host.
    pub(crate) fn find(&self, host: &HostName) -> Option<&Arc<Site>> {
        self.exact.get(host).or_else(|| self.find_below(host)).or(self.any.as_ref())
    }

    fn find_below(&self, host: &HostName) -> Option<&Arc<Site>> {
        // Most configurations have no `*.` host.
        if self.below.is_empty() {
            return None;
        }
        let mut rest = host.as_str();
        while let Some((_, parent)) = rest.split_once('.') {
            let found = parent.parse::<HostName>().ok().and_then(|parent| self.below.get(&parent));
            if found.is_some() {
                return found;
            }
            rest = parent;
        }
        None
    }
}

impl Site {
    /// The site's host according to the configuration: its exact host, or the visitor's if it lies below a `*.`. `None`
    /// for a site without a host: nothing may then be derived from the host that the request names.
    pub(crate) fn configured_host<'a>(&'a self, asked: &'a HostName) -> Option<&'a HostName> {
        match &self.settings.host {
            HostPattern::Exact(host) => Some(host),
            HostPattern::Below(_) => Some(asked),
            HostPattern::Any => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sites(hosts: &[&str]) -> Sites {
        let pattern = |host: &str| if host == "*" { HostPattern::Any } else { host.parse().unwrap() };
        let settings = |host: &&str| SiteSettings::new(pattern(host), AmbiguousPaths::Refuse);
        Sites::new(hosts.iter().map(settings).collect())
    }

    fn found(sites: &Sites, host: &str) -> Option<usize> {
        sites.find(&host.parse().unwrap()).map(|site| site.id.0)
    }

    #[test]
    fn the_nearest_site_answers_for_a_host() {
        let sites = sites(&["*", "*.example.com", "*.a.example.com", "app.example.com"]);
        assert_eq!(found(&sites, "APP.example.com."), Some(3));
        assert_eq!(found(&sites, "x.a.example.com"), Some(2));
        assert_eq!(found(&sites, "a.example.com"), Some(1));
        assert_eq!(found(&sites, "example.com"), Some(0));
    }

    #[test]
    fn an_unknown_host_has_no_site() {
        let sites = sites(&["app.example.com", "*.example.org"]);
        for host in ["example.com", "x.app.example.com", "example.org", "badexample.org", "192.0.2.1"] {
            assert_eq!(found(&sites, host), None, "{host}");
        }
    }
}
