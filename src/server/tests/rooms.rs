//! The rooms below the server, with an empty store and no reachable site.

use tempfile::TempDir;

use super::*;
use crate::account::{self, AccountFactors};
use crate::assertion::Assertions;
use crate::audit::Audit;
use crate::authn::Authenticator;
use crate::authz::Authz;
use crate::challenge::{self, Challenges, Limits};
use crate::delivery::{self, Delivery};
use crate::domain::code::Alphabet;
use crate::factor::{self, Factors};
use crate::keys::{self, KeyRing};
use crate::login::{self, Login};
use crate::password::{self, PasswordPolicy, Passwords};
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::policy::{AmbiguousPaths, SiteSettings, Sites};
use crate::proxy::ProxyHandler;
use crate::registry::Registry;
use crate::server::parts::{Parts, Readiness};
use crate::session::CookiePersistence;
use crate::session::{self, lifetimes::Lifetimes};
use crate::store::{self, Store};
use crate::throttle::{self, Throttle};
use crate::upstream::{self, Upstreams};
use crate::web::{self, App, Branding, PlainHttp};

const MINUTE: Duration = Duration::from_mins(1);

pub(super) struct Rooms {
    /// Deletes the store's folder on drop.
    _folder: TempDir,
    app: Arc<App>,
}

impl Rooms {
    pub(super) async fn build() -> Self {
        let folder = TempDir::new().unwrap();
        let clock = Clock::system();
        let file = keys::Settings { file: folder.path().join("keys") };
        let keys = Arc::new(KeyRing::open_or_create(&file, clock.now(), &mut Random::system()).unwrap());
        let store = Store::open(&store::Settings { file: folder.path().join("store.db") }, &keys).await.unwrap();
        let app = Arc::new(app(&store, &keys, clock));
        Self { _folder: folder, app }
    }

    pub(super) fn parts(&self, asked: &RequestLog) -> Parts {
        let upstream = upstream::Settings {
            sites: Vec::new(),
            connect_timeout: MINUTE,
            response_timeout: MINUTE,
            idle_timeout: MINUTE,
            max_idle_connections: 1,
        };
        let upstreams = Upstreams::new(&upstream).unwrap();
        Parts {
            app: Arc::clone(&self.app),
            proxy: ProxyHandler::new(Arc::clone(&self.app), upstreams, &mut Random::system()).unwrap(),
            authz: Authz::new(Arc::clone(&self.app), TrustedProxies::default()),
            portal: asked.portal(),
            pages: Box::new(|error| (error.problem.status() == 421).then(|| "<p>unknown site</p>".to_owned())),
            ready: Box::new(|| Readiness::Ready),
        }
    }
}

fn app(store: &Store, keys: &Arc<KeyRing>, clock: Clock) -> App {
    let session = session::Settings {
        idle: MINUTE,
        lifetime: MINUTE,
        persistence: CookiePersistence::Browser,
        cookie_domain: None,
        remember_device: None,
    };
    let lifetimes = Lifetimes::new(&session);
    let registry = Arc::new(Registry::new(store.clone(), clock.clone(), lifetimes, 0));
    let factors = factors(keys, &clock);
    App {
        settings: settings(),
        sites: Sites::new(sites()),
        authn: Authenticator::new(Arc::clone(&registry), Arc::clone(keys), lifetimes, None),
        assertions: Assertions::new(Arc::clone(keys), None),
        login: login(store, keys, &registry, lifetimes, Arc::clone(&factors)),
        factors: AccountFactors::new(account::Parts { store: store.clone(), factors, random: Random::system() }),
        keys: Arc::clone(keys),
        registry,
        random: Random::system(),
        clock,
    }
}

fn factors(keys: &Arc<KeyRing>, clock: &Clock) -> Arc<Factors> {
    let delivery = delivery::Settings { sms: Vec::new(), email: Vec::new(), cpaas: None, smtp: None };
    let delivery = Arc::new(Delivery::new(&delivery, clock, &Random::system()).unwrap());
    let factor = factor::Settings {
        code_lifetime: MINUTE,
        code_length: 6,
        code_alphabet: Alphabet::Numeric,
        product: "Portcullis".to_owned(),
        totp_steps: 1,
        recovery_delay: MINUTE,
        passkeys: None,
    };
    Arc::new(Factors::new(factor, &delivery, keys, &Random::system()))
}

fn login(
    store: &Store,
    keys: &Arc<KeyRing>,
    registry: &Arc<Registry>,
    lifetimes: Lifetimes,
    factors: Arc<Factors>,
) -> Login {
    let audit = Audit::new(store.clone());
    let throttle = Throttle::new(store.clone(), Arc::clone(keys), throttle::Settings { sends_per_day: 1 });
    let challenges = Challenges::new(challenge::Parts {
        store: store.clone(),
        throttle: throttle.clone(),
        factors: Arc::clone(&factors),
        audit: audit.clone(),
        random: Random::system(),
        limits: Limits { resend_after: MINUTE, code_lifetime: MINUTE },
    });
    let password =
        password::Settings { threads: 1, queue: 1, policy: PasswordPolicy::BesideFactor, service: Vec::new() };
    Login::new(login::Parts {
        store: store.clone(),
        passwords: Arc::new(Passwords::start(&password, &mut Random::system()).unwrap()),
        throttle,
        challenges,
        factors,
        registry: Arc::clone(registry),
        audit,
        keys: Arc::clone(keys),
        lifetimes,
        random: Random::system(),
        remember_device: None,
        cookie_domain: None,
    })
}

fn settings() -> web::Settings {
    web::Settings {
        // Makes every path a page of the test.
        path: String::new(),
        name: "Portcullis".to_owned(),
        branding: Branding::default(),
        hsts: Some("max-age=63072000".to_owned()),
        plain_http: PlainHttp::Loopback,
        persistence: CookiePersistence::Browser,
        cookie_domain: None,
        portal: None,
    }
}

fn sites() -> Vec<SiteSettings> {
    let site = |host: &str, paths| SiteSettings::new(host.parse().unwrap(), paths);
    vec![
        site("localhost", AmbiguousPaths::Refuse),
        site("app.test", AmbiguousPaths::Refuse),
        site("127.0.0.1", AmbiguousPaths::Refuse),
        site("pass.localhost", AmbiguousPaths::Pass),
    ]
}
