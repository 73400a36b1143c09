//! Sign-ins under way: the password was right, the second factor is missing.

use sqlx::sqlite::SqliteRow;

use super::{Challenge, Store, StoreError, challenge, row};
use crate::domain::identifier::{AccountId, SignInId};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// A sign-in under way.
#[derive(Debug, Clone)]
pub struct SignIn {
    /// What the sign-in cookie names.
    pub id: SignInId,
    /// Whose password was right.
    pub account: AccountId,
    /// Where to go afterwards (a whole URL made by `ReturnTarget`).
    pub return_to: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it ends unfinished.
    pub expires_at: Timestamp,
    /// The code that was sent.
    pub challenge: Option<Challenge>,
}

impl Store {
    /// Opens a sign-in without challenge. False when `verified` is no longer the account's password, or the account is
    /// no longer active: whoever gave the old password in that moment does not get in with it.
    pub async fn open_sign_in(&self, sign_in: &SignIn, verified: &PasswordHash) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let opened = sqlx::query(
            "INSERT INTO sign_ins (id, account, return_to, created_at, expires_at)
             SELECT ?1, id, ?3, ?4, ?5 FROM accounts WHERE id = ?2 AND password = ?6 AND status = 'active'",
        )
        .bind(sign_in.id.as_bytes().as_slice())
        .bind(sign_in.account.as_bytes().as_slice())
        .bind(&sign_in.return_to)
        .bind(sign_in.created_at.millis())
        .bind(sign_in.expires_at.millis())
        .bind(verified.as_str())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(opened.rows_affected() == 1)
    }

    /// Gives a live sign-in of the same account with an open challenge (not expired, not spent, guesses left, a code
    /// out) the new id and return target; the old id is dead. False when there is none.
    pub async fn continue_sign_in(
        &self,
        old: SignInId,
        new: SignInId,
        account: AccountId,
        return_to: &str,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "UPDATE sign_ins SET id = ?2, return_to = ?4
             WHERE id = ?1 AND account = ?3 AND expires_at > ?5
                 AND EXISTS (SELECT 1 FROM challenges
                     WHERE sign_in = ?1 AND spent_at IS NULL AND expires_at > ?5 AND proof <> 'nothing'
                         AND (most IS NULL OR guesses < most))",
        )
        .bind(old.as_bytes().as_slice())
        .bind(new.as_bytes().as_slice())
        .bind(account.as_bytes().as_slice())
        .bind(return_to)
        .bind(now.millis())
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// A sign-in that has not expired.
    pub async fn sign_in(&self, id: SignInId, now: Timestamp) -> Result<Option<SignIn>, StoreError> {
        let mut transaction = self.reading().begin().await?;
        let found = sqlx::query("SELECT * FROM sign_ins WHERE id = ?1 AND expires_at > ?2")
            .bind(id.as_bytes().as_slice())
            .bind(now.millis())
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let sent = challenge::of_sign_in(&mut transaction, id).await?;
        read(&found, sent).map(Some)
    }
}

fn read(row: &SqliteRow, challenge: Option<Challenge>) -> Result<SignIn, StoreError> {
    Ok(SignIn {
        id: row::parsed(row, "id", SignInId::from_slice)?,
        account: row::parsed(row, "account", AccountId::from_slice)?,
        return_to: row::value(row, "return_to")?,
        created_at: row::moment(row, "created_at")?,
        expires_at: row::moment(row, "expires_at")?,
        challenge,
    })
}
