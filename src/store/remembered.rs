//! Sign-ins in a remembered browser: the password is right and the second factor is skipped.

use super::{BrowserCookie, SessionRow, Store, StoreError, StoredEvent, event, session};
use crate::domain::factor_kind::FactorKind;
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// What a browser's device cookie says, and how old its code may be.
#[derive(Debug, Clone, Copy)]
pub struct BrowserClaim {
    /// The cookie.
    pub shown: BrowserCookie,
    /// The code must have been given after this.
    pub since: Timestamp,
    /// And not after this: a time in the future comes from a clock that was set back.
    pub until: Timestamp,
}

/// The code that was given in a remembered browser.
#[derive(sqlx::FromRow)]
struct GivenCode {
    remembered_at: Timestamp,
    remembered_method: FactorKind,
    /// The time in the cookie that replaces the one that was shown.
    last_used_at: Timestamp,
}

/// A session without a code.
#[derive(Debug)]
pub struct OpenedRemembered {
    /// The audit event of the session.
    pub event: StoredEvent,
    /// The browser's cookie from now on.
    pub cookie: BrowserCookie,
}

impl Store {
    /// Opens the session in a remembered browser, with the method and the time of the code that was given there. `told`
    /// makes the audit event of the session as it is written. `None`: the browser is not remembered by this account, its
    /// code is too old, the cookie is not its newest one, `verified` is no longer the password, or the account is not
    /// active; nothing was written.
    pub async fn open_remembered_session(
        &self,
        session: SessionRow,
        verified: &PasswordHash,
        claim: &BrowserClaim,
        told: impl FnOnce(&SessionRow) -> StoredEvent,
    ) -> Result<Option<OpenedRemembered>, StoreError> {
        let mut transaction = self.write().await?;
        // One statement claims the browser and moves `last_used_at` to the cookie that this sign-in sets, which is
        // later than the one shown, whatever the clock says: of two sign-ins with copies of one cookie, one gets a session.
        let found = sqlx::query_as::<_, GivenCode>(
            "UPDATE devices SET last_used_at = max(last_used_at + 1, ?3)
             WHERE account = ?1 AND id = ?2 AND last_used_at <= ?4 AND remembered_at > ?5 AND remembered_at <= ?6
                 AND EXISTS (SELECT 1 FROM accounts WHERE id = ?1 AND password = ?7 AND status = 'active')
             RETURNING remembered_at, remembered_method, last_used_at",
        )
        .bind(session.account)
        .bind(claim.shown.device)
        .bind(session.created_at)
        .bind(claim.shown.issued_at)
        .bind(claim.since)
        .bind(claim.until)
        .bind(verified)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(given) = found else { return Ok(None) };
        let session = SessionRow {
            method: Some(given.remembered_method),
            authenticated_at: given.remembered_at,
            device: Some(claim.shown.device),
            ..session
        };
        session::insert(&mut transaction, &session).await?;
        let event = told(&session);
        event::append(&mut transaction, &event).await?;
        transaction.commit().await?;
        let cookie = BrowserCookie { issued_at: given.last_used_at, ..claim.shown };
        Ok(Some(OpenedRemembered { event, cookie }))
    }
}
