//! Replaces password hashes.

use super::account::end_all;
use super::feed::{self, Change};
use super::rows::exactly_one;
use super::{Store, StoreError, StoredEvent, counter, event};
use crate::domain::identifier::AccountId;
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

impl Store {
    /// Sets a new password hash, ends all sessions and sign-ins of the account, forgets all its browsers and clears its
    /// password counters (keys that begin with `account:<hex id>:password`). Counters of codes stay, because a new password says nothing about
    /// them.
    pub async fn change_password(
        &self,
        id: AccountId,
        hash: &PasswordHash,
        event: &StoredEvent,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE accounts SET password = ?2 WHERE id = ?1")
            .bind(id)
            .bind(hash)
            .execute(&mut *transaction)
            .await
            .and_then(exactly_one)?;
        end_all(&mut transaction, id, now).await?;
        counter::clear(&mut transaction, &format!("{}password", counter::of_account(id))).await?;
        feed::append(&mut transaction, Change::AccountChanged(id), now).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Whether `verified` is still the account's password and the account is active. Both may change while a password
    /// is being checked.
    pub async fn password_stands(&self, id: AccountId, verified: &PasswordHash) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM accounts WHERE id = ?1 AND password = ?2 AND status = 'active'")
            .bind(id)
            .bind(verified)
            .fetch_optional(self.reading())
            .await?;
        Ok(found.is_some())
    }

    /// Replaces a hash with one of the same password and newer parameters, unless it has changed since `old` was read.
    pub async fn upgrade_password(
        &self,
        id: AccountId,
        old: &PasswordHash,
        new: &PasswordHash,
    ) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE accounts SET password = ?3 WHERE id = ?1 AND password = ?2")
            .bind(id)
            .bind(old)
            .bind(new)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
