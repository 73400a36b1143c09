//! Live sessions. An ended session has no row, so nothing can bring it back.

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
    /// The id that the session cookie contains.
    pub id: SessionId,
    /// The account that is signed in.
    pub account: AccountId,
    /// Whether it was opened with one factor or two.
    pub assurance: Assurance,
    /// The second factor that was given; `None` for a session with one factor.
    pub method: Option<CodeMethod>,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the last factor was given.
    pub authenticated_at: Timestamp,
    /// When it was last used, as far as was written to the store.
    pub last_used_at: Timestamp,
    /// When it ends at the latest.
    pub expires_at: Timestamp,
    /// The client's network at sign-in, shown in the person's list of sessions.
    pub client: String,
    /// The audience of the cookie of the host where the person signed in. That cookie is renewed after a step-up.
    #[sqlx(try_from = "Bytes")]
    pub home: Option<[u8; 16]>,
}

impl Store {
    /// Returns a session that has not ended. The caller has to check its times.
    pub async fn session(&self, id: SessionId) -> Result<Option<SessionRow>, StoreError> {
        let found = sqlx::query_as::<_, SessionRow>("SELECT * FROM sessions WHERE id = ?1").bind(id);
        Ok(found.fetch_optional(self.reading()).await?)
    }

    /// Returns all sessions of an account that have not ended, newest first.
    pub async fn sessions_of(&self, account: AccountId) -> Result<Vec<SessionRow>, StoreError> {
        let statement = "SELECT * FROM sessions WHERE account = ?1 ORDER BY created_at DESC, id";
        Ok(sqlx::query_as::<_, SessionRow>(statement).bind(account).fetch_all(self.reading()).await?)
    }

    /// Ends a session. Returns false, and writes no event, if it had already ended.
    pub async fn end_session(&self, id: SessionId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let ended = end(&mut transaction, id, event).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Ends several sessions in one transaction, each with its event. Returns for each whether it was still live.
    pub async fn end_sessions(&self, ends: &[(SessionId, StoredEvent)]) -> Result<Vec<bool>, StoreError> {
        let mut transaction = self.write().await?;
        let mut outcomes = Vec::with_capacity(ends.len());
        for (id, event) in ends {
            outcomes.push(end(&mut transaction, *id, event).await?);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }

    /// Ends all sessions of an account and returns their number.
    pub async fn end_sessions_of(&self, account: AccountId, event: &StoredEvent) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let done =
            sqlx::query("DELETE FROM sessions WHERE account = ?1").bind(account).execute(&mut *transaction).await?;
        feed::append(&mut transaction, Change::SessionsEnded(account), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(done.rows_affected())
    }

    /// Moves each `last_used_at` forward, never back, in one transaction. Ended sessions stay ended.
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

/// Deletes a session and writes feed entry and event. Returns false, and writes neither, if it had already ended.
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

/// Creates a session within the transaction that completes the sign-in.
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

/// Records, within the transaction that completes a step-up, that both factors of a session were given at `at`. If two
/// step-ups finish out of order, the later time is kept. Returns false if the session has ended.
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
