//! The successful end of a sign-in: the code is spent, and session, device and event are written, all in one
//! transaction. Also opens the sessions of people for whom a password is enough.

use super::write::WriteTransaction;
use super::{BrowserCookie, BrowserUse, SessionRow, Spending, Store, StoreError, StoredEvent, device, event, session};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, SessionId, SignInId};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// The successful end of a sign-in, written in one transaction.
#[derive(Debug, Clone)]
pub struct Completion {
    /// The sign-in to end.
    pub sign_in: SignInId,
    /// What the proof uses up.
    pub spending: Spending,
    /// What the person gets.
    pub earned: Earned,
    /// The browser in which it ends.
    pub browser: BrowserUse,
    /// The audit event.
    pub event: StoredEvent,
}

/// What the last factor is worth.
#[derive(Debug, Clone)]
pub enum Earned {
    /// A new session.
    Session(SessionRow),
    /// An existing session whose factor was given again.
    StepUp {
        /// The session.
        session: SessionId,
        /// The session's account.
        account: AccountId,
        /// The factor that was given.
        method: FactorKind,
    },
}

/// A session for a password alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenedSession {
    /// The browser's cookie from now on. `None`: the browser is not known, or showed an earlier cookie of a known one.
    pub cookie: Option<BrowserCookie>,
}

impl Earned {
    const fn account(&self) -> AccountId {
        match self {
            Self::Session(session) => session.account,
            Self::StepUp { account, .. } => *account,
        }
    }

    /// The factor that was given.
    const fn method(&self) -> Option<FactorKind> {
        match self {
            Self::Session(session) => session.method,
            Self::StepUp { method, .. } => Some(*method),
        }
    }

    /// The session that has to exist already, for a step-up.
    const fn session_before(&self) -> Option<SessionId> {
        match self {
            Self::Session(_) => None,
            Self::StepUp { session, .. } => Some(*session),
        }
    }
}

impl Store {
    /// Spends the challenge, ends the sign-in, creates or renews the session and writes the event, all in one
    /// transaction. Returns the browser's cookie from now on; `None` if the challenge was spent or sent again meanwhile,
    /// if the sign-in or its session has ended, or if the account is no longer active.
    pub async fn complete_sign_in(
        &self,
        completion: &Completion,
        now: Timestamp,
    ) -> Result<Option<BrowserCookie>, StoreError> {
        let account = completion.earned.account();
        let before = completion.earned.session_before();
        let mut transaction = self.write().await?;
        // Of several requests that verified the same proof, only one finds it and the sign-in, and creates the session.
        if !completion.spending.spend(&mut transaction, account, now).await? {
            return Ok(None);
        }
        let ended = sqlx::query(
            "DELETE FROM sign_ins
             WHERE id = ?1 AND account = ?2 AND expires_at > ?3 AND session IS ?4
                 AND EXISTS (SELECT 1 FROM accounts WHERE id = ?2 AND status = 'active')",
        )
        .bind(completion.sign_in)
        .bind(account)
        .bind(now)
        .bind(before)
        .execute(&mut *transaction)
        .await?;
        if ended.rows_affected() == 0 {
            return Ok(None);
        }
        match &completion.earned {
            Earned::Session(session) => session::insert(&mut transaction, session).await?,
            Earned::StepUp { session, account, method } => {
                let given = session::Factor { kind: *method, device: completion.browser.device, at: now };
                if !session::step_up(&mut transaction, *session, *account, &given).await? {
                    return Ok(None);
                }
            }
        }
        let method = completion.earned.method();
        event::append(&mut transaction, &completion.event).await?;
        if let Some(method) = method {
            used(&mut transaction, account, method).await?;
        }
        let cookie = device::record(&mut transaction, account, &completion.browser, method, now).await?;
        transaction.commit().await?;
        Ok(Some(cookie))
    }

    /// Creates a session for a passkey alone, which verified its user: possession and user verification are two
    /// factors. Returns the browser's cookie; `None` if the passkey was used meanwhile or the account is not active.
    pub async fn open_passkey_session(
        &self,
        session: &SessionRow,
        spending: &Spending,
        browser: &BrowserUse,
        event: &StoredEvent,
    ) -> Result<Option<BrowserCookie>, StoreError> {
        let mut transaction = self.write().await?;
        let active = sqlx::query("SELECT 1 FROM accounts WHERE id = ?1 AND status = 'active'")
            .bind(session.account)
            .fetch_optional(&mut *transaction)
            .await?;
        if active.is_none() || !spending.spend(&mut transaction, session.account, session.created_at).await? {
            return Ok(None);
        }
        session::insert(&mut transaction, session).await?;
        event::append(&mut transaction, event).await?;
        used(&mut transaction, session.account, FactorKind::Passkey).await?;
        let cookie =
            device::record(&mut transaction, session.account, browser, session.method, session.created_at).await?;
        transaction.commit().await?;
        Ok(Some(cookie))
    }

    /// Creates a session for a password alone. `shown` is the browser's device cookie: the newest one of a browser of this
    /// account is replaced, and the session belongs to that browser. With any other, the session belongs to none. Returns
    /// `None` if `verified` is no longer the account's password or the account is no longer active.
    pub async fn open_session(
        &self,
        session: &SessionRow,
        verified: &PasswordHash,
        shown: Option<BrowserCookie>,
        event: &StoredEvent,
    ) -> Result<Option<OpenedSession>, StoreError> {
        let mut transaction = self.write().await?;
        let allowed = sqlx::query("SELECT 1 FROM accounts WHERE id = ?1 AND password = ?2 AND status = 'active'")
            .bind(session.account)
            .bind(verified)
            .fetch_optional(&mut *transaction)
            .await?;
        if allowed.is_none() {
            return Ok(None);
        }
        let cookie = match shown {
            Some(shown) => device::renew(&mut transaction, session.account, shown, session.created_at).await?,
            None => None,
        };
        let session = SessionRow { device: cookie.map(|cookie| cookie.device), ..session.clone() };
        session::insert(&mut transaction, &session).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(Some(OpenedSession { cookie }))
    }
}

/// Remembers which factor the person used, because the next sign-in asks for it first. A recovery code is for once.
async fn used(transaction: &mut WriteTransaction, account: AccountId, kind: FactorKind) -> Result<(), StoreError> {
    if kind == FactorKind::RecoveryCode {
        return Ok(());
    }
    sqlx::query("UPDATE accounts SET last_factor = ?2 WHERE id = ?1")
        .bind(account)
        .bind(kind)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
