//! `[[sites]]`

use std::sync::Arc;

use crate::access::{AmbiguousPaths, Assertion, Requirement, Rule, SiteSettings};
use crate::config::findings::Findings;
use crate::config::key_path::KeyPath;
use crate::config::leaf::header_name::KeptHeader;
use crate::config::leaf::host::SiteHost;
use crate::config::leaf::upstream_host::UpstreamHost;
use crate::config::leaf::url::UpstreamUrl;
use crate::config::mistake::Fault;
use crate::config::public_suffix::is_public_suffix;
use crate::config::section::{identity_headers, rules, site_upstream};
use crate::config::written::{Switch, Text, section};
use crate::domain::host::{HostName, HostPattern};
use crate::password::Footing;
use crate::upstream::HostPolicy;

section! {
    /// The protected sites, one `[[sites]]` for each.
    Site {
        /// The host that people type, or `*.` and a host for everything below it; with `:port` where people type another
        /// port than that of `portal.url`. Left out: every host; messages then do not
        /// name the site, and browsers do not offer the code for it.
        host: Option<Text<SiteHost>>,
        /// Where the site itself runs: scheme, host and port, perhaps with a path that stands before every path, or
        /// `unix:/path`. Several share the requests.
        upstream: Vec<Text<UpstreamUrl>>,
        /// The `Host` that the site gets: `keep` the visitor's, that of the `upstream` address, or the one written here.
        upstream_host: Text<UpstreamHost> = Text(UpstreamHost(HostPolicy::Keep)),
        /// TLS towards the site.
        tls: Option<site_upstream::Tls>,
        /// Paths that the site could understand otherwise than the gateway (an encoded slash, a backslash, dot segments, `//`,
        /// encoded twice): `refuse` them, or `pass` them as they are.
        ambiguous_paths: Text<AmbiguousPaths> = Text(AmbiguousPaths::Refuse),
        /// Whether the site gets `X-Portcullis-Assertion`: who is there, signed, so that it need not trust the network between.
        assertion: Switch = Switch::Off,
        /// The header names by which the app takes an identity. A name that is left out is the usual one: `Remote-User`,
        /// `Remote-Name`, `Remote-Email`, `Remote-Groups`. A visitor's own headers of these names are always removed.
        identity_headers: Option<identity_headers::Names>,
        /// Which of the identity headers of common apps (listed at the end) visitors may send to this site, because another
        /// program in front sets them or the app gives them another meaning. All others are removed from requests.
        keep_headers: Vec<Text<KeptHeader>>,
        /// Who may pass where, one `[[sites.rules]]` for each; the first that matches decides.
        rules: Vec<rules::Rule>,
    }
}

impl Site {
    fn meant(&self, at: &KeyPath, findings: &mut Findings<'_>) -> SiteSettings {
        let rules = rules::meant(&self.rules, at, findings);
        let identity_headers = identity_headers::meant(self.identity_headers.as_ref(), &self.keep_headers);
        identity_headers::check(&identity_headers, at, findings);
        let assertion = match self.assertion {
            Switch::On => Assertion::Signed,
            Switch::Off => Assertion::Unsigned,
        };
        let identity_headers = Arc::new(identity_headers);
        let plain = SiteSettings::new(self.pattern(), self.ambiguous_paths.0);
        let port = self.host.as_ref().and_then(|host| host.0.port);
        SiteSettings { port, assertion, identity_headers, rules, ..plain }
    }

    fn pattern(&self) -> HostPattern {
        self.host.as_ref().map_or(HostPattern::Any, |host| host.0.pattern.clone())
    }
}

/// What the sites mean to `access`.
pub(super) fn meant(sites: &[Site], findings: &mut Findings<'_>) -> Vec<SiteSettings> {
    let root = KeyPath::of("sites");
    let meant = |(index, site): (usize, &Site)| site.meant(&root.index(index), findings);
    sites.iter().enumerate().map(meant).collect()
}

/// What stands beside every password: one rule that takes it alone is enough to make it stand alone.
pub(super) fn footing(sites: &[SiteSettings]) -> Footing {
    let alone = |rule: &Rule| rule.require == Requirement::OneFactor;
    if sites.iter().any(|site| site.rules.iter().any(alone)) { Footing::Alone } else { Footing::BesideAFactor }
}

/// A gateway protects something.
pub(super) fn require(sites: &[Site], findings: &mut Findings<'_>) {
    if sites.is_empty() {
        findings.missing(&KeyPath::of("sites"), "add a `[[sites]]` with `upstream`, or give `--upstream URL`");
    }
}

/// What the sites must be together.
pub(super) fn check(sites: &[Site], cookie_domain: Option<&HostName>, findings: &mut Findings<'_>) {
    let root = KeyPath::of("sites");
    for (index, site) in sites.iter().enumerate() {
        let at = root.index(index);
        let pattern = site.pattern();
        let judged = findings.is_mistaken(&at.key("host"));
        let earlier = sites.iter().take(index).position(|other| other.pattern() == pattern);
        // A host that was not understood reads as none; it is no second mistake.
        let earlier = earlier.filter(|earlier| !judged && !findings.is_mistaken(&root.index(*earlier).key("host")));
        if let Some(earlier) = earlier {
            let what = match pattern {
                HostPattern::Any => format!("no host, like `sites[{earlier}]`"),
                HostPattern::Exact(_) | HostPattern::Below(_) => format!("the same host as `sites[{earlier}]`"),
            };
            findings.mistake(&at.key("host"), Fault::new(what, "give each site a host of its own"));
        }
        let domain = cookie_domain.filter(|domain| !below(&pattern, domain));
        if let (Some(domain), false) = (domain, judged) {
            let what = format!("`{pattern}` is not below `session.cookie_domain`, `{domain}`");
            findings.mistake(&at.key("host"), Fault::new(what, "browsers would refuse the cookie: change one of them"));
        }
    }
}

/// With one portal for all, each site is named: a site for every host would be handed the session of whoever follows a
/// link to a host that a stranger made up.
pub(super) fn check_named(sites: &[Site], findings: &mut Findings<'_>) {
    for (index, site) in sites.iter().enumerate() {
        let at = KeyPath::of("sites").index(index).key("host");
        if site.host.is_none() {
            findings.missing(&at, "with `portal.url` every site needs the host that people type");
        }
        if let Some(HostPattern::Below(suffix)) = site.host.as_ref().map(|host| &host.0.pattern)
            && is_public_suffix(suffix)
        {
            let what = format!("`{suffix}` is a public suffix: any stranger's host below it would be handed sessions");
            let remedy = format!("write the domain that is yours, such as `*.example.{suffix}`");
            findings.mistake(&at, Fault::new(what, remedy));
        }
    }
}

/// Whether a cookie for `domain` reaches every host of the pattern. A site without a host takes what comes.
fn below(pattern: &HostPattern, domain: &HostName) -> bool {
    match pattern {
        HostPattern::Exact(name) | HostPattern::Below(name) => {
            name == domain || HostPattern::Below(domain.clone()).covers(name)
        }
        HostPattern::Any => true,
    }
}
