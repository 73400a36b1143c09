//! Browsers in which an account has signed in before.

use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError};
use crate::domain::identifier::{AccountId, DeviceId};
use crate::platform::clock::Timestamp;

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
}

/// Remembers the browser within the transaction that completes a sign-in.
pub(super) async fn remember(
    transaction: &mut Transaction<'_, Sqlite>,
    account: AccountId,
    device: DeviceId,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO devices (account, id, last_used_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (account, id) DO UPDATE SET last_used_at = max(last_used_at, excluded.last_used_at)",
    )
    .bind(account)
    .bind(device)
    .bind(now)
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
