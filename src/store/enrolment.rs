//! Factors that are being added: proved before they count, within the session that adds them.

use super::factor::{EncryptedRow, FactorRow};
use super::factor_change::{self, FactorChange};
use super::write::WriteTransaction;
use super::{Store, StoreError};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, FactorId, SessionId};
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;

/// A factor that is being added.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Enrolment {
    /// The session that adds it.
    pub session: SessionId,
    /// Of which kind.
    pub kind: FactorKind,
    /// The id that the factor gets.
    pub id: FactorId,
    /// What the proof is checked against.
    #[sqlx(flatten, try_from = "EncryptedRow")]
    pub encrypted: Encrypted,
    /// When it is over.
    pub expires_at: Timestamp,
}

/// The result of adding a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorAddition {
    /// It counts from now on.
    Added,
    /// The enrolment was finished, replaced or has expired meanwhile.
    Over,
    /// This passkey is registered already.
    Registered,
    /// The account has as many factors as it may have.
    Full,
}

impl Store {
    /// Begins to add a factor. An earlier enrolment of the same kind in the same session is over. Returns false if the
    /// session has ended.
    pub async fn begin_enrolment(&self, enrolment: &Enrolment) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "INSERT INTO enrolments (session, kind, id, key, cipher, guesses, expires_at)
             SELECT id, ?2, ?3, ?4, ?5, 0, ?6 FROM sessions WHERE id = ?1
             ON CONFLICT (session, kind) DO UPDATE SET id = excluded.id, key = excluded.key, cipher = excluded.cipher,
                 guesses = 0, expires_at = excluded.expires_at",
        )
        .bind(enrolment.session)
        .bind(enrolment.kind)
        .bind(enrolment.id)
        .bind(enrolment.encrypted.key)
        .bind(&enrolment.encrypted.bytes)
        .bind(enrolment.expires_at)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Claims one of `most` attempts to prove the factor. `None`: there is no enrolment, it has expired or would end after
    /// `latest` (the clock was set back meanwhile), or all attempts are used.
    pub async fn claim_enrolment(
        &self,
        session: SessionId,
        kind: FactorKind,
        most: u32,
        now: Timestamp,
        latest: Timestamp,
    ) -> Result<Option<Enrolment>, StoreError> {
        let mut transaction = self.write().await?;
        let claimed = sqlx::query_as::<_, Enrolment>(
            "UPDATE enrolments SET guesses = guesses + 1
             WHERE session = ?1 AND kind = ?2 AND guesses < ?3 AND expires_at > ?4 AND expires_at <= ?5 RETURNING *",
        )
        .bind(session)
        .bind(kind)
        .bind(most)
        .bind(now)
        .bind(latest)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(claimed)
    }

    /// Adds a factor that was proved, spends its enrolment, and ends the other sessions of the account. An account has at
    /// most `most` factors.
    pub async fn add_factor(
        &self,
        factor: &FactorRow,
        most: u32,
        change: &FactorChange,
    ) -> Result<FactorAddition, StoreError> {
        let mut transaction = self.write().await?;
        if !factor_change::may_change(&mut transaction, change).await? {
            return Ok(FactorAddition::Over);
        }
        let spent = sqlx::query("DELETE FROM enrolments WHERE session IS ?1 AND kind = ?2 AND id = ?3")
            .bind(change.by)
            .bind(factor.kind)
            .bind(factor.id)
            .execute(&mut *transaction)
            .await?;
        if spent.rows_affected() == 0 {
            return Ok(FactorAddition::Over);
        }
        if let Some(refused) = insert(&mut transaction, factor, most).await? {
            return Ok(refused);
        }
        // The next sign-in asks for it first.
        sqlx::query("UPDATE accounts SET last_factor = ?2 WHERE id = ?1")
            .bind(factor.account)
            .bind(factor.kind)
            .execute(&mut *transaction)
            .await?;
        factor_change::changed(&mut transaction, change).await?;
        transaction.commit().await?;
        Ok(FactorAddition::Added)
    }

    /// The random name of the account inside its passkeys. `fresh` becomes it if there is none yet.
    pub async fn passkey_user(&self, account: AccountId, fresh: [u8; 16]) -> Result<Option<[u8; 16]>, StoreError> {
        let mut transaction = self.write().await?;
        let user = sqlx::query_as::<_, UserRow>(
            "UPDATE accounts SET passkey_user = coalesce(passkey_user, ?2) WHERE id = ?1 RETURNING passkey_user",
        )
        .bind(account)
        .bind(fresh.as_slice())
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(user.map(|row| row.passkey_user))
    }
}

#[derive(sqlx::FromRow)]
struct UserRow {
    #[sqlx(try_from = "super::column::Bytes")]
    passkey_user: [u8; 16],
}

/// Inserts a factor unless the account has `most` or the passkey is known, and says which.
pub(super) async fn insert(
    transaction: &mut WriteTransaction,
    factor: &FactorRow,
    most: u32,
) -> Result<Option<FactorAddition>, StoreError> {
    let known = sqlx::query("SELECT 1 FROM factors WHERE credential = ?1")
        .bind(&factor.credential)
        .fetch_optional(&mut **transaction)
        .await?;
    if known.is_some() {
        return Ok(Some(FactorAddition::Registered));
    }
    let done = sqlx::query(
        "INSERT INTO factors (id, account, kind, name, key, cipher, credential, last_step, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE (SELECT count(*) FROM factors WHERE account = ?2) < ?10",
    )
    .bind(factor.id)
    .bind(factor.account)
    .bind(factor.kind)
    .bind(&factor.name)
    .bind(factor.encrypted.key)
    .bind(&factor.encrypted.bytes)
    .bind(&factor.credential)
    .bind(factor.last_step)
    .bind(factor.created_at)
    .bind(most)
    .execute(&mut **transaction)
    .await?;
    Ok((done.rows_affected() == 0).then_some(FactorAddition::Full))
}
