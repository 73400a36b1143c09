//! Loads the configuration for a command that works on the store or the keys.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::load::{Config, Flags, Sources, load};
use crate::config::mistake::Mistakes;
use crate::config::settings::Settings;
use crate::keys::KeyRing;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::store::Store;

/// From file and environment; `[[sites]]` is optional.
pub(super) fn without_sites(file: Option<PathBuf>) -> Result<Config, Mistakes> {
    load(&Sources::of_process(file, Flags::default()).without_sites())
}

/// The store, and the keys that it was opened with.
pub(super) struct Opened {
    pub(super) store: Store,
    pub(super) keys: Arc<KeyRing>,
}

/// Opens the store with the keys that chain its audit trail. Creates both if they do not exist, as the gateway does.
pub(super) async fn open(settings: &Settings) -> anyhow::Result<Opened> {
    // The keys are usually beside the database: a folder that is wrong is named by the key that decides about both.
    Store::prepare(&settings.store)?;
    let keys = Arc::new(KeyRing::open_or_create(&settings.keys, Clock::system().now(), &mut Random::system())?);
    Ok(Opened { store: Store::open(&settings.store, &keys).await?, keys })
}

/// As [`open`], for a command that needs no keys itself.
pub(super) async fn open_store(settings: &Settings) -> anyhow::Result<Store> {
    Ok(open(settings).await?.store)
}
