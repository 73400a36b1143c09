//! `[[sites]]`

use std::sync::Arc;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::public_suffix::is_public_suffix;
use crate::config::reader::{Switch, Text, section};
use crate::config::section::{identity_headers, rules, site_tls};
use crate::config::value::header_name::KeptHeader;
use crate::config::value::host::SiteHost;
use crate::config::value::name::ProductName;
use crate::config::value::upstream_host::UpstreamHost;
use crate::config::value::url::UpstreamUrl;
use crate::domain::host::{HostName, HostPattern};
use crate::password::PasswordPolicy;
use crate::policy::{AmbiguousPaths, Assertion, Requirement, Rule, SiteSettings};
use crate::upstream::HostPolicy;

section! {
    /// The protected sites, one `[[sites]]` for each.
    Site {
        /// The host that people type, or `*.` and a host for everything below it; with `:port` where people type
        /// another port than that of `portal.url`. Left out: every host; messages then do not name the site, and
        /// browsers do not offer the code for it.
        host: Option<Text<SiteHost>>,
        /// What people call the app: the name in the list of their apps. Left out: its host.
        name: Option<Text<ProductName>>,
        /// Where the site itself runs: scheme, host and port, perhaps with a path that stands before every path, or
        /// `unix:/path`. Several share the requests.
        upstream: Vec<Text<UpstreamUrl>>,
        /// The `Host` that the site gets: `keep` the visitor's, that of the `upstream` address, or the one written
        /// here.
        upstream_host: Text<UpstreamHost> = Text(UpstreamHost(HostPolicy::Keep)),
        /// TLS towards the site.
        tls: Option<site_tls::Tls>,
        /// Paths that the site could understand otherwise than the gateway (an encoded slash, a backslash, dot
        /// segments, `//`, encoded twice): `refuse` them, or `pass` them as they are.
        ambiguous_paths: Text<AmbiguousPaths> = Text(AmbiguousPaths::Refuse),
        /// Whether the site gets `X-Portcullis-Assertion`: who is there, signed, so that it need not trust the network
        /// between.
        assertion: Switch = Switch::Off,
        /// The header names by which the app takes an identity. A name that is left out is the usual one:
        /// `Remote-User`, `Remote-Name`, `Remote-Email`, `Remote-Groups`. A visitor's own headers of these names are
        /// always removed.
        identity_headers: Option<identity_headers::Names>,
        /// Which of the identity headers of common apps (listed at the end) visitors may send to this site, because
        /// another program in front sets them or the app gives them another meaning. All others are removed from
        /// requests.
        keep_headers: Vec<Text<KeptHeader>>,
        /// Who may pass where, one `[[sites.rules]]` for each; the first that matches decides.
        rules: Vec<rules::Rule>,
    }
}

impl Site {
    fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> SiteSettings {
        let rules = rules::to_settings(&self.rules, at, mistakes);
        let identity_headers = identity_headers::to_settings(self.identity_headers.as_ref(), &self.keep_headers);
        identity_headers::check(&identity_headers, at, mistakes);
        let assertion = match self.assertion {
            Switch::On => Assertion::Signed,
            Switch::Off => Assertion::Unsigned,
        };
        let identity_headers = Arc::new(identity_headers);
        let plain = SiteSettings::new(self.pattern(), self.ambiguous_paths.0);
        let port = self.host.as_ref().and_then(|host| host.0.port);
        let name = self.name.as_ref().map(|name| name.0.0.clone());
        SiteSettings { name, port, assertion, identity_headers, rules, ..plain }
    }

    fn pattern(&self) -> HostPattern {
        self.host.as_ref().map_or(HostPattern::Any, |host| host.0.pattern.clone())
    }
}

/// What the sites mean to `policy`.
pub(super) fn to_settings(sites: &[Site], mistakes: &mut MistakeCollector<'_>) -> Vec<SiteSettings> {
    let root = KeyPath::of("sites");
    let to_settings = |(index, site): (usize, &Site)| site.to_settings(&root.index(index), mistakes);
    sites.iter().enumerate().map(to_settings).collect()
}

/// What stands beside every password: one rule that takes it alone is enough to make it stand alone.
pub(super) fn policy(sites: &[SiteSettings]) -> PasswordPolicy {
    let alone = |rule: &Rule| rule.require == Requirement::OneFactor;
    if sites.iter().any(|site| site.rules.iter().any(alone)) {
        PasswordPolicy::Alone
    } else {
        PasswordPolicy::BesideFactor
    }
}

/// A gateway protects something.
pub(super) fn require(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
    if sites.is_empty() {
        mistakes.missing(&KeyPath::of("sites"), "add a `[[sites]]` with `upstream`, or give `--upstream URL`");
    }
}

/// What the sites must be together.
pub(super) fn check(sites: &[Site], cookie_domain: Option<&HostName>, mistakes: &mut MistakeCollector<'_>) {
    let root = KeyPath::of("sites");
    for (index, site) in sites.iter().enumerate() {
        let at = root.index(index);
        let pattern = site.pattern();
        let judged = mistakes.is_mistaken(&at.key("host"));
        let earlier = sites.iter().take(index).position(|other| other.pattern() == pattern);
        // A host that was not understood reads as none; it is no second mistake.
        let earlier = earlier.filter(|earlier| !judged && !mistakes.is_mistaken(&root.index(*earlier).key("host")));
        if let Some(earlier) = earlier {
            let what = match pattern {
                HostPattern::Any => format!("no host, like `sites[{earlier}]`"),
                HostPattern::Exact(_) | HostPattern::Below(_) => format!("the same host as `sites[{earlier}]`"),
            };
            mistakes.mistake(&at.key("host"), Fault::new(what, "give each site a host of its own"));
        }
        let domain = cookie_domain.filter(|domain| !below(&pattern, domain));
        if let (Some(domain), false) = (domain, judged) {
            let what = format!("`{pattern}` is not below `session.cookie_domain`, `{domain}`");
            mistakes.mistake(&at.key("host"), Fault::new(what, "browsers would refuse the cookie: change one of them"));
        }
    }
}

/// With one portal for all, each site is named: a site for every host would be handed the session of whoever follows a
/// link to a host that a stranger made up.
pub(super) fn check_named(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
    for (index, site) in sites.iter().enumerate() {
        let at = KeyPath::of("sites").index(index).key("host");
        if site.host.is_none() {
            mistakes.missing(&at, "with `portal.url` every site needs the host that people type");
        }
        if let Some(HostPattern::Below(suffix)) = site.host.as_ref().map(|host| &host.0.pattern)
            && is_public_suffix(suffix)
        {
            let what = format!("`{suffix}` is a public suffix: any stranger's host below it would be handed sessions");
            let remedy = format!("write the domain that is yours, such as `*.example.{suffix}`");
            mistakes.mistake(&at, Fault::new(what, remedy));
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
