//! Second stage: one file for each section: its keys, and what they mean together.

pub(super) mod cpaas;
pub(super) mod delivery;
pub(super) mod identity_headers;
pub(super) mod keys;
pub(super) mod log;
pub(super) mod password;
pub(super) mod portal;
pub(super) mod rules;
pub(super) mod server;
pub(super) mod session;
pub(super) mod site_upstream;
pub(super) mod sites;
pub(super) mod store;
pub(super) mod throttle;
pub(super) mod upstream;

use secrecy::ExposeSecret as _;

use super::findings::Findings;
use super::key_path::KeyPath;
use super::mistake::Fault;
use super::settings::{Person, Settings};
use super::written::section;
use crate::password::{Footing, stands_alone};
use crate::{keys as keyring, upstream as protected};

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
        delivery: delivery::Delivery,
        throttle: throttle::Throttle,
        upstream: upstream::Upstream,
        log: log::Log,
        sites: Vec<sites::Site>,
    }
}

/// Whether there must be a site. The commands that work on the store and the keys do without: `--upstream` is a flag
/// of `serve` alone, and whoever uses it could not run them otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sites {
    Needed,
    Optional,
}

impl Document {
    /// What it means, checked together. Only counts where `findings` holds no mistake afterwards.
    pub(super) fn meant(&self, person: Option<Person>, need: Sites, findings: &mut Findings<'_>) -> Settings {
        let server = self.server.meant(findings);
        let session = self.session.meant(findings);
        let web = self.portal.meant(&self.server, session.cookie_domain.as_ref());
        let store = self.store.meant();
        let keys = keyring::Settings { file: self.keys.file(&store.file, findings) };
        let delivery = self.delivery.meant(self.cpaas.as_ref(), findings);
        let sites = sites::meant(&self.sites, findings);
        let footing = sites::footing(&sites);
        check_person(person.as_ref(), footing, findings);
        match need {
            Sites::Needed => sites::require(&self.sites, findings),
            Sites::Optional => {}
        }
        sites::check(&self.sites, session.cookie_domain.as_ref(), findings);
        self.portal.check(&self.server, session.cookie_domain.as_ref(), findings);
        if self.portal.url.is_some() {
            sites::check_named(&self.sites, findings);
        }
        Settings {
            factor: self.delivery.codes(&self.portal, findings),
            password: self.password.meant(footing),
            throttle: self.throttle.meant(),
            upstream: protected::Settings {
                sites: site_upstream::meant(&self.sites, findings),
                ..self.upstream.meant()
            },
            server,
            web,
            keys,
            session,
            store,
            delivery,
            sites,
            person,
        }
    }
}

/// The person's password was judged before the rules were read.
fn check_person(person: Option<&Person>, footing: Footing, findings: &mut Findings<'_>) {
    let short = |person: &Person| !stands_alone(person.password.expose_secret());
    if footing == Footing::Alone && person.is_some_and(short) {
        let what = format!("shorter than {} characters, and a rule asks for `one_factor`", footing.shortest());
        let fault = Fault::new(what, "set another one");
        findings.mistake_in(&KeyPath::of("TEST_PASSWORD"), "environment".to_owned(), fault);
    }
}
