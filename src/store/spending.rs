//! What a right proof uses up. Each is one conditional statement within the transaction that completes the sign-in: of
//! several requests with the same proof, on any number of instances, one finds something to use up.

use super::write::WriteTransaction;
use super::{Proof, StoreError};
use crate::domain::identifier::{AccountId, ChallengeId, FactorId, SignInId};
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;

/// What a right proof uses up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spending {
    /// A code that was sent.
    SentCode {
        /// The sign-in that it was sent for.
        sign_in: SignInId,
        /// The challenge.
        challenge: ChallengeId,
        /// The proof that was verified. It is spent only if the row still has it, that is, if no new code was sent
        /// meanwhile.
        proof: Proof,
    },
    /// A time step of an authenticator app. It and all earlier steps are used up.
    TotpStep {
        /// The authenticator app.
        factor: FactorId,
        /// The step (RFC 6238 §4.2).
        step: i64,
    },
    /// A recovery code.
    RecoveryCode {
        /// Its hash.
        hash: [u8; 32],
        /// If one was used after this moment, the delay that began then goes on and does not begin again: it would keep
        /// what was added meanwhile.
        recovered_after: Timestamp,
    },
    /// A passkey with a signature counter. Its challenge is deleted before the signature is verified.
    Passkey {
        /// The passkey.
        factor: FactorId,
        /// The passkey as it was verified: of two signatures with one counter, one finds it unchanged.
        before: Encrypted,
        /// The passkey with its new counter and backup state.
        after: Encrypted,
    },
}

impl Spending {
    /// Uses it up. Returns false if it was used up before.
    pub(super) async fn spend(
        &self,
        transaction: &mut WriteTransaction,
        account: AccountId,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let done = match self {
            Self::SentCode { sign_in, challenge, proof } => {
                return sent_code(transaction, *sign_in, *challenge, proof).await;
            }
            Self::TotpStep { factor, step } => {
                sqlx::query(
                    "UPDATE factors SET last_step = ?3, last_used_at = ?4
                     WHERE id = ?1 AND account = ?2 AND last_step < ?3",
                )
                .bind(factor)
                .bind(account)
                .bind(step)
                .bind(now)
                .execute(&mut **transaction)
                .await?
            }
            Self::RecoveryCode { hash, recovered_after } => {
                sqlx::query(
                    "UPDATE accounts SET recovered_at = ?2
                     WHERE id = ?1 AND (recovered_at IS NULL OR recovered_at <= ?3)",
                )
                .bind(account)
                .bind(now)
                .bind(recovered_after)
                .execute(&mut **transaction)
                .await?;
                sqlx::query("DELETE FROM recovery_codes WHERE account = ?1 AND hash = ?2")
                    .bind(account)
                    .bind(hash.as_slice())
                    .execute(&mut **transaction)
                    .await?
            }
            Self::Passkey { factor, before, after } => {
                sqlx::query(
                    "UPDATE factors SET key = ?5, cipher = ?6, last_used_at = ?7
                     WHERE id = ?1 AND account = ?2 AND key = ?3 AND cipher = ?4",
                )
                .bind(factor)
                .bind(account)
                .bind(before.key)
                .bind(&before.bytes)
                .bind(after.key)
                .bind(&after.bytes)
                .bind(now)
                .execute(&mut **transaction)
                .await?
            }
        };
        Ok(done.rows_affected() == 1)
    }
}

async fn sent_code(
    transaction: &mut WriteTransaction,
    sign_in: SignInId,
    challenge: ChallengeId,
    proof: &Proof,
) -> Result<bool, StoreError> {
    // Without a proof nothing was verified, so nothing can be spent.
    if *proof == Proof::Nothing {
        return Ok(false);
    }
    let (kind, reference, key, tag) = proof.columns();
    // `IS` compares NULLs as equal.
    let done = sqlx::query(
        "DELETE FROM challenges
         WHERE id = ?1 AND sign_in = ?2 AND proof = ?3 AND reference IS ?4 AND key IS ?5 AND tag IS ?6",
    )
    .bind(challenge)
    .bind(sign_in)
    .bind(kind)
    .bind(reference)
    .bind(key)
    .bind(tag)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}
