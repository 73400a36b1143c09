//! One-time tokens that hand a session over to another host.

use super::column::column;
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::identifier::{AccountId, HandoverId, SessionId};
use crate::platform::clock::Timestamp;

/// A hand-over token for another host.
#[derive(Debug, Clone)]
pub struct Handover {
    /// The id that the token contains.
    pub id: HandoverId,
    /// The session to hand over.
    pub session: SessionId,
    /// The hash of the origin that it is for.
    pub audience: [u8; 16],
    /// The hash of the nonce that the other host stored in the browser.
    pub nonce: [u8; 32],
    /// The destination there (a whole URL made by `ReturnTarget`).
    pub return_to: String,
    /// When the token expires.
    pub expires_at: Timestamp,
}

/// A token that was just spent.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct SpentHandover {
    /// The session.
    pub session: SessionId,
    /// The session's account.
    pub account: AccountId,
    /// The destination.
    pub return_to: String,
    /// Whether the browser that presented it is the one that began the sign-in.
    pub browser: HandoverBrowser,
}

/// Which browser presented a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverBrowser {
    /// The browser that has the nonce of the token.
    Same,
    /// Another browser, or one without a nonce.
    Other,
}

impl Store {
    /// Stores a token. Returns false if the session has ended meanwhile.
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

    /// Spends a token once, on the origin that it was made for, while its session is live. Spending is deleting: of
    /// several requests with the same token only one gets a result. A wrong or missing nonce spends it too, so that a
    /// token read from a log afterwards is worthless.
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

// The result of comparing two nonces.
column! {
    HandoverBrowser as bool: |browser| *browser == Self::Same, |same| Ok(if same { Self::Same } else { Self::Other });
}
