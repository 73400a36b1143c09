//! The account that `--user` names.

use std::sync::Arc;

use anyhow::Context as _;

use crate::cli::configuration::open_store;
use crate::config::settings::Settings;
use crate::domain::identity::Identity;
use crate::domain::username::LoginName;
use crate::store::{Account, AccountStatus};

/// The part of an account that rules depend on.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    pub(super) identity: Arc<Identity>,
    pub(super) status: AccountStatus,
}

/// Looks the account up. Nothing is written.
pub(super) async fn find(settings: &Settings, name: &str) -> anyhow::Result<Somebody> {
    let store = open_store(settings).await?;
    let found = store.find_account(&LoginName::new(name)).await;
    store.close().await;
    Ok(Somebody::of(found?.with_context(|| format!("no account is named {name:?}"))?))
}

impl Somebody {
    fn of(account: Account) -> Self {
        let identity = Identity {
            account: account.id,
            username: account.username,
            name: account.name,
            email: account.email,
            groups: account.groups,
        };
        Self { identity: Arc::new(identity), status: account.status }
    }
}
