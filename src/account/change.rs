//! Changes, disables and removes existing accounts.

use std::time::Duration;

use secrecy::SecretString;

use super::{AccountError, Accounts};
use crate::audit::AccountChange;
use crate::domain::username::LoginName;
use crate::store::{Account, AccountStatus};

impl Accounts {
    /// Returns all accounts, sorted by user name.
    pub(crate) async fn list(&self) -> Result<Vec<Account>, AccountError> {
        Ok(self.store.accounts().await?)
    }

    /// Returns the account with this user name or address.
    pub(crate) async fn show(&self, name: &LoginName) -> Result<Account, AccountError> {
        self.store.find_account(name).await?.ok_or(AccountError::Unknown)
    }

    /// In how many browsers the account needs no second factor. `period` is how long a browser is remembered; `None`: none
    /// is.
    pub(crate) async fn remembered_browsers(
        &self,
        account: &Account,
        period: Option<Duration>,
    ) -> Result<i64, AccountError> {
        let Some(period) = period else { return Ok(0) };
        let since = self.clock.now().minus(period);
        Ok(self.store.remembered_browsers(account.id, None, since).await?.others)
    }

    /// Disables the account and ends all its sessions and sign-ins.
    pub(crate) async fn disable(&self, name: &LoginName) -> Result<Account, AccountError> {
        self.set_status(name, AccountStatus::Disabled, AccountChange::Disabled).await
    }

    /// Enables the account and clears its failure counters. Sessions that ended stay ended.
    pub(crate) async fn enable(&self, name: &LoginName) -> Result<Account, AccountError> {
        self.restore(name).await?;
        self.set_status(name, AccountStatus::Active, AccountChange::Enabled).await
    }

    /// Removes the account and everything except its audit events.
    pub(crate) async fn remove(&self, name: &LoginName) -> Result<Account, AccountError> {
        let account = self.show(name).await?;
        let event = self.event(AccountChange::Removed, &account);
        let removed = self.store.remove_account(account.id, &event).await?;
        if removed { Ok(account) } else { Err(AccountError::Unknown) }
    }

    /// Replaces the password and ends all sessions and sign-ins.
    pub(crate) async fn change_password(
        &self,
        name: &LoginName,
        password: &SecretString,
    ) -> Result<Account, AccountError> {
        let account = self.show(name).await?;
        self.replace_password(&account, password).await?;
        Ok(account)
    }

    /// Clears the failure counters of the account, which reopens a factor that was closed after too many failures.
    pub(crate) async fn restore(&self, name: &LoginName) -> Result<Account, AccountError> {
        let account = self.show(name).await?;
        let event = self.event(AccountChange::Restored, &account);
        self.store.restore_account(account.id, &event).await?;
        Ok(account)
    }

    pub(super) async fn replace_password(
        &self,
        account: &Account,
        password: &SecretString,
    ) -> Result<(), AccountError> {
        let hash = self.passwords.hash(self.fit(account, password)?).await?;
        let event = self.event(AccountChange::PasswordChanged, account);
        Ok(self.store.change_password(account.id, &hash, &event, event.at).await?)
    }

    async fn set_status(
        &self,
        name: &LoginName,
        status: AccountStatus,
        change: AccountChange,
    ) -> Result<Account, AccountError> {
        let account = self.show(name).await?;
        let event = self.event(change, &account);
        let set = self.store.set_status(account.id, status, &event).await?;
        if set { Ok(Account { status, ..account }) } else { Err(AccountError::Unknown) }
    }
}
