//! Sign-ins in progress: the password was right, or a session needs its factor again, and the second factor is missing.

use super::column::Bytes;
use super::write::WriteTransaction;
use super::{Challenge, Store, StoreError, challenge};
use crate::domain::identifier::{AccountId, SessionId, SignInId};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// A sign-in in progress.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SignIn {
    /// The id that the sign-in cookie contains.
    pub id: SignInId,
    /// The account that is signing in.
    pub account: AccountId,
    /// The destination afterwards (a whole URL made by `ReturnTarget`).
    pub return_to: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// The challenge, if a send was claimed.
    #[sqlx(skip)]
    pub challenge: Option<Challenge>,
    /// The hash of the nonce that another host stored in the browser, if the session is to be handed over to that host.
    #[sqlx(try_from = "Bytes")]
    pub nonce: Option<[u8; 32]>,
    /// The session whose factor is asked for again; `None`: a new session will be created.
    pub session: Option<SessionId>,
    /// Proofs of held factors that were tried so far.
    pub guesses: u32,
}

/// The result of claiming a proof of a held factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofClaim {
    /// Claimed; so many are left after this one.
    Claimed {
        /// How many.
        left: u32,
    },
    /// All are used; the sign-in has failed.
    Exhausted,
    /// There is no such sign-in.
    Unknown,
}

impl Store {
    /// Opens a sign-in without a challenge. Returns false if `verified` is no longer the account's password or the
    /// account is no longer active, so that a password that was replaced in the meantime does not work.
    pub async fn open_sign_in(&self, sign_in: &SignIn, verified: &PasswordHash) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let opened = sqlx::query(
            "INSERT INTO sign_ins (id, account, return_to, created_at, expires_at, nonce)
             SELECT ?1, id, ?3, ?4, ?5, ?7 FROM accounts WHERE id = ?2 AND password = ?6 AND status = 'active'",
        )
        .bind(sign_in.id)
        .bind(sign_in.account)
        .bind(&sign_in.return_to)
        .bind(sign_in.created_at)
        .bind(sign_in.expires_at)
        .bind(verified)
        .bind(sign_in.nonce.as_ref().map(<[u8; 32]>::as_slice))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(opened.rows_affected() == 1)
    }

    /// Opens a sign-in that asks for the factor of a live session again. Returns false if that session has ended or is
    /// another account's, or if the account is no longer active.
    pub async fn open_step_up(&self, sign_in: &SignIn) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let opened = sqlx::query(
            "INSERT INTO sign_ins (id, account, return_to, created_at, expires_at, nonce, session)
             SELECT ?1, account, ?3, ?4, ?5, ?6, id FROM sessions
             WHERE id = ?7 AND account = ?2 AND expires_at > ?4
                 AND EXISTS (SELECT 1 FROM accounts WHERE id = ?2 AND status = 'active')",
        )
        .bind(sign_in.id)
        .bind(sign_in.account)
        .bind(&sign_in.return_to)
        .bind(sign_in.created_at)
        .bind(sign_in.expires_at)
        .bind(sign_in.nonce.as_ref().map(<[u8; 32]>::as_slice))
        .bind(sign_in.session)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(opened.rows_affected() == 1)
    }

    /// Gives the new id, return target and nonce to a live sign-in of the same account and purpose that has an open
    /// challenge (not expired, not spent, guesses left, a code sent). The old id becomes invalid. Returns false if
    /// there is no such sign-in.
    pub async fn continue_sign_in(&self, old: SignInId, new: &SignIn, now: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "UPDATE sign_ins SET id = ?2, return_to = ?4, nonce = ?6
             WHERE id = ?1 AND account = ?3 AND expires_at > ?5 AND session IS ?7
                 AND EXISTS (SELECT 1 FROM challenges
                     WHERE sign_in = ?1 AND expires_at > ?5 AND proof <> 'nothing'
                         AND (most IS NULL OR guesses < most))",
        )
        .bind(old)
        .bind(new.id)
        .bind(new.account)
        .bind(&new.return_to)
        .bind(now)
        .bind(new.nonce.as_ref().map(<[u8; 32]>::as_slice))
        .bind(new.session)
        .execute(&mut *transaction)
        .await?;
        // It was encrypted for the sign-in under its old id.
        sqlx::query("DELETE FROM passkey_challenges WHERE sign_in = ?1")
            .bind(new.id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Gives a proof back that was claimed and could not be judged.
    pub async fn return_proof(&self, id: SignInId) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE sign_ins SET guesses = guesses - 1 WHERE id = ?1 AND guesses > 0")
            .bind(id)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Claims one of `most` proofs of held factors for a sign-in.
    pub async fn claim_proof(&self, id: SignInId, most: u32, now: Timestamp) -> Result<ProofClaim, StoreError> {
        let mut transaction = self.write().await?;
        let claimed = sqlx::query_scalar::<_, u32>(
            "UPDATE sign_ins SET guesses = guesses + 1 WHERE id = ?1 AND guesses < ?2 AND expires_at > ?3
             RETURNING guesses",
        )
        .bind(id)
        .bind(most)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(guesses) = claimed {
            transaction.commit().await?;
            return Ok(ProofClaim::Claimed { left: most.saturating_sub(guesses) });
        }
        let alive = sqlx::query("SELECT 1 FROM sign_ins WHERE id = ?1 AND expires_at > ?2")
            .bind(id)
            .bind(now)
            .fetch_optional(&mut *transaction)
            .await?;
        Ok(if alive.is_some() { ProofClaim::Exhausted } else { ProofClaim::Unknown })
    }

    /// Returns a sign-in that has not expired.
    pub async fn sign_in(&self, id: SignInId, now: Timestamp) -> Result<Option<SignIn>, StoreError> {
        let mut transaction = self.reading().begin().await?;
        let found = sqlx::query_as::<_, SignIn>("SELECT * FROM sign_ins WHERE id = ?1 AND expires_at > ?2")
            .bind(id)
            .bind(now)
            .fetch_optional(&mut *transaction)
            .await?;
        let Some(sign_in) = found else { return Ok(None) };
        let challenge = challenge::of_sign_in(&mut transaction, id).await?;
        Ok(Some(SignIn { challenge, ..sign_in }))
    }
}

/// Ends all sign-ins of an account that are in progress.
pub(super) async fn end_all(transaction: &mut WriteTransaction, account: AccountId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sign_ins WHERE account = ?1").bind(account).execute(&mut **transaction).await?;
    Ok(())
}
