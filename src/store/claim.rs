//! Claims on a challenge: the right to guess and the right to send. Each is one conditional statement, so that
//! concurrent requests, on any number of processes, never get more claims than there are.

use std::time::Duration;

use super::{Challenge, Store, StoreError, challenge};
use crate::domain::identifier::{ChallengeId, SignInId};
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;

/// The result of claiming a guess.
#[derive(Debug, Clone)]
pub enum GuessClaim {
    /// Claimed. `guesses` of the challenge already includes this guess.
    Claimed(Challenge),
    /// The code is expired or spent, or none was sent.
    NoCode,
    /// All guesses are used; the sign-in has failed.
    Exhausted,
    /// There is no such sign-in.
    Unknown,
}

/// The result of claiming a send.
#[derive(Debug, Clone)]
pub enum SendClaim {
    /// Claimed. The second value is the existing challenge, if any: its `proof` is what to resend or delete, and it
    /// stays valid until the new send is recorded. Its `next_send_at` is already the new one.
    Claimed(ChallengeId, Option<Challenge>),
    /// The next send is allowed after this time.
    Wait(Duration),
    /// The challenge is over: expired, exhausted or spent.
    Over,
}

impl Store {
    /// Claims the right to send. Creates the challenge row (with proof `Nothing`), or moves the `next_send_at` of the
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
        // A new row has no code yet and is created expired; `record_send` sets its expiry.
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
        // Nothing was claimed. The rest finds out why, under the same lock.
        let open = sqlx::query_as::<_, Challenge>(
            "SELECT challenges.* FROM challenges JOIN sign_ins ON sign_ins.id = sign_in
             WHERE sign_in = ?1 AND sign_ins.expires_at > ?2 AND (most IS NULL OR challenges.guesses < most)",
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

    /// Allows the next send at once, after a send that certainly did not happen.
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
        // Nothing was claimed. The rest finds out why, under the same lock.
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
