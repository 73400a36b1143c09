//! `[[sites]]`: the protected sites, checked individually and together.

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
use crate::config::value::url::{CorsOrigin, UpstreamUrl};
use crate::domain::host::{HostName, HostPattern};
use crate::password::PasswordPolicy;
use crate::policy::{AmbiguousPaths, Assertion, BrowserAssets, Requirement, Rule, SiteSettings, WithoutSession};
use crate::upstream::HostPolicy;

section! {
    /// The protected sites, one `[[sites]]` for each.
    Site {
        /// The host that people type, or `*.` and a host for everything below it; with `:port` if people type a port
        /// other than that of `portal.url`. Default: every host; messages then do not name the site, and browsers do
        /// not offer the code for it.
        host: Option<Text<SiteHost>>,
        /// The name of the app in people's list of apps. Default: its host.
        name: Option<Text<ProductName>>,
        /// The upstream addresses of the site: scheme, host and port, optionally with a base path that is put in front
        /// of every path, or `unix:/path`. Several share the requests.
        upstream: Vec<Text<UpstreamUrl>>,
        /// The `Host` that the site gets: `keep` the visitor's, that of the `upstream` address, or the one given here.
        upstream_host: Text<UpstreamHost> = Text(UpstreamHost(HostPolicy::Keep)),
        /// TLS to the site.
        tls: Option<site_tls::Tls>,
        /// Paths that the site could interpret differently from the gateway (an encoded slash, a backslash, dot
        /// segments, `//`, double encoding): `refuse` them, or `pass` them unchanged.
        ambiguous_paths: Text<AmbiguousPaths> = Text(AmbiguousPaths::Refuse),
        /// Whether browsers may read the manifest, icons and favicon at the root of the site without a session (`open`):
        /// they ask for them without cookies, and the app cannot be installed otherwise. The list is in docs/rules.md.
        browser_assets: Text<BrowserAssets> = Text(BrowserAssets::Protected),
        /// The other origins whose pages call the site from scripts. Their CORS preflights, which never have cookies, are
        /// answered by the gateway, and their scripts may read its refusals.
        cors_origins: Vec<Text<CorsOrigin>>,
        /// Whether the site gets `X-Portcullis-Assertion`: a signed identity, so that it need not trust the network in
        /// between.
        assertion: Switch = Switch::Off,
        /// The header names from which the app reads an identity. Names that are not set keep their default:
        /// `Remote-User`, `Remote-Name`, `Remote-Email`, `Remote-Groups`. A visitor's own headers with these names are
        /// always removed.
        identity_headers: Option<identity_headers::Names>,
        /// The identity headers of common apps (listed at the end) that visitors may send to this site, because another
        /// program in front sets them or the app uses them for something else. All others are removed from requests.
        keep_headers: Vec<Text<KeptHeader>>,
        /// Who may pass where, one `[[sites.rules]]` for each; the first match decides.
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
        let without_session = WithoutSession {
            browser_assets: self.browser_assets.0,
            cors_origins: self.cors_origins.iter().map(|origin| origin.0.0.clone()).collect(),
        };
        SiteSettings { name, port, assertion, identity_headers, without_session, rules, ..plain }
    }

    fn pattern(&self) -> HostPattern {
        self.host.as_ref().map_or(HostPattern::Any, |host| host.0.pattern.clone())
    }
}

/// Converts the sites to the settings of `policy`.
pub(super) fn to_settings(sites: &[Site], mistakes: &mut MistakeCollector<'_>) -> Vec<SiteSettings> {
    let root = KeyPath::of("sites");
    let to_settings = |(index, site): (usize, &Site)| site.to_settings(&root.index(index), mistakes);
    sites.iter().enumerate().map(to_settings).collect()
}

/// The password policy: a single rule that accepts only a password makes it the only factor.
pub(super) fn policy(sites: &[SiteSettings]) -> PasswordPolicy {
    let alone = |rule: &Rule| rule.require == Requirement::OneFactor;
    if sites.iter().any(|site| site.rules.iter().any(alone)) {
        PasswordPolicy::Alone
    } else {
        PasswordPolicy::BesideFactor
    }
}

/// Requires at least one site; `remedy` is what the operator can do without one.
pub(super) fn require(sites: &[Site], remedy: &str, mistakes: &mut MistakeCollector<'_>) {
    if sites.is_empty() {
        mistakes.missing(&KeyPath::of("sites"), remedy);
    }
}

/// Checks the sites together: unique hosts, and all below `session.cookie_domain`.
pub(super) fn check(sites: &[Site], cookie_domain: Option<&HostName>, mistakes: &mut MistakeCollector<'_>) {
    let root = KeyPath::of("sites");
    for (index, site) in sites.iter().enumerate() {
        let at = root.index(index);
        let pattern = site.pattern();
        let judged = mistakes.is_mistaken(&at.key("host"));
        let earlier = sites.iter().take(index).position(|other| other.pattern() == pattern);
        // An invalid host reads as none; that is not a second mistake.
        let earlier = earlier.filter(|earlier| !judged && !mistakes.is_mistaken(&root.index(*earlier).key("host")));
        if let Some(earlier) = earlier {
            let what = match pattern {
                HostPattern::Any => format!("no host, like `sites[{earlier}]`"),
                HostPattern::Exact(_) | HostPattern::Below(_) => format!("the same host as `sites[{earlier}]`"),
            };
            mistakes.mistake(&at.key("host"), Fault::new(what, "give each site its own host"));
        }
        let domain = cookie_domain.filter(|domain| !below(&pattern, domain));
        if let (Some(domain), false) = (domain, judged) {
            let what = format!("`{pattern}` is not below `session.cookie_domain`, `{domain}`");
            mistakes.mistake(&at.key("host"), Fault::new(what, "change one of them: browsers would refuse the cookie"));
        }
    }
}

/// With `portal.url`, each site needs a host: a site for every host would get the session of any visitor who follows a
/// link to a host that an attacker invented.
pub(super) fn check_named(sites: &[Site], mistakes: &mut MistakeCollector<'_>) {
    for (index, site) in sites.iter().enumerate() {
        let at = KeyPath::of("sites").index(index).key("host");
        if site.host.is_none() {
            mistakes.missing(&at, "with `portal.url` every site needs the host that people type");
        }
        if let Some(HostPattern::Below(suffix)) = site.host.as_ref().map(|host| &host.0.pattern)
            && is_public_suffix(suffix)
        {
            let what =
                format!("`{suffix}` is a public suffix: sessions would be handed to any stranger's host below it");
            let remedy = format!("write your own domain, such as `*.example.{suffix}`");
            mistakes.mistake(&at, Fault::new(what, remedy));
        }
    }
}

/// Whether a cookie for `domain` is valid on every host of the pattern. A site without a host accepts any host.
fn below(pattern: &HostPattern, domain: &HostName) -> bool {
    match pattern {
        HostPattern::Exact(name) | HostPattern::Below(name) => {
            name == domain || HostPattern::Below(domain.clone()).covers(name)
        }
        HostPattern::Any => true,
    }
}
