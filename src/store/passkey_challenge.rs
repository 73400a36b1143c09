//! Challenges that a passkey has to sign, and the domain that passkeys belong to.

use super::factor::EncryptedRow;
use super::{FactorRow, Store, StoreError};
use crate::domain::identifier::SignInId;
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;

/// The domain that passkeys belong to, compared with the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RelyingPartyChange {
    /// It is the same, or the first one.
    Same,
    /// It was another one, and this many passkeys belong to that.
    Other {
        /// The domain before.
        before: String,
        /// The passkeys that no longer work.
        passkeys: i64,
    },
}

/// Whether passkeys may belong to another domain than before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherDomain {
    /// `passkeys.accept_new_rp_id = true`.
    Accepted,
    /// The default.
    Refused,
}

#[derive(sqlx::FromRow)]
struct ChallengeRow {
    #[sqlx(flatten, try_from = "EncryptedRow")]
    encrypted: Encrypted,
}

impl Store {
    /// The challenge of a sign-in: the one that waits for an answer, or else `fresh`. `None`: the sign-in is over.
    pub async fn passkey_challenge(
        &self,
        sign_in: SignInId,
        fresh: &Encrypted,
        expires_at: Timestamp,
        now: Timestamp,
    ) -> Result<Option<Encrypted>, StoreError> {
        let mut transaction = self.write().await?;
        // A page that is loaded again asks for the same signature, so that two tabs do not make each other's void.
        let kept = sqlx::query_as::<_, ChallengeRow>(
            "INSERT INTO passkey_challenges (sign_in, key, cipher, expires_at)
             SELECT id, ?2, ?3, ?4 FROM sign_ins WHERE id = ?1 AND expires_at > ?5
             ON CONFLICT (sign_in) DO UPDATE SET
                 key = iif(expires_at > ?5 AND expires_at <= ?4, key, excluded.key),
                 cipher = iif(expires_at > ?5 AND expires_at <= ?4, cipher, excluded.cipher),
                 expires_at = iif(expires_at > ?5 AND expires_at <= ?4, expires_at, excluded.expires_at)
             RETURNING key, cipher",
        )
        .bind(sign_in)
        .bind(fresh.key)
        .bind(&fresh.bytes)
        .bind(expires_at)
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(kept.map(|row| row.encrypted))
    }

    /// Takes the challenge of a sign-in away, because it is being answered: of several answers, one is judged. `None`:
    /// there is none, it has expired, or it would end after `latest`: the clock was set back meanwhile.
    pub async fn take_passkey_challenge(
        &self,
        sign_in: SignInId,
        now: Timestamp,
        latest: Timestamp,
    ) -> Result<Option<Encrypted>, StoreError> {
        let mut transaction = self.write().await?;
        let taken = sqlx::query_as::<_, ChallengeRow>(
            "DELETE FROM passkey_challenges
             WHERE sign_in = ?1 AND expires_at > ?2 AND expires_at <= ?3 RETURNING key, cipher",
        )
        .bind(sign_in)
        .bind(now)
        .bind(latest)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(taken.map(|row| row.encrypted))
    }

    /// Claims the answer to a challenge of the login page. Returns false if it was answered before.
    pub async fn claim_login_challenge(&self, id: &[u8; 16], expires_at: Timestamp) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done =
            sqlx::query("INSERT INTO answered_challenges (id, expires_at) VALUES (?1, ?2) ON CONFLICT (id) DO NOTHING")
                .bind(id.as_slice())
                .bind(expires_at)
                .execute(&mut *transaction)
                .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// The passkey with this credential id, if it belongs to the account that passkeys name `user`.
    pub async fn passkey(&self, credential: &[u8], user: &[u8]) -> Result<Option<FactorRow>, StoreError> {
        let found = sqlx::query_as::<_, FactorRow>(
            "SELECT factors.* FROM factors JOIN accounts ON accounts.id = factors.account
             WHERE credential = ?1 AND passkey_user = ?2",
        )
        .bind(credential)
        .bind(user)
        .fetch_optional(self.reading())
        .await?;
        Ok(found)
    }

    /// Compares the domain that passkeys belong to with the one before, and keeps it: always if no passkey belongs to
    /// another one, else only if that is accepted.
    pub async fn keep_relying_party(&self, id: &str, other: OtherDomain) -> Result<RelyingPartyChange, StoreError> {
        let mut transaction = self.write().await?;
        let before: Option<String> =
            sqlx::query_scalar("SELECT id FROM relying_party WHERE only = 1").fetch_optional(&mut *transaction).await?;
        let passkeys: i64 = sqlx::query_scalar("SELECT count(*) FROM factors WHERE credential IS NOT NULL")
            .fetch_one(&mut *transaction)
            .await?;
        let change = match before {
            Some(before) if before != id && passkeys > 0 => RelyingPartyChange::Other { before, passkeys },
            Some(_) | None => RelyingPartyChange::Same,
        };
        if other == OtherDomain::Accepted || change == RelyingPartyChange::Same {
            sqlx::query(
                "INSERT INTO relying_party (only, id) VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET id = excluded.id",
            )
            .bind(id)
            .execute(&mut *transaction)
            .await?;
            transaction.commit().await?;
        }
        Ok(change)
    }
}
