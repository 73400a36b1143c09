//! Live sessions. An ended session has no row, so nothing can bring it back.

use super::column::Bytes;
use super::feed::{self, Change};
use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, device, event};
use crate::domain::assurance::Assurance;
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, DeviceId, SessionId};
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
    pub method: Option<FactorKind>,
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
    /// The browser in which it began, or in which its factor was last given. `None`: the browser is not known.
    pub device: Option<DeviceId>,
}

/// A session that is to end.
#[derive(Debug, Clone)]
pub struct SessionEnd {
    /// The session.
    pub session: SessionId,
    /// The audit event of the end.
    pub event: StoredEvent,
    /// The session's browser, if that is forgotten as well. It is forgotten even if the session has ended already.
    pub forgets: Option<ForgottenBrowser>,
}

/// A browser that is to be forgotten together with a session.
#[derive(Debug, Clone)]
pub struct ForgottenBrowser {
    /// The account that it is remembered by.
    pub account: AccountId,
    /// The browser.
    pub device: DeviceId,
    /// The audit event.
    pub event: StoredEvent,
}

/// What the end of a session found to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ended {
    /// Whether the session was still live.
    pub session: bool,
    /// Whether a browser was forgotten.
    pub browser: bool,
}

/// A second factor that was given for an existing session.
pub(super) struct Factor {
    pub(super) kind: FactorKind,
    /// The browser in which it was given.
    pub(super) device: DeviceId,
    pub(super) at: Timestamp,
}

impl SessionEnd {
    /// The end of a session whose browser stays remembered.
    pub const fn of(session: SessionId, event: StoredEvent) -> Self {
        Self { session, event, forgets: None }
    }

    /// The events that were stored, in their order.
    pub(crate) fn stored(&self, ended: Ended) -> impl Iterator<Item = &StoredEvent> {
        let forgets = self.forgets.as_ref().map(|forgets| &forgets.event);
        ended.session.then_some(&self.event).into_iter().chain(forgets.filter(|_| ended.browser))
    }
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

    /// Ends a session. Writes no event of it if it had already ended.
    pub async fn end_session(&self, end: &SessionEnd) -> Result<Ended, StoreError> {
        let mut transaction = self.write().await?;
        let ended = self::end(&mut transaction, end).await?;
        transaction.commit().await?;
        Ok(ended)
    }

    /// Ends several sessions in one transaction, each with its event. Returns what was done for each.
    pub async fn end_sessions(&self, ends: &[SessionEnd]) -> Result<Vec<Ended>, StoreError> {
        let mut transaction = self.write().await?;
        let mut outcomes = Vec::with_capacity(ends.len());
        for end in ends {
            outcomes.push(self::end(&mut transaction, end).await?);
        }
        transaction.commit().await?;
        Ok(outcomes)
    }

    /// Ends all sessions of an account, forgets all its browsers, and returns the number of sessions.
    pub async fn end_sessions_of(&self, account: AccountId, event: &StoredEvent) -> Result<u64, StoreError> {
        let mut transaction = self.write().await?;
        let done =
            sqlx::query("DELETE FROM sessions WHERE account = ?1").bind(account).execute(&mut *transaction).await?;
        device::forget_all(&mut transaction, account).await?;
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

/// Deletes a session and writes feed entry and event, neither if it had already ended. The browser is forgotten in both
/// cases: the person asked for that, and a session that timed out meanwhile must not make it void.
async fn end(transaction: &mut WriteTransaction, end: &SessionEnd) -> Result<Ended, StoreError> {
    let done = sqlx::query("DELETE FROM sessions WHERE id = ?1").bind(end.session).execute(&mut **transaction).await?;
    let session = done.rows_affected() > 0;
    if session {
        feed::append(transaction, Change::SessionEnded(end.session), end.event.at).await?;
        event::append(transaction, &end.event).await?;
    }
    let browser = match &end.forgets {
        Some(ForgottenBrowser { account, device, event }) => {
            device::forget(transaction, *account, *device, event).await?
        }
        None => false,
    };
    Ok(Ended { session, browser })
}

/// Ends all sessions of an account but one, within the transaction that makes them worthless.
pub(super) async fn end_others(
    transaction: &mut WriteTransaction,
    account: AccountId,
    kept: Option<SessionId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let ended: Vec<SessionId> =
        sqlx::query_scalar("DELETE FROM sessions WHERE account = ?1 AND id IS NOT ?2 RETURNING id")
            .bind(account)
            .bind(kept)
            .fetch_all(&mut **transaction)
            .await?;
    for session in ended {
        feed::append(transaction, Change::SessionEnded(session), at).await?;
    }
    Ok(())
}

/// Creates a session within the transaction that completes the sign-in.
pub(super) async fn insert(transaction: &mut WriteTransaction, session: &SessionRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id, account, assurance, method, created_at, authenticated_at, last_used_at, expires_at,
             client, home, device)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
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
    .bind(session.device)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}

/// Records, within the transaction that completes a step-up, that both factors of a session were given. If two step-ups
/// finish out of order, the later time is kept. Returns false if the session has ended.
pub(super) async fn step_up(
    transaction: &mut WriteTransaction,
    id: SessionId,
    account: AccountId,
    given: &Factor,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sessions SET assurance = ?3, method = ?4, authenticated_at = max(authenticated_at, ?5), device = ?6
         WHERE id = ?1 AND account = ?2 AND expires_at > ?5",
    )
    .bind(id)
    .bind(account)
    .bind(Assurance::TwoFactor)
    .bind(given.kind)
    .bind(given.at)
    .bind(given.device)
    .execute(&mut **transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    feed::append(transaction, Change::SessionChanged(id), given.at).await?;
    Ok(true)
}
