//! Starts, reloads and stops the gateway.

use std::sync::Arc;
use std::time::Duration;

use tracing::{info, warn};

use crate::account::AccountFactors;
use crate::authz::Authz;
use crate::config::settings::Settings;
use crate::events::Events;
use crate::keys::KeyRing;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::telemetry::GATEWAY;
use crate::portal;
use crate::proxy::ProxyHandler;
use crate::registry::{Maintenance, Registry};
use crate::server::{ErrorPages, ListenAddress, Parts, Portal, Readiness, Ready, RunningServer, Server};
use crate::startup::error::StartError;
use crate::startup::rooms;
use crate::store::Store;
use crate::upstream::Upstreams;
use crate::web::{self, App};

/// A running gateway.
pub struct Gateway {
    server: RunningServer,
    maintenance: Maintenance,
    events: Events,
    store: Store,
    keys: Arc<KeyRing>,
    factors: AccountFactors,
}

/// Six polls of the feed without an answer: the store has a problem, although requests are still judged during the
/// grace period.
const SILENCE_OF_A_READY_GATEWAY: Duration = Duration::from_secs(3);

/// Builds the rooms and binds the sockets.
pub async fn serve(settings: Settings, clock: Clock) -> Result<Gateway, StartError> {
    let now = clock.now();
    if now.is_before_this_version() {
        warn!(target: GATEWAY, %now, "the clock of this machine is wrong: it is before this version was built; set it");
    }
    let rooms = rooms::build(&settings, &clock).await?;
    let factors = rooms.app.factors.clone();
    encrypt_again(&factors).await?;
    let proxy = ProxyHandler::new(Arc::clone(&rooms.app), Upstreams::new(&settings.upstream)?, &mut Random::system())?;
    let parts = Parts {
        authz: Authz::new(Arc::clone(&rooms.app), settings.server.trusted_proxies.clone()),
        portal: portal(Arc::clone(&rooms.app)),
        proxy,
        pages: pages(settings.web),
        ready: readiness(Arc::clone(&rooms.registry)),
        app: rooms.app,
    };
    let events = Events::start(&settings.events, &rooms.store, &clock, &Random::system()).await?;
    let server = Server::start(&settings.server, parts)?;
    let maintenance = Maintenance::start(&rooms.registry);
    Ok(Gateway { server, maintenance, events, store: rooms.store, keys: rooms.keys, factors })
}

fn portal(app: Arc<App>) -> Portal {
    Box::new(move |context, request| Box::pin(portal::handle(Arc::clone(&app), context, request)))
}

fn pages(settings: web::Settings) -> ErrorPages {
    Box::new(move |error| Some(portal::problem::page(&settings, error.reader, error.problem, error.request)))
}

fn readiness(registry: Arc<Registry>) -> Ready {
    Box::new(
        move || {
            if registry.silence() > SILENCE_OF_A_READY_GATEWAY { Readiness::NotReady } else { Readiness::Ready }
        },
    )
}

/// Factors that an older version of the key encrypted are encrypted with the newest one.
async fn encrypt_again(factors: &AccountFactors) -> Result<(), StartError> {
    let done = factors.encrypt_again().await.map_err(|failure| StartError::Factors(failure.to_string()))?;
    if done > 0 {
        info!(target: GATEWAY, factors = done, "encrypted with the newest version of the key");
    }
    Ok(())
}

impl Gateway {
    /// The addresses that are listened on; port 0 is replaced by the actual port.
    pub fn addresses(&self) -> &[ListenAddress] {
        self.server.addresses()
    }

    /// The number of accounts, disabled ones too.
    pub async fn accounts(&self) -> Result<usize, StartError> {
        Ok(self.store.count_accounts().await?)
    }

    /// Reads the key file and the certificates again: added key versions sign, removed ones no longer verify, and new
    /// connections get the new certificates. If a file cannot be read, its previous contents stay in effect. Stored factors
    /// are encrypted with the newest version, so that older ones can be removed.
    pub async fn reload(&self) -> Result<(), StartError> {
        let keys = self.keys.reload();
        let certificates = self.server.reload_certificates();
        keys?;
        encrypt_again(&self.factors).await?;
        certificates?;
        Ok(())
    }

    /// Stops accepting, lets requests finish, saves data that is only in memory, closes the store.
    pub async fn shutdown(self) {
        self.server.shutdown().await;
        self.maintenance.stop().await;
        self.events.stop().await;
        self.store.close().await;
        info!(target: GATEWAY, "stopped");
    }
}
