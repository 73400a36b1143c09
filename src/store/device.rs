//! Browsers in which an account has signed in before.

use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, DeviceId};
use crate::platform::clock::Timestamp;

/// The browser in which a sign-in is completed.
#[derive(Debug, Clone)]
pub struct BrowserUse {
    /// The id in its device cookie.
    pub device: DeviceId,
    /// What becomes of its mark.
    pub mark: BrowserMark,
}

/// What a device cookie says, and the cookie that a sign-in sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrowserCookie {
    /// The id in the cookie.
    pub device: DeviceId,
    /// When the cookie was issued. Each cookie of a browser has a later time than the one before, even where the clock
    /// does not: the latest is the newest cookie.
    pub issued_at: Timestamp,
}

/// What becomes of the mark that lets a browser skip the second factor.
#[derive(Debug, Clone)]
pub enum BrowserMark {
    /// It stays as it is.
    Keep,
    /// It goes: the person gave a code and did not ask for the mark.
    Clear,
    /// The browser is remembered from now on. The audit event.
    Set(StoredEvent),
}

/// Browsers of an account in which the second factor is skipped.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct RememberedBrowsers {
    /// When the code was given in the browser that was asked about; `None`: it is not remembered.
    pub this: Option<Timestamp>,
    /// The number of other browsers.
    pub others: i64,
}

impl Store {
    /// Whether this account has completed a sign-in in this browser. Only then does the browser have a counter of its
    /// own, so that a device cookie earned with another account gives no further guesses.
    pub async fn knows_device(&self, account: AccountId, device: DeviceId) -> Result<bool, StoreError> {
        let found = sqlx::query("SELECT 1 FROM devices WHERE account = ?1 AND id = ?2")
            .bind(account)
            .bind(device)
            .fetch_optional(self.reading())
            .await?;
        Ok(found.is_some())
    }

    /// The browsers of the account in which a code was given after `since`; `device` is the one asked about.
    pub async fn remembered_browsers(
        &self,
        account: AccountId,
        device: Option<DeviceId>,
        since: Timestamp,
    ) -> Result<RememberedBrowsers, StoreError> {
        let found = sqlx::query_as::<_, RememberedBrowsers>(
            "SELECT max(iif(id IS ?2, remembered_at, NULL)) AS this, count(iif(id IS ?2, NULL, 1)) AS others
             FROM devices WHERE account = ?1 AND remembered_at > ?3",
        )
        .bind(account)
        .bind(device)
        .bind(since);
        Ok(found.fetch_one(self.reading()).await?)
    }

    /// Forgets one browser. Returns false, and writes no event, if it is not remembered.
    pub async fn forget_browser(
        &self,
        account: AccountId,
        device: DeviceId,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let forgotten = forget(&mut transaction, account, device, event).await?;
        transaction.commit().await?;
        Ok(forgotten)
    }

    /// Forgets all browsers of the account. Returns false, and writes no event, if none is remembered.
    pub async fn forget_browsers_of(&self, account: AccountId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let forgotten = forget_all(&mut transaction, account).await?;
        if forgotten {
            event::append(&mut transaction, event).await?;
        }
        transaction.commit().await?;
        Ok(forgotten)
    }

    /// Forgets the browser if it has got a newer cookie than the one that was shown: somebody holds a copy. Returns false,
    /// and writes no event, if the cookie is the newest one or the browser is not remembered.
    pub async fn forget_copied_browser(
        &self,
        account: AccountId,
        shown: BrowserCookie,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "UPDATE devices SET remembered_at = NULL, remembered_method = NULL
             WHERE account = ?1 AND id = ?2 AND remembered_at IS NOT NULL AND last_used_at > ?3",
        )
        .bind(account)
        .bind(shown.device)
        .bind(shown.issued_at)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Records, within the transaction that completes a sign-in, that the account signed in in this browser. `method` is how
/// the code was sent, if one was given. Returns the browser's cookie from now on: whatever was issued for it before, to
/// whomever and by whatever clock, is an earlier one.
pub(super) async fn record(
    transaction: &mut WriteTransaction,
    account: AccountId,
    used: &BrowserUse,
    method: Option<FactorKind>,
    now: Timestamp,
) -> Result<BrowserCookie, StoreError> {
    let (keeps, given) = match (&used.mark, method) {
        (BrowserMark::Keep, _) => (true, None),
        (BrowserMark::Set(event), Some(method)) => {
            event::append(transaction, event).await?;
            (false, Some(method))
        }
        // Nothing was given that could be skipped the next time.
        (BrowserMark::Clear, _) | (BrowserMark::Set(_), None) => (false, None),
    };
    let issued_at = sqlx::query_scalar(
        "INSERT INTO devices (account, id, last_used_at, remembered_at, remembered_method) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT (account, id) DO UPDATE SET last_used_at = max(last_used_at + 1, excluded.last_used_at),
             remembered_at = iif(?6, remembered_at, excluded.remembered_at),
             remembered_method = iif(?6, remembered_method, excluded.remembered_method)
         RETURNING last_used_at",
    )
    .bind(account)
    .bind(used.device)
    .bind(now)
    .bind(given.map(|_| now))
    .bind(given)
    .bind(keeps)
    .fetch_one(&mut **transaction)
    .await?;
    Ok(BrowserCookie { device: used.device, issued_at })
}

/// Replaces the cookie that was shown, within the transaction that opens a session for a password alone. `None`: it is not
/// the newest one of a browser of this account, and nothing was written. Looking and replacing are one statement: a code
/// that is checked at the same time may make the browser remembered, and its newest cookie must not go to somebody else.
pub(super) async fn renew(
    transaction: &mut WriteTransaction,
    account: AccountId,
    shown: BrowserCookie,
    now: Timestamp,
) -> Result<Option<BrowserCookie>, StoreError> {
    let renewed = sqlx::query_scalar(
        "UPDATE devices SET last_used_at = max(last_used_at + 1, ?3)
         WHERE account = ?1 AND id = ?2 AND last_used_at <= ?4 RETURNING last_used_at",
    )
    .bind(account)
    .bind(shown.device)
    .bind(now)
    .bind(shown.issued_at)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(renewed.map(|issued_at| BrowserCookie { issued_at, ..shown }))
}

/// Forgets one browser within a transaction. Returns false, and writes no event, if it is not remembered.
pub(super) async fn forget(
    transaction: &mut WriteTransaction,
    account: AccountId,
    device: DeviceId,
    event: &StoredEvent,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE devices SET remembered_at = NULL, remembered_method = NULL
         WHERE account = ?1 AND id = ?2 AND remembered_at IS NOT NULL",
    )
    .bind(account)
    .bind(device)
    .execute(&mut **transaction)
    .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    event::append(transaction, event).await?;
    Ok(true)
}

/// Forgets all browsers of an account within the transaction that changes it. Returns whether one was remembered.
pub(super) async fn forget_all(transaction: &mut WriteTransaction, account: AccountId) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE devices SET remembered_at = NULL, remembered_method = NULL
         WHERE account = ?1 AND remembered_at IS NOT NULL",
    )
    .bind(account)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() > 0)
}
