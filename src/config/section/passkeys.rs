//! `[passkeys]`: the domain that passkeys belong to, and the origins whose pages may use them.

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::public_suffix::is_public_suffix;
use crate::config::reader::{Switch, Text, section};
use crate::config::value::host::CookieDomain;
use crate::config::value::url::PortalUrl;
use crate::domain::host::{HostName, HostPattern};
use crate::domain::origin::{Origin, Scheme};
use crate::factor::RelyingParty;
use crate::policy::SiteSettings;
use crate::store::OtherDomain;
use crate::web;

section! {
    /// Passkeys and security keys (WebAuthn). They work on pages with https, and on `localhost`.
    Passkeys {
        /// The origins whose pages may use passkeys: scheme, host, and the port that people type. Default: `portal.url`;
        /// without it, the one site that has a `host`, with https. Without an origin there are no passkeys.
        origins: Vec<Text<PortalUrl>>,
        /// The domain that passkeys belong to (RP ID): the host of every origin, or a domain above it. Passkeys work for
        /// this domain alone and cannot be moved to another. Default: the host of the first origin.
        rp_id: Option<Text<CookieDomain>>,
        /// Whether a passkey whose device verified its user signs in without a password.
        passwordless: Switch = Switch::On,
        /// Accepts another `rp_id` than before, although people have passkeys for the old one. Those no longer work.
        accept_new_rp_id: Switch = Switch::Off,
    }
}

impl Passkeys {
    pub(super) fn to_settings(
        &self,
        web: &web::Settings,
        sites: &[SiteSettings],
        mistakes: &mut MistakeCollector<'_>,
    ) -> Option<RelyingParty> {
        let at = KeyPath::of("passkeys");
        let named: Vec<Origin> = self.origins.iter().map(|origin| origin.0.0.clone()).collect();
        let chosen = !named.is_empty();
        let origins = if chosen { named } else { usual_origin(web, sites).into_iter().collect() };
        let first = origins.first()?.authority().host().clone();
        let id = self.rp_id.as_ref().map_or(first, |id| id.0.0.clone());
        let told = if self.rp_id.is_some() { at.key("rp_id") } else { at.key("origins") };
        if let Some(fault) = unusable(&id) {
            // The usual origin was not chosen for passkeys: without one that works there are none.
            if !chosen && self.rp_id.is_none() {
                return None;
            }
            mistakes.mistake(&told, fault);
        }
        for (index, origin) in origins.iter().enumerate() {
            let place = if chosen { at.key("origins").index(index) } else { told.clone() };
            check_origin(origin, &id, &place, mistakes);
        }
        Some(RelyingParty {
            id: id.as_str().to_owned(),
            name: web.name.clone(),
            origins,
            passwordless: self.passwordless == Switch::On,
            other_domain: match self.accept_new_rp_id {
                Switch::On => OtherDomain::Accepted,
                Switch::Off => OtherDomain::Refused,
            },
        })
    }
}

/// Where people sign in, as far as the configuration says it.
fn usual_origin(web: &web::Settings, sites: &[SiteSettings]) -> Option<Origin> {
    if let Some(portal) = &web.portal {
        let secure = portal.scheme() == Scheme::Https || is_local(portal.authority().host());
        return secure.then(|| portal.clone());
    }
    let [site] = sites else { return None };
    match &site.host {
        HostPattern::Exact(host) => {
            let authority = crate::domain::host::Authority::new(host.clone(), site.port);
            Some(Origin::new(Scheme::Https, &authority))
        }
        HostPattern::Below(_) | HostPattern::Any => None,
    }
}

/// Why no passkey can belong to this domain.
fn unusable(id: &HostName) -> Option<Fault> {
    if id.address().is_some() {
        return Some(Fault::new(format!("`{id}` is an address"), "name a host: passkeys belong to a domain"));
    }
    is_public_suffix(id).then(|| {
        let what = format!("strangers register names below `{id}`");
        Fault::new(what, "name your own domain: browsers refuse a public suffix")
    })
}

fn check_origin(origin: &Origin, id: &HostName, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
    let host = origin.authority().host();
    if origin.scheme() == Scheme::Http && !is_local(host) {
        let what = format!("`{origin}` is plain http");
        mistakes.mistake(at, Fault::new(what, "write `https://`: browsers have passkeys on secure pages only"));
    }
    let below = host.as_str().strip_suffix(id.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if !below {
        let what = format!("`{host}` is neither `{id}` nor below it");
        mistakes.mistake(at, Fault::new(what, "browsers refuse it: change `passkeys.rp_id` or the origin"));
    }
}

/// Browsers treat `localhost` and names below it as secure without TLS; addresses have no passkeys at all.
fn is_local(host: &HostName) -> bool {
    host.as_str() == "localhost" || host.as_str().ends_with(".localhost")
}
