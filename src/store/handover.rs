//! One-time tokens that carry a session to another host.

use super::column::column;
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::identifier::{AccountId, HandoverId, SessionId};
use crate::platform::clock::Timestamp;

/// A session on its way to another host.
#[derive(Debug, Clone)]
pub struct Handover {
    /// What the token names.
    pub id: HandoverId,
    /// The session.
    pub session: SessionId,
    /// The origin it is for, hashed.
    pub audience: [u8; 16],
    /// The hash of what that host left in the browser.
    pub nonce: [u8; 32],
    /// Where to go there (a whole URL made by `ReturnTarget`).
    pub return_to: String,
    /// When the token dies.
    pub expires_at: Timestamp,
}

/// A token that was spent now.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SpentHandover {
    /// The session.
    pub session: SessionId,
    /// Whose it is.
    pub account: AccountId,
    /// Where to go.
    pub return_to: String,
    /// Whether the browser that showed it is the one that began the sign-in.
    pub browser: HandoverBrowser,
}

/// Which browser showed a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverBrowser {
    /// The one that holds the nonce of the token.
    Same,
    /// Another one, or one without a nonce.
    Other,
}

impl Store {
    /// Writes a token down. False when the session has ended meanwhile.
    pub async fn insert_handover(&self, handover: &Handover) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query(
            "INSERT INTO handovers (id, session, audience, nonce, return_to, expires_at)
             SELECT ?1, id, ?3, ?4, ?5, ?6 FROM sessions WHERE id = ?2",
        )
        .bind(handover.id)
        .bind(handover.session)
        .bind(handover.audience.as_slice())
        .bind(handover.nonce.as_slice())
        .bind(&handover.return_to)
        .bind(handover.expires_at)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() == 1)
    }

    /// Spends a token, once, on the origin it was made for, while its session lives. Spending is deleting: of any
    /// number of requests with the same token one gets something. A wrong nonce, or none, spends it too: whoever reads
    /// the token in a log afterwards finds it dead.
    pub async fn spend_handover(
        &self,
        id: HandoverId,
        audience: &[u8; 16],
        nonce: Option<&[u8; 32]>,
        told: impl Fn(&SpentHandover) -> StoredEvent + Send,
        now: Timestamp,
    ) -> Result<Option<SpentHandover>, StoreError> {
        let mut transaction = self.write().await?;
        let found = sqlx::query_as::<_, SpentHandover>(
            "DELETE FROM handovers
             WHERE id = ?1 AND audience = ?2 AND expires_at > ?4
             RETURNING session, return_to, nonce = ?3 AS browser,
                 (SELECT account FROM sessions WHERE sessions.id = session) AS account",
        )
        .bind(id)
        .bind(audience.as_slice())
        .bind(nonce.map_or(&[][..], |nonce| nonce.as_slice()))
        .bind(now)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(spent) = found else { return Ok(None) };
        event::append(&mut transaction, &told(&spent)).await?;
        transaction.commit().await?;
        Ok(Some(spent))
    }
}

// What the comparison of two nonces says.
column! {
    HandoverBrowser as bool: |browser| *browser == Self::Same, |same| Ok(if same { Self::Same } else { Self::Other });
}
