//! Claims on a challenge: the right to guess, the right to send. One conditional statement each, so that of any
//! number of requests on any number of processes no more win than there is to win.

use std::time::Duration;

use super::{Challenge, Store, StoreError, challenge};
use crate::domain::identifier::{ChallengeId, SignInId};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;

/// Answer to a claim for a guess.
#[derive(Debug, Clone)]
pub enum GuessClaim {
    /// Go ahead: the challenge as claimed (`guesses` already includes this one).
    Claimed(Challenge),
    /// The code is expired or spent, or nothing was sent.
    NoCode,
    /// All guesses are used: the sign-in is over.
    Exhausted,
    /// No such sign-in.
    Unknown,
}

/// Answer to a claim for a send.
#[derive(Debug, Clone)]
pub enum SendClaim {
    /// Go ahead; the challenge before (its `proof` is what to resend or delete; it stays good until the new send is
    /// recorded). Its `next_send_at` is the new one.
    Claimed(ChallengeId, Option<Challenge>),
    /// Too soon.
    Wait(Duration),
    /// Over: expired, exhausted or spent.
    Over,
}

impl Store {
    /// Claims the right to send: creates the challenge row (proof `Nothing`) or moves the `next_send_at` of the
    /// existing one, if `now` is past it, guesses are left and it is not spent.
    pub async fn claim_send(
        &self,
        sign_in: SignInId,
        fresh: ChallengeId,
        method: CodeMethod,
        next_send_at: Timestamp,
        now: Timestamp,
    ) -> Result<SendClaim, StoreError> {
        let mut transaction = self.write().await?;
        // A fresh row has no code: it is born expired, `record_send` gives it a life.
        let claimed = sqlx::query_as::<_, Challenge>(
            "INSERT INTO challenges (id, sign_in, method, provider, proof, guesses, expires_at, next_send_at)
             SELECT ?2, id, ?3, '', 'nothing', 0, ?5, ?4 FROM sign_ins WHERE id = ?1 AND expires_at > ?5
             ON CONFLICT (sign_in) DO UPDATE SET next_send_at = excluded.next_send_at
             WHERE challenges.next_send_at <= ?5 AND (most IS NULL OR guesses < most)
             RETURNING *",
        )
        .bind(sign_in)
        .bind(fresh)
        .bind(method)
        .bind(next_send_at)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(claimed) = claimed {
            transaction.commit().await?;
            let before = (claimed.id != fresh).then(|| claimed.clone());
            return Ok(SendClaim::Claimed(claimed.id, before));
        }
        // Nothing was claimed; what follows only finds the words for it, under the same lock.
        let open = sqlx::query_as::<_, Challenge>(
            "SELECT challenges.* FROM challenges JOIN sign_ins ON sign_ins.id = sign_in
             WHERE sign_in = ?1 AND sign_ins.expires_at > ?2 AND (most IS NULL OR guesses < most)",
        )
        .bind(sign_in)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        Ok(match open {
            Some(waiting) => SendClaim::Wait(now.until(waiting.next_send_at)),
            None => SendClaim::Over,
        })
    }

    /// After a send that surely did not happen: the next one may follow at once.
    pub async fn release_send(&self, challenge: ChallengeId, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE challenges SET next_send_at = min(next_send_at, ?2) WHERE id = ?1")
            .bind(challenge)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Claims one of `most` guesses.
    pub async fn claim_guess(&self, sign_in: SignInId, most: u32, now: Timestamp) -> Result<GuessClaim, StoreError> {
        let mut transaction = self.write().await?;
        let claimed = sqlx::query_as::<_, Challenge>(
            "UPDATE challenges SET guesses = guesses + 1, most = ?2
             WHERE sign_in = ?1 AND guesses < ?2 AND proof <> 'nothing' AND expires_at > ?3
                 AND EXISTS (SELECT 1 FROM sign_ins WHERE id = ?1 AND expires_at > ?3)
             RETURNING *",
        )
        .bind(sign_in)
        .bind(most)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(challenge) = claimed {
            transaction.commit().await?;
            return Ok(GuessClaim::Claimed(challenge));
        }
        // Nothing was claimed; what follows only finds the words for it, under the same lock.
        let alive = sqlx::query("SELECT 1 FROM sign_ins WHERE id = ?1 AND expires_at > ?2")
            .bind(sign_in)
            .bind(now)
            .fetch_optional(&mut *transaction)
            .await?;
        if alive.is_none() {
            return Ok(GuessClaim::Unknown);
        }
        Ok(match challenge::of_sign_in(&mut transaction, sign_in).await? {
            Some(used) if used.guesses >= most => GuessClaim::Exhausted,
            Some(_) | None => GuessClaim::NoCode,
        })
    }
}
