//! Builds the rooms, lowest floor first.

use std::sync::Arc;

use tracing::warn;

use crate::account::{self, AccountFactors, Accounts};
use crate::assertion::Assertions;
use crate::audit::Audit;
use crate::authn::Authenticator;
use crate::challenge::{self, Challenges};
use crate::config::settings::Settings;
use crate::delivery::Delivery;
use crate::factor::Factors;
use crate::keys::KeyRing;
use crate::login::{self, Login};
use crate::password::Passwords;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::telemetry::GATEWAY;
use crate::policy::Sites;
use crate::registry::Registry;
use crate::session::lifetimes::Lifetimes;
use crate::startup::error::StartError;
use crate::store::{OtherDomain, RelyingPartyChange, Store};
use crate::throttle::Throttle;
use crate::web::App;

/// The rooms that are needed after the app is built, to reload and to stop.
pub(super) struct Rooms {
    pub app: Arc<App>,
    pub registry: Arc<Registry>,
    pub store: Store,
    pub keys: Arc<KeyRing>,
}

/// Builds everything below the sockets.
pub(super) async fn build(settings: &Settings, clock: &Clock) -> Result<Rooms, StartError> {
    let mut random = Random::system();
    let keys = Arc::new(KeyRing::open_or_create(&settings.keys, clock.now(), &mut random)?);
    let store = Store::open(&settings.store, &keys).await?;
    keep_relying_party(&store, settings).await?;
    let passwords = Arc::new(Passwords::start(&settings.password, &mut random)?);
    if let Some(person) = &settings.person {
        let accounts = Accounts::new(store.clone(), Arc::clone(&passwords), clock.clone());
        accounts.ensure_person(person, &mut random).await?;
    }
    let delivery = Arc::new(Delivery::new(&settings.delivery, clock, &random)?);
    let lifetimes = Lifetimes::new(&settings.session);
    let head = store.feed_head().await?;
    let registry = Arc::new(Registry::new(store.clone(), clock.clone(), lifetimes, head));
    registry.load_tokens().await?;
    let throttle = Throttle::new(store.clone(), Arc::clone(&keys), settings.throttle.clone());
    let factors = Arc::new(Factors::new(settings.factor.clone(), &delivery, &keys, &random));
    let challenges = Challenges::new(challenge::Parts {
        store: store.clone(),
        throttle: throttle.clone(),
        factors: Arc::clone(&factors),
        audit: Audit::new(store.clone()),
        random: random.clone(),
        limits: settings.challenge,
    });
    let login = Login::new(login::Parts {
        store: store.clone(),
        passwords,
        throttle,
        challenges,
        factors: Arc::clone(&factors),
        registry: Arc::clone(&registry),
        audit: Audit::new(store.clone()),
        keys: Arc::clone(&keys),
        lifetimes,
        random: random.clone(),
        remember_device: settings.session.remember_device,
        cookie_domain: settings.session.cookie_domain.clone(),
    });
    let cookie_domain = settings.session.cookie_domain.clone();
    let app = App {
        settings: settings.web.clone(),
        clock: clock.clone(),
        random,
        keys: Arc::clone(&keys),
        sites: Sites::new(settings.sites.clone()),
        authn: Authenticator::new(Arc::clone(&registry), Arc::clone(&keys), lifetimes, cookie_domain),
        assertions: Assertions::new(Arc::clone(&keys), settings.web.portal.clone()),
        registry: Arc::clone(&registry),
        login,
        factors: AccountFactors::new(account::Parts { store: store.clone(), factors, random: Random::system() }),
    };
    Ok(Rooms { app: Arc::new(app), registry, store, keys })
}

/// Passkeys work for one domain alone: a start with another one would leave everybody who has a passkey without it.
async fn keep_relying_party(store: &Store, settings: &Settings) -> Result<(), StartError> {
    let Some(party) = &settings.factor.passkeys else { return Ok(()) };
    match store.keep_relying_party(&party.id, party.other_domain).await? {
        RelyingPartyChange::Same => Ok(()),
        RelyingPartyChange::Other { before, passkeys } if party.other_domain == OtherDomain::Accepted => {
            warn!(target: GATEWAY, before, now = party.id, passkeys, "passkeys of the domain before no longer work");
            Ok(())
        }
        RelyingPartyChange::Other { before, passkeys } => {
            Err(StartError::RelyingParty { before, now: party.id.clone(), passkeys })
        }
    }
}
