//! The end of a sign-in that went well: spent code, session, device and event, all or nothing.

use super::{Proof, SessionRow, Store, StoreError, device, event, session};
use crate::domain::identifier::{ChallengeId, DeviceId, SignInId};
use crate::platform::clock::Timestamp;
use crate::store::StoredEvent;

/// What ends a sign-in well: everything is written in one transaction or nothing is.
#[derive(Debug, Clone)]
pub struct Completion {
    /// The sign-in.
    pub sign_in: SignInId,
    /// The challenge to spend.
    pub challenge: ChallengeId,
    /// The proof that was verified: spent only if the row still holds it (not sent again meanwhile).
    pub proof: Proof,
    /// The new session.
    pub session: SessionRow,
    /// The device cookie given to this browser.
    pub device: DeviceId,
    /// The audit event.
    pub event: StoredEvent,
}

impl Store {
    /// Spends the challenge, ends the sign-in, makes the session, writes the event: all or nothing. False when the
    /// challenge was spent or sent again meanwhile, the sign-in expired, or the account is no longer active.
    pub async fn complete_sign_in(&self, completion: &Completion, now: Timestamp) -> Result<bool, StoreError> {
        // Without a proof nothing was verified, so nothing can be spent.
        if completion.proof == Proof::Nothing {
            return Ok(false);
        }
        let (kind, reference, key, tag) = completion.proof.columns();
        let mut transaction = self.write().await?;
        // Spending is deleting: of the requests that verified the same code, one deletes the sign-in (its challenge
        // goes with it) and makes the session. `IS` compares empty columns as equal.
        let spent = sqlx::query(
            "DELETE FROM sign_ins
             WHERE id = ?1 AND account = ?2 AND expires_at > ?3
                 AND EXISTS (SELECT 1 FROM accounts WHERE id = ?2 AND status = 'active')
                 AND EXISTS (SELECT 1 FROM challenges WHERE id = ?4 AND sign_in = ?1 AND spent_at IS NULL
                     AND proof = ?5 AND reference IS ?6 AND key IS ?7 AND tag IS ?8)
             RETURNING id",
        )
        .bind(completion.sign_in.as_bytes().as_slice())
        .bind(completion.session.account.as_bytes().as_slice())
        .bind(now.millis())
        .bind(completion.challenge.as_bytes().as_slice())
        .bind(kind)
        .bind(reference)
        .bind(key)
        .bind(tag)
        .fetch_optional(&mut *transaction)
        .await?;
        if spent.is_none() {
            return Ok(false);
        }
        session::insert(&mut transaction, &completion.session).await?;
        device::remember(&mut transaction, completion.session.account, completion.device, now).await?;
        event::append(&mut transaction, &completion.event).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
