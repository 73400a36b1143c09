//! The account that `--user` names.

use std::sync::Arc;

use crate::cli::stored;
use crate::config::load::Config;
use crate::domain::identity::Identity;
use crate::store::{Account, AccountStatus};

/// The part of an account that rules depend on.
#[derive(Debug, Clone)]
pub(super) struct Somebody {
    pub(super) identity: Arc<Identity>,
    pub(super) status: AccountStatus,
}

/// Looks the account up. Nothing is written.
pub(super) async fn find(config: &Config, name: &str) -> anyhow::Result<Somebody> {
    let store = stored::open(config).await?;
    let found = stored::account(&store, name).await;
    store.close().await;
    found.map(Somebody::of)
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
