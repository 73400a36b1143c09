//! The end of a sign-in that went well: spent code, session, device and event, all or nothing; and the session of a
//! password that is enough.

use super::{Proof, SessionRow, Store, StoreError, StoredEvent, device, event, session};
use crate::domain::identifier::{AccountId, ChallengeId, DeviceId, SessionId, SignInId};
use crate::domain::method::CodeMethod;
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// What ends a sign-in well: everything is written in one transaction or nothing is.
#[derive(Debug, Clone)]
pub struct Completion {
    /// The sign-in.
    pub sign_in: SignInId,
    /// The challenge to spend.
    pub challenge: ChallengeId,
    /// The proof that was verified: spent only if the row still holds it (not sent again meanwhile).
    pub proof: Proof,
    /// What is earned.
    pub earned: Earned,
    /// The device cookie given to this browser.
    pub device: DeviceId,
    /// The audit event.
    pub event: StoredEvent,
}

/// What the last factor earns.
#[derive(Debug, Clone)]
pub enum Earned {
    /// A new session.
    Session(SessionRow),
    /// A session that is there has its factor anew.
    StepUp {
        /// The session.
        session: SessionId,
        /// Whose it is.
        account: AccountId,
        /// The factor that was given.
        method: CodeMethod,
    },
}

impl Earned {
    /// Whose it is.
    const fn account(&self) -> AccountId {
        match self {
            Self::Session(session) => session.account,
            Self::StepUp { account, .. } => *account,
        }
    }

    /// The session that must be there before.
    const fn session_before(&self) -> Option<SessionId> {
        match self {
            Self::Session(_) => None,
            Self::StepUp { session, .. } => Some(*session),
        }
    }
}

impl Store {
    /// Spends the challenge, ends the sign-in, makes or renews the session, writes the event: all or nothing. False
    /// when the challenge was spent or sent again meanwhile, the sign-in or its session ended, or the account is no
    /// longer active.
    pub async fn complete_sign_in(&self, completion: &Completion, now: Timestamp) -> Result<bool, StoreError> {
        // Without a proof nothing was verified, so nothing can be spent.
        if completion.proof == Proof::Nothing {
            return Ok(false);
        }
        let (kind, reference, key, tag) = completion.proof.columns();
        let before = completion.earned.session_before();
        let mut transaction = self.write().await?;
        // Spending is deleting: of the requests that verified the same code, one deletes the sign-in (its challenge
        // goes with it) and makes the session. `IS` compares empty columns as equal.
        let spent = sqlx::query(
            "DELETE FROM sign_ins
             WHERE id = ?1 AND account = ?2 AND expires_at > ?3 AND session IS ?9
                 AND EXISTS (SELECT 1 FROM accounts WHERE id = ?2 AND status = 'active')
                 AND EXISTS (SELECT 1 FROM challenges WHERE id = ?4 AND sign_in = ?1
                     AND proof = ?5 AND reference IS ?6 AND key IS ?7 AND tag IS ?8)
             RETURNING id",
        )
        .bind(completion.sign_in)
        .bind(completion.earned.account())
        .bind(now)
        .bind(completion.challenge)
        .bind(kind)
        .bind(reference)
        .bind(key)
        .bind(tag)
        .bind(before)
        .fetch_optional(&mut *transaction)
        .await?;
        if spent.is_none() {
            return Ok(false);
        }
        match &completion.earned {
            Earned::Session(session) => session::insert(&mut transaction, session).await?,
            Earned::StepUp { session, account, method } => {
                if !session::step_up(&mut transaction, *session, *account, *method, now).await? {
                    return Ok(false);
                }
            }
        }
        device::remember(&mut transaction, completion.earned.account(), completion.device, now).await?;
        event::append(&mut transaction, &completion.event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Makes a session for a password alone. False when `verified` is no longer the account's password, or the account
    /// is no longer active.
    pub async fn open_session(
        &self,
        session: &SessionRow,
        verified: &PasswordHash,
        device: Option<DeviceId>,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let allowed = sqlx::query("SELECT 1 FROM accounts WHERE id = ?1 AND password = ?2 AND status = 'active'")
            .bind(session.account)
            .bind(verified)
            .fetch_optional(&mut *transaction)
            .await?;
        if allowed.is_none() {
            return Ok(false);
        }
        session::insert(&mut transaction, session).await?;
        if let Some(device) = device {
            device::remember(&mut transaction, session.account, device, session.created_at).await?;
        }
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }
}
