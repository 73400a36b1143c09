//! What a command finds in the store: the database itself, and the account that it names.

use anyhow::{Context as _, bail};

use super::configuration;
use crate::account::AccountError;
use crate::config::load::Config;
use crate::domain::username::LoginName;
use crate::store::{Account, Store};

/// Opens the database of the configuration, which has to be there. Only `init`, `serve`, `user add` and `user import` create one: for
/// every other command a missing file means that the configuration, or the directory in which it runs, is another one.
pub(super) async fn open(config: &Config) -> anyhow::Result<Store> {
    check(config)?;
    configuration::open_store(&config.settings).await
}

/// Fails unless the database of the configuration is there.
pub(super) fn check(config: &Config) -> anyhow::Result<()> {
    let settings = &config.settings.store;
    if Store::exists(settings)? {
        return Ok(());
    }
    let file = std::path::absolute(&settings.file).unwrap_or_else(|_| settings.file.clone());
    bail!(
        "{}: there is no database {}; name the configuration of the gateway with `--config FILE`, or run `portcullis \
         serve` or `portcullis user add`, which create it",
        config.places.in_configuration("store", "url"),
        file.display()
    )
}

/// The account with this user name or e-mail address.
pub(super) async fn account(store: &Store, name: &str) -> anyhow::Result<Account> {
    store.find_account(&LoginName::new(name)).await?.ok_or(AccountError::Unknown).with_context(|| quoted(name))
}

/// Quotes a typed name for printing: a control character in it must not reach the terminal.
pub(super) fn quoted(name: &str) -> String {
    format!("{name:?}")
}
