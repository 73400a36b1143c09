//! Live sessions. An ended session has no row: nothing can bring it back.

use sqlx::{Sqlite, Transaction};

use super::column::Bytes;
use super::feed::{self, Change};
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::assurance::Assurance;
use crate::domain::identifier::{AccountId, SessionId};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;

/// A live session.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SessionRow {
    /// What the session cookie names.
    pub id: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// How sure we are.
    pub assurance: Assurance,
    /// The second factor that was given.
    pub method: Option<CodeMethod>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When the factor was given.
    pub authenticated_at: Timestamp,
    /// When it was last used, as far as the store was told.
    pub last_used_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// Client network at sign-in, for the person's list.
    pub client: String,
    /// The audience of the cookie of the host where the person signed in: that cookie is renewed with the factor.
    #[sqlx(try_from = "Bytes")]
    pub home: Option<[u8; 16]>,
}

impl Store {
    /// One session (not ended). Its times are for the caller to judge.
    pub async fn session(&self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        let found = sqlx::query_as::<_, SessionRow>("SELECT * FROM sessions WHERE id = ?1").bind(id);
        Ok(found.fetch_optional(self.reading()).await?)
    }

    /// All sessions of an account that have not ended, newest first.
    pub async fn sessions_of(&self, account: AccountId) -> Result<Vec<SessionRow>, StoreError> {
        let statement = "SELECT * FROM sessions WHERE account = ?1 ORDER BY created_at DESC, id";
        Ok(sqlx::query_as::<_, SessionRow>(statement).bind(account).fetch_all(self.reading()).await?)
    }

    /// Ends one; false (and no event) when it had ended before.
    pub async fn end_session(&self, id: SessionId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let ended = end(&mut transaction, id, event).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Ends these in one transaction, each with its event; whether each had not ended before.
    pub async fn end_sessions(&self, ends: &[(SessionId, StoredEvent)]) -> Result<Vec<bool>, StoreError> {
        let mut transaction = self.write().await?;
        let mut outcomes = Vec::with_capacity(ends.len());
        for (id, event) in ends {
            outcomes.push(end(&mut transaction, *id, event).await?);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }

    /// Ends all of an account; how many.
    pub async fn end_sessions_of(&self, account: AccountId, event: &StoredEvent) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let done =
            sqlx::query("DELETE FROM sessions WHERE account = ?1").bind(account).execute(&mut *transaction).await?;
        feed::append(&mut transaction, Change::SessionsEnded(account), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(done.rows_affected())
    }

    /// Moves `last_used_at` forward (maximum of both), all in one transaction. Ended sessions stay ended.
    pub async fn touch_sessions(&self, uses: &[(SessionId, Timestamp)]) -> Result<(), StoreError> {
        if uses.is_empty() {
            return Ok(());
        }
        let mut transaction = self.write().await?;
        for (id, at) in uses {
            sqlx::query("UPDATE sessions SET last_used_at = ?2 WHERE id = ?1 AND last_used_at < ?2")
                .bind(id)
                .bind(at)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

/// Deletes a session, with the line of the feed and the event; false, and neither, when it had ended before.
async fn end(
    transaction: &mut Transaction<'_, Sqlite>,
    id: SessionId,
    event: &StoredEvent,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE id = ?1").bind(id).execute(&mut **transaction).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    feed::append(transaction, Change::SessionEnded(id), event.at).await?;
    event::append(transaction, event).await?;
    Ok(true)
}

/// Makes a session within the transaction that earns it.
pub(super) async fn insert(transaction: &mut Transaction<'_, Sqlite>, session: &SessionRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id, account, assurance, method, created_at, authenticated_at, last_used_at, expires_at,
             client, home)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )
    .bind(session.id)
    .bind(session.account)
    .bind(session.assurance)
    .bind(session.method)
    .bind(session.created_at)
    .bind(session.authenticated_at)
    .bind(session.last_used_at)
    .bind(session.expires_at)
    .bind(&session.client)
    .bind(session.home.as_ref().map(<[u8; 16]>::as_slice))
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Records, within the transaction that earns it, that both factors of a session were given at `at`; of two that finish
/// out of order the later one stands. False: the session has ended.
pub(super) async fn step_up(
    transaction: &mut Transaction<'_, Sqlite>,
    id: SessionId,
    account: AccountId,
    method: CodeMethod,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sessions SET assurance = ?3, method = ?4, authenticated_at = max(authenticated_at, ?5)
         WHERE id = ?1 AND account = ?2 AND expires_at > ?5",
    )
    .bind(id)
    .bind(account)
    .bind(Assurance::TwoFactor)
    .bind(method)
    .bind(at)
    .execute(&mut **transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    feed::append(transaction, Change::SessionChanged(id), at).await?;
    Ok(true)
}
