//! Factors that people hold: authenticator apps, passkeys and recovery codes.

use super::column::Bytes;
use super::rows::exactly_one;
use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, device, event, session, sign_in};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId, SessionId};
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;

/// An authenticator app or a passkey of an account.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FactorRow {
    /// The id. It never changes.
    pub id: FactorId,
    /// The account that it belongs to.
    pub account: AccountId,
    /// [`FactorKind::Totp`] or [`FactorKind::Passkey`].
    pub kind: FactorKind,
    /// The name that the person gave to it.
    pub name: FactorName,
    /// What its kind keeps: the secret of the app, the public key and counter of the passkey.
    #[sqlx(flatten, try_from = "EncryptedRow")]
    pub encrypted: Encrypted,
    /// The id by which the browser names a passkey.
    pub credential: Option<Vec<u8>>,
    /// The newest time step of which a code of the app was accepted.
    pub last_step: Option<i64>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When it was last used to sign in.
    pub last_used_at: Option<Timestamp>,
}

/// Everything that an account holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldFactors {
    /// Authenticator apps and passkeys, oldest first.
    pub rows: Vec<FactorRow>,
    /// The hashes of the recovery codes that are left.
    pub recovery: Vec<[u8; 32]>,
    /// The second factor that was used last, of any kind.
    pub last: Option<FactorKind>,
    /// When a recovery code was used last.
    pub recovered_at: Option<Timestamp>,
    /// The random name of the account inside its passkeys.
    pub passkey_user: Option<Vec<u8>>,
}

/// A change that ends every session of the account but the one that makes it.
#[derive(Debug, Clone)]
pub struct FactorChange {
    /// The account.
    pub account: AccountId,
    /// The session that makes the change; `None`: an operator makes it.
    pub by: Option<SessionId>,
    /// The audit event.
    pub event: StoredEvent,
}

/// Whether an account may lose its last factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastFactor {
    /// A code can be sent to the account, or an operator removes it.
    MayGo,
    /// Nobody could sign in any more.
    Stays,
}

/// The result of removing a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorRemoval {
    /// It is gone.
    Removed,
    /// The account has no such factor.
    Unknown,
    /// It is the last one, and no code can be sent to the account: nobody could sign in any more.
    Last,
}

/// The columns of an encrypted value.
#[derive(sqlx::FromRow)]
pub(super) struct EncryptedRow {
    key: u8,
    cipher: Vec<u8>,
}

impl From<EncryptedRow> for Encrypted {
    fn from(EncryptedRow { key, cipher }: EncryptedRow) -> Self {
        Self { key, bytes: cipher }
    }
}

#[derive(sqlx::FromRow)]
struct RecoveryRow {
    #[sqlx(try_from = "Bytes")]
    hash: [u8; 32],
}

#[derive(sqlx::FromRow)]
struct LastRow {
    last_factor: Option<FactorKind>,
    recovered_at: Option<Timestamp>,
    passkey_user: Option<Vec<u8>>,
}

impl Store {
    /// Everything that an account holds.
    pub async fn held_factors(&self, account: AccountId) -> Result<HeldFactors, StoreError> {
        // One state of the file, so that a list never has a factor of before a change beside one of after it.
        let mut transaction = self.reading().begin().await?;
        let rows = sqlx::query_as::<_, FactorRow>("SELECT * FROM factors WHERE account = ?1 ORDER BY created_at, id")
            .bind(account)
            .fetch_all(&mut *transaction)
            .await?;
        let recovery = sqlx::query_as::<_, RecoveryRow>("SELECT hash FROM recovery_codes WHERE account = ?1")
            .bind(account)
            .fetch_all(&mut *transaction)
            .await?;
        let last = sqlx::query_as::<_, LastRow>("SELECT * FROM accounts WHERE id = ?1")
            .bind(account)
            .fetch_optional(&mut *transaction)
            .await?;
        Ok(HeldFactors {
            rows,
            recovery: recovery.into_iter().map(|row| row.hash).collect(),
            last: last.as_ref().and_then(|row| row.last_factor),
            recovered_at: last.as_ref().and_then(|row| row.recovered_at),
            passkey_user: last.and_then(|row| row.passkey_user),
        })
    }

    /// Gives a factor another name. Returns false if the account has no such factor.
    pub async fn rename_factor(
        &self,
        account: AccountId,
        factor: FactorId,
        name: &FactorName,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("UPDATE factors SET name = ?3 WHERE id = ?1 AND account = ?2")
            .bind(factor)
            .bind(account)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a factor and ends the other sessions of the account. `last` says whether it may be the
    /// last one.
    pub async fn remove_factor(
        &self,
        factor: FactorId,
        last: LastFactor,
        change: &FactorChange,
    ) -> Result<FactorRemoval, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "DELETE FROM factors WHERE id = ?1 AND account = ?2
                 AND (?3 OR EXISTS (SELECT 1 FROM factors WHERE account = ?2 AND id <> ?1))",
        )
        .bind(factor)
        .bind(change.account)
        .bind(last == LastFactor::MayGo)
        .execute(&mut *transaction)
        .await?;
        if done.rows_affected() == 0 {
            let there = sqlx::query("SELECT 1 FROM factors WHERE id = ?1 AND account = ?2")
                .bind(factor)
                .bind(change.account)
                .fetch_optional(&mut *transaction)
                .await?;
            return Ok(if there.is_some() { FactorRemoval::Last } else { FactorRemoval::Unknown });
        }
        changed(&mut transaction, change).await?;
        transaction.commit().await?;
        Ok(FactorRemoval::Removed)
    }

    /// Replaces all recovery codes of an account and ends its other sessions.
    pub async fn replace_recovery_codes(&self, hashes: &[[u8; 32]], change: &FactorChange) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM recovery_codes WHERE account = ?1")
            .bind(change.account)
            .execute(&mut *transaction)
            .await?;
        for hash in hashes {
            sqlx::query("INSERT INTO recovery_codes (account, hash) VALUES (?1, ?2)")
                .bind(change.account)
                .bind(hash.as_slice())
                .execute(&mut *transaction)
                .await
                .and_then(exactly_one)?;
        }
        changed(&mut transaction, change).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Up to `count` factors that are not encrypted with this version of the key, in the order of their ids, behind `after`.
    pub async fn factors_of_other_keys(
        &self,
        key: u8,
        after: FactorId,
        count: u32,
    ) -> Result<Vec<FactorRow>, StoreError> {
        let found =
            sqlx::query_as::<_, FactorRow>("SELECT * FROM factors WHERE id > ?2 AND +key <> ?1 ORDER BY id LIMIT ?3")
                .bind(key)
                .bind(after)
                .bind(count)
                .fetch_all(self.reading())
                .await?;
        Ok(found)
    }

    /// Replaces the encrypted part of a factor if it is still `before`.
    pub async fn encrypt_again(&self, before: &FactorRow, after: &Encrypted) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE factors SET key = ?4, cipher = ?5 WHERE id = ?1 AND key = ?2 AND cipher = ?3")
            .bind(before.id)
            .bind(before.encrypted.key)
            .bind(&before.encrypted.bytes)
            .bind(after.key)
            .bind(&after.bytes)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// How many factors are encrypted with this version of the key.
    pub async fn count_factors_of_key(&self, key: u8) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM factors WHERE key = ?1").bind(key);
        Ok(count.fetch_one(self.reading()).await?)
    }
}

/// What follows from a change of factors, within its transaction: other sessions and sign-ins in progress end (a stolen one
/// must not survive it), remembered browsers are forgotten, and the event is written.
pub(super) async fn changed(transaction: &mut WriteTransaction, change: &FactorChange) -> Result<(), StoreError> {
    let FactorChange { account, by, event } = change;
    if by.is_none() {
        // An operator was asked, perhaps by a thief: for a while the person cannot remove what is left.
        sqlx::query("UPDATE accounts SET recovered_at = ?2 WHERE id = ?1")
            .bind(account)
            .bind(event.at)
            .execute(&mut **transaction)
            .await?;
    }
    session::end_others(transaction, *account, *by, event.at).await?;
    sign_in::end_all(transaction, *account).await?;
    device::forget_all(transaction, *account).await?;
    event::append(transaction, event).await
}
