//! Access tokens for scripts. A revoked token has no row, so nothing can bring it back.

use super::column::{Bytes, column};
use super::feed::{self, Change};
use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::host::HostPattern;
use crate::domain::identifier::{AccountId, TokenId};
use crate::domain::identity::DisplayName;
use crate::platform::clock::Timestamp;

/// An access token as stored: enough to verify it, not to reproduce it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct TokenRow {
    /// The id that the token contains.
    pub id: TokenId,
    /// The account that requests with this token are made for.
    pub account: AccountId,
    /// The site that it is valid for, as the configuration names it.
    pub site: HostPattern,
    /// The operator's name for it.
    #[sqlx(try_from = "TokenName")]
    pub name: Option<DisplayName>,
    /// SHA-256 of its secret.
    #[sqlx(try_from = "Bytes")]
    pub hash: [u8; 32],
    /// When it was created.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// When it was last used, as far as was written to the store; `None`: never.
    pub last_used_at: Option<Timestamp>,
}

impl Store {
    /// Adds a token.
    pub async fn insert_token(&self, token: &TokenRow, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO tokens (id, account, site, name, hash, created_at, expires_at, last_used_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        )
        .bind(token.id)
        .bind(token.account)
        .bind(&token.site)
        .bind(TokenName(token.name.clone()))
        .bind(token.hash.as_slice())
        .bind(token.created_at)
        .bind(token.expires_at)
        .bind(token.last_used_at)
        .execute(&mut *transaction)
        .await?;
        feed::append(&mut transaction, Change::TokenChanged(token.id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Returns a token that was not revoked. The caller has to check its times.
    pub async fn token(&self, id: TokenId) -> Result<Option<TokenRow>, StoreError> {
        let found = sqlx::query_as::<_, TokenRow>("SELECT * FROM tokens WHERE id = ?1").bind(id);
        Ok(found.fetch_optional(self.reading()).await?)
    }

    /// Returns all tokens that have not expired, oldest first.
    pub async fn tokens(&self, now: Timestamp) -> Result<Vec<TokenRow>, StoreError> {
        let statement = "SELECT * FROM tokens WHERE expires_at > ?1 ORDER BY created_at, id";
        Ok(sqlx::query_as::<_, TokenRow>(statement).bind(now).fetch_all(self.reading()).await?)
    }

    /// Revokes a token. Returns false, and writes no event, if it did not exist.
    pub async fn revoke_token(&self, id: TokenId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("DELETE FROM tokens WHERE id = ?1").bind(id).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        feed::append(&mut transaction, Change::TokenChanged(id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Moves each `last_used_at` forward, never back, in one transaction. Revoked tokens stay revoked.
    pub async fn touch_tokens(&self, uses: &[(TokenId, Timestamp)]) -> Result<(), StoreError> {
        if uses.is_empty() {
            return Ok(());
        }
        let mut transaction = self.write().await?;
        for (id, at) in uses {
            sqlx::query("UPDATE tokens SET last_used_at = max(coalesce(last_used_at, ?2), ?2) WHERE id = ?1")
                .bind(id)
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Writes a feed entry for every token of an account, within the transaction that removes the account.
pub(super) async fn tell_removed(
    transaction: &mut WriteTransaction,
    account: AccountId,
    at: Timestamp,
) -> Result<(), StoreError> {
    let tokens: Vec<TokenId> = sqlx::query_scalar("SELECT id FROM tokens WHERE account = ?1")
        .bind(account)
        .fetch_all(&mut **transaction)
        .await?;
    for id in tokens {
        feed::append(transaction, Change::TokenChanged(id), at).await?;
    }
    Ok(())
}

/// The name of a token. A missing name is stored as an empty text, because the column is NOT NULL.
struct TokenName(Option<DisplayName>);

impl From<TokenName> for Option<DisplayName> {
    fn from(TokenName(name): TokenName) -> Self {
        name
    }
}

column! {
    TokenName as String: |name| name.0.as_ref().map_or("", DisplayName::as_str).to_owned(),
        |text| Ok(Self((!text.is_empty()).then(|| text.parse()).transpose()?));
}
