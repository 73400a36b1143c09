//! Second stage: one file for each section: its keys, and the checks that involve several of them.

mod brand_file;
pub(super) mod branding;
mod cpaas;
pub(super) mod delivery;
pub(super) mod events;
pub(super) mod factors;
pub(super) mod identity_headers;
pub(super) mod keys;
pub(super) mod log;
mod passkeys;
pub(super) mod password;
pub(super) mod portal;
pub(super) mod rules;
mod secret;
pub(super) mod server;
pub(super) mod session;
pub(super) mod site_tls;
pub(super) mod site_upstream;
pub(super) mod sites;
pub(super) mod smtp;
pub(super) mod store;
mod templates;
pub(super) mod throttle;
pub(super) mod upstream;

use secrecy::ExposeSecret as _;

use super::key_path::KeyPath;
use super::mistake::Fault;
use super::mistakes::MistakeCollector;
use super::reader::section;
use super::settings::{Person, Settings};
use crate::domain::host::HostPattern;
use crate::password::{NewPassword, PasswordPolicy, WeakPassword, stands_alone};
use crate::policy::SiteSettings;
use crate::{factor, keys as keyring, upstream as protected, web};

section! {
    /// The configuration of Portcullis.
    Document {
        server: server::Server,
        portal: portal::Portal,
        keys: keys::Keys,
        session: session::Session,
        store: store::Store,
        password: password::Password,
        cpaas: Option<cpaas::Cpaas>,
        smtp: Option<smtp::Smtp>,
        delivery: delivery::Delivery,
        factors: factors::Factors,
        passkeys: passkeys::Passkeys,
        events: events::Events,
        throttle: throttle::Throttle,
        upstream: upstream::Upstream,
        log: log::Log,
        sites: Vec<sites::Site>,
    }
}

/// Whether a site is required. The commands that work on the store and the keys need none: `--upstream` is a flag of
/// `serve` and of `config` only, and without this its users could not run them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sites {
    /// By a command that takes `--upstream`.
    Needed,
    /// By a command without that flag.
    NeededInConfiguration,
    Optional,
}

impl Sites {
    /// What to do without a site. `None`: nothing.
    const fn remedy(self) -> Option<&'static str> {
        match self {
            Self::Needed => Some("add a `[[sites]]` with `upstream`, or use `--upstream URL`"),
            Self::NeededInConfiguration => Some("add a `[[sites]]` with `upstream`"),
            Self::Optional => None,
        }
    }
}

impl Document {
    /// Converts and checks the whole document. The result is valid only if `mistakes` is empty afterwards.
    pub(super) fn to_settings(
        &self,
        person: Option<Person>,
        need: Sites,
        mistakes: &mut MistakeCollector<'_>,
    ) -> Settings {
        let server = self.server.to_settings(mistakes);
        let session = self.session.to_settings(mistakes);
        let web = self.portal.to_settings(&self.server, &session, mistakes);
        let store = self.store.to_settings();
        let keys = keyring::Settings { file: self.keys.file(&store.file, mistakes) };
        let delivery = self.delivery.to_settings(self.cpaas.as_ref(), self.smtp.as_ref(), &self.portal, mistakes);
        let events = self.events.to_settings(mistakes);
        let sites = sites::to_settings(&self.sites, mistakes);
        let policy = sites::policy(&sites);
        let service = service_words(&web, &sites);
        check_person(person.as_ref(), policy, &service, mistakes);
        if let Some(remedy) = need.remedy() {
            sites::require(&self.sites, remedy, mistakes);
        }
        sites::check(&self.sites, session.cookie_domain.as_ref(), mistakes);
        self.portal.check(&self.server, session.cookie_domain.as_ref(), mistakes);
        if self.portal.url.is_some() {
            sites::check_named(&self.sites, mistakes);
        }
        Settings {
            challenge: self.delivery.limits(),
            factor: factor::Settings {
                totp_steps: self.factors.steps(),
                recovery_delay: self.factors.recovery_delay.0.0,
                passkeys: self.passkeys.to_settings(&web, &sites, mistakes),
                ..self.delivery.codes(&self.portal, mistakes)
            },
            password: self.password.to_settings(policy, service),
            throttle: self.throttle.to_settings(),
            upstream: protected::Settings {
                sites: site_upstream::to_settings(&self.sites, mistakes),
                ..self.upstream.to_settings()
            },
            server,
            web,
            keys,
            session,
            store,
            delivery,
            events,
            sites,
            person,
        }
    }
}

/// What everybody who sees the service would try as a password: its name, and the hosts of portal and sites, written
/// like the domains of addresses.
fn service_words(web: &web::Settings, sites: &[SiteSettings]) -> Vec<String> {
    let names = sites.iter().filter_map(|site| site.name.clone());
    let hosts = sites.iter().filter_map(|site| match &site.host {
        HostPattern::Exact(host) | HostPattern::Below(host) => Some(host.as_str()),
        HostPattern::Any => None,
    });
    let portal = web.portal.as_ref().map(|portal| portal.authority().host().as_str());
    let hosts = hosts.chain(portal).map(|host| format!("@{host}"));
    std::iter::once(web.name.clone()).chain(names).chain(hosts).collect()
}

/// Checks the person's password against the password policy, which depends on the rules and the names of the sites.
fn check_person(
    person: Option<&Person>,
    policy: PasswordPolicy,
    service: &[String],
    mistakes: &mut MistakeCollector<'_>,
) {
    let Some(person) = person else { return };
    let password = person.password.expose_secret();
    let words: Vec<&str> = service.iter().map(String::as_str).chain([person.sign_in.as_str()]).collect();
    let what = if policy == PasswordPolicy::Alone && !stands_alone(password) {
        format!("shorter than {} characters, but a rule requires `one_factor`", policy.shortest())
    } else if matches!(NewPassword::check(password, &words, policy), Err(WeakPassword::Personal)) {
        "too similar to `TEST_EMAIL`, the name of this service or the host of a site".to_owned()
    } else {
        return;
    };
    let fault = Fault::new(what, "set another one");
    mistakes.mistake_in(&KeyPath::of("TEST_PASSWORD"), "environment".to_owned(), fault);
}
