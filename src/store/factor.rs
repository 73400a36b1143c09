//! Factors that people hold: authenticator apps, passkeys and recovery codes.

use super::column::Bytes;
use super::{Store, StoreError};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId};
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

    /// The version of the key that the gateway encrypts factors with, as far as it has started with this store.
    pub async fn encryption_key(&self) -> Result<Option<u8>, StoreError> {
        let key = sqlx::query_scalar("SELECT value FROM bookkeeping WHERE name = 'encryption-key'");
        Ok(key.fetch_optional(self.reading()).await?)
    }

    /// Keeps the version of the key that the gateway encrypts factors with from now on.
    pub async fn keep_encryption_key(&self, key: u8) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO bookkeeping (name, value) VALUES ('encryption-key', ?1)
             ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        )
        .bind(key)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }
}
