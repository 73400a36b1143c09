//! Access tokens of scripts. A revoked one has no row: nothing can bring it back.

use sqlx::sqlite::SqliteRow;
use sqlx::{Sqlite, Transaction};

use super::feed::{self, Change};
use super::{Store, StoreError, event, row};
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, TokenId};
use crate::domain::identity::{DisplayName, NotADisplayName};
use crate::platform::clock::Timestamp;
use crate::store::StoredEvent;

/// An access token, as the store knows it: enough to recognise it, not to show it.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// What the token names.
    pub id: TokenId,
    /// Who passes with it.
    pub account: AccountId,
    /// The site it is for, as the configuration names it.
    pub site: HostPattern,
    /// What the operator calls it.
    pub name: Option<DisplayName>,
    /// SHA-256 over its secret.
    pub hash: [u8; 32],
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// When it was last used, as far as the store was told.
    pub last_used_at: Option<Timestamp>,
}

impl Store {
    /// Adds one.
    pub async fn insert_token(&self, token: &TokenRow, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO tokens (id, account, site, name, hash, created_at, expires_at, last_used_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .bind(token.id.as_bytes().as_slice())
        .bind(token.account.as_bytes().as_slice())
        .bind(token.site.to_string())
        .bind(token.name.as_ref().map_or("", DisplayName::as_str))
        .bind(token.hash.as_slice())
        .bind(token.created_at.millis())
        .bind(token.expires_at.millis())
        .bind(token.last_used_at.map(Timestamp::millis))
        .execute(&mut *transaction)
        .await?;
        feed::append(&mut transaction, Change::TokenChanged(token.id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// One token (not revoked). Its times are for the caller to judge.
    pub async fn token(&self, id: TokenId) -> Result<Option<TokenRow>, StoreError> {
        let found = sqlx::query("SELECT * FROM tokens WHERE id = ?1")
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.reading())
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// All that have not expired, oldest first.
    pub async fn tokens(&self, now: Timestamp) -> Result<Vec<TokenRow>, StoreError> {
        let found = sqlx::query("SELECT * FROM tokens WHERE expires_at > ?1 ORDER BY created_at, id")
            .bind(now.millis())
            .fetch_all(self.reading())
            .await?;
        found.iter().map(read).collect()
    }

    /// Revokes one; false (and no event) when it was not there.
    pub async fn revoke_token(&self, id: TokenId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("DELETE FROM tokens WHERE id = ?1")
            .bind(id.as_bytes().as_slice())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        feed::append(&mut transaction, Change::TokenChanged(id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Moves `last_used_at` forward (maximum of both), all in one transaction. Revoked tokens stay revoked.
    pub async fn touch_tokens(&self, uses: &[(TokenId, Timestamp)]) -> Result<(), StoreError> {
        if uses.is_empty() {
            return Ok(());
        }
        let mut transaction = self.write().await?;
        for (id, at) in uses {
            sqlx::query("UPDATE tokens SET last_used_at = max(coalesce(last_used_at, ?2), ?2) WHERE id = ?1")
                .bind(id.as_bytes().as_slice())
                .bind(at.millis())
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Tells of every token of an account, within the transaction that removes it.
pub(super) async fn tell_removed(
    transaction: &mut Transaction<'_, Sqlite>,
    account: AccountId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let found = sqlx::query("SELECT id FROM tokens WHERE account = ?1")
        .bind(account.as_bytes().as_slice())
        .fetch_all(&mut **transaction)
        .await?;
    for token in &found {
        let id = row::parsed(token, "id", TokenId::from_slice)?;
        feed::append(transaction, Change::TokenChanged(id), at).await?;
    }
    Ok(())
}

/// Without a name it has none: the column is never empty, the text may be.
fn name_of(stored: &str) -> Result<Option<DisplayName>, NotADisplayName> {
    if stored.is_empty() { Ok(None) } else { stored.parse().map(Some) }
}

fn read(row: &SqliteRow) -> Result<TokenRow, StoreError> {
    Ok(TokenRow {
        id: row::parsed(row, "id", TokenId::from_slice)?,
        account: row::parsed(row, "account", AccountId::from_slice)?,
        site: row::parsed(row, "site", HostPattern::of_site)?,
        name: row::parsed(row, "name", name_of)?,
        hash: row::parsed(row, "hash", |stored: &[u8]| <[u8; 32]>::try_from(stored))?,
        created_at: row::moment(row, "created_at")?,
        expires_at: row::moment(row, "expires_at")?,
        last_used_at: row::value::<Option<i64>>(row, "last_used_at")?.map(Timestamp::from_millis),
    })
}
