//! Second stage: one file for each section: its keys, and what they mean together.

pub(super) mod cpaas;
pub(super) mod delivery;
pub(super) mod keys;
pub(super) mod log;
pub(super) mod password;
pub(super) mod portal;
pub(super) mod server;
pub(super) mod session;
pub(super) mod sites;
pub(super) mod store;
pub(super) mod throttle;
pub(super) mod upstream;

use super::findings::Findings;
use super::settings::{Person, Settings};
use super::written::section;
use crate::{access, keys as keyring, upstream as protected};

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
        let sites: Vec<access::SiteSettings> = self.sites.iter().map(sites::Site::meant).collect();
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
            password: self.password.meant(),
            throttle: self.throttle.meant(),
            upstream: protected::Settings { sites: sites::upstreams(&self.sites, findings), ..self.upstream.meant() },
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
