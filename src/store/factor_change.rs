//! Changes of the factors of an account. Each is one transaction, in which the session that makes it still has to live:
//! between the first byte of a request and its last one, its owner may have ended it.

use super::rows::exactly_one;
use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, device, event, session, sign_in};
use crate::domain::factor_kind::FactorKind;
use crate::domain::factor_name::FactorName;
use crate::domain::identifier::{AccountId, FactorId, SessionId};
use crate::platform::clock::Timestamp;

/// A change that ends every session of the account but the one that makes it.
#[derive(Debug, Clone)]
pub struct FactorChange {
    /// The account.
    pub account: AccountId,
    /// The session that makes the change; `None`: an operator makes it.
    pub by: Option<SessionId>,
    /// The audit event.
    pub event: StoredEvent,
}

/// What keeps a factor from being removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemovalRule {
    /// Whether it may be the last one.
    pub last: LastFactor,
    /// A recovery code that was used after this moment keeps what the account had then.
    pub recovered_after: Timestamp,
}

/// Whether an account may lose its last factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastFactor {
    /// A code can be sent to the account.
    MayGo,
    /// Nobody could sign in any more.
    Stays,
}

/// The result of removing a factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactorRemoval {
    /// It is gone.
    Removed,
    /// The account has no such factor.
    Unknown,
    /// It is the last one, and no code can be sent to the account: nobody could sign in any more.
    Last,
    /// A recovery code was used at this moment, when the account had the factor.
    Recovered(Timestamp),
    /// The session that removes it has ended.
    Ended,
}

/// The result of replacing recovery codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeReplacement {
    /// The account has the new codes.
    Replaced,
    /// A recovery code was used at this moment, and nothing that the account had before proved the session since.
    Recovered(Timestamp),
    /// The session that replaces them has ended.
    Ended,
}

/// What an operator takes away from an account, at once.
#[derive(Debug, Clone)]
pub struct FactorReset {
    /// The account.
    pub account: AccountId,
    /// Apps and passkeys.
    pub factors: Vec<TakenFactor>,
    /// Whether everything goes.
    pub extent: ResetExtent,
    /// The event of the recovery codes, if there are some and they go.
    pub recovery: Option<StoredEvent>,
    /// When.
    pub at: Timestamp,
}

/// Whether everything that an account holds goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResetExtent {
    /// Everything.
    All,
    /// One factor.
    One,
}

/// A factor that an operator takes away.
#[derive(Debug, Clone)]
pub struct TakenFactor {
    /// The factor.
    pub id: FactorId,
    /// The audit event.
    pub event: StoredEvent,
}

impl Store {
    /// Gives a factor another name. Returns false if the account has no such factor or the session has ended.
    pub async fn rename_factor(
        &self,
        factor: FactorId,
        name: &FactorName,
        change: &FactorChange,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        if !may_change(&mut transaction, change).await? {
            return Ok(false);
        }
        let done = sqlx::query("UPDATE factors SET name = ?3 WHERE id = ?1 AND account = ?2")
            .bind(factor)
            .bind(change.account)
            .bind(name)
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        event::append(&mut transaction, &change.event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes a factor and ends the other sessions of the account.
    pub async fn remove_factor(
        &self,
        factor: FactorId,
        rule: RemovalRule,
        change: &FactorChange,
    ) -> Result<FactorRemoval, StoreError> {
        let mut transaction = self.write().await?;
        if !may_change(&mut transaction, change).await? {
            return Ok(FactorRemoval::Ended);
        }
        let removed: Option<FactorKind> = sqlx::query_scalar(
            "DELETE FROM factors WHERE id = ?1 AND account = ?2
                 AND (?3 OR EXISTS (SELECT 1 FROM factors WHERE account = ?2 AND id <> ?1))
                 AND NOT EXISTS (SELECT 1 FROM accounts
                     WHERE id = ?2 AND recovered_at > ?4 AND recovered_at >= factors.created_at)
             RETURNING kind",
        )
        .bind(factor)
        .bind(change.account)
        .bind(rule.last == LastFactor::MayGo)
        .bind(rule.recovered_after)
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(kind) = removed else {
            return why_it_stays(&mut transaction, factor, rule, change.account).await;
        };
        // The factor was added since a recovery code was used, and perhaps proved the session: it must not count as one of
        // before once it is gone.
        sqlx::query(
            "UPDATE sessions SET method = ?4 WHERE id IS ?1 AND method = ?2
                 AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = sessions.account AND recovered_at > ?3)",
        )
        .bind(change.by)
        .bind(kind)
        .bind(rule.recovered_after)
        .bind(FactorKind::RecoveryCode)
        .execute(&mut *transaction)
        .await?;
        changed(&mut transaction, change).await?;
        transaction.commit().await?;
        Ok(FactorRemoval::Removed)
    }

    /// Replaces all recovery codes of an account and ends its other sessions. For a while after a recovery code was used,
    /// only a session does so that was proved by something that the account had before: whoever found the printed codes
    /// must not make those of their owner void.
    pub async fn replace_recovery_codes(
        &self,
        hashes: &[[u8; 32]],
        recovered_after: Timestamp,
        change: &FactorChange,
    ) -> Result<CodeReplacement, StoreError> {
        let mut transaction = self.write().await?;
        if !may_change(&mut transaction, change).await? {
            return Ok(CodeReplacement::Ended);
        }
        let recovered: Option<Timestamp> = sqlx::query_scalar(
            "SELECT recovered_at FROM accounts
             WHERE id = ?1 AND recovered_at > ?3 AND NOT EXISTS (SELECT 1 FROM sessions
                 WHERE sessions.id IS ?2 AND (sessions.method IN ('sms', 'email')
                     OR (sessions.method IN ('totp', 'passkey') AND NOT EXISTS (SELECT 1 FROM factors
                         WHERE factors.account = ?1 AND kind = sessions.method
                             AND factors.created_at >= accounts.recovered_at))))",
        )
        .bind(change.account)
        .bind(change.by)
        .bind(recovered_after)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(recovered) = recovered {
            return Ok(CodeReplacement::Recovered(recovered));
        }
        delete_recovery_codes(&mut transaction, change.account).await?;
        for hash in hashes {
            sqlx::query("INSERT INTO recovery_codes (account, hash) VALUES (?1, ?2)")
                .bind(change.account)
                .bind(hash.as_slice())
                .execute(&mut *transaction)
                .await
                .and_then(exactly_one)?;
        }
        changed(&mut transaction, change).await?;
        transaction.commit().await?;
        Ok(CodeReplacement::Replaced)
    }

    /// Takes factors away, all or none, and ends every session of the account. For a while its person cannot remove what is
    /// left: whoever asked the operator may not be the owner. Returns false if the account holds something else by now.
    pub async fn reset_factors(&self, reset: &FactorReset) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let account = reset.account;
        for TakenFactor { id, event } in &reset.factors {
            let done = sqlx::query("DELETE FROM factors WHERE id = ?1 AND account = ?2")
                .bind(id)
                .bind(account)
                .execute(&mut *transaction)
                .await?;
            if done.rows_affected() == 0 {
                return Ok(false);
            }
            event::append(&mut transaction, event).await?;
        }
        if reset.extent == ResetExtent::All {
            let codes = delete_recovery_codes(&mut transaction, account).await?;
            let more = sqlx::query("SELECT 1 FROM factors WHERE account = ?1")
                .bind(account)
                .fetch_optional(&mut *transaction)
                .await?;
            // Somebody added it meanwhile: they would keep it.
            if more.is_some() || (codes > 0) != reset.recovery.is_some() {
                return Ok(false);
            }
        }
        if let Some(event) = &reset.recovery {
            event::append(&mut transaction, event).await?;
        }
        sqlx::query("UPDATE accounts SET recovered_at = ?2 WHERE id = ?1")
            .bind(account)
            .bind(reset.at)
            .execute(&mut *transaction)
            .await?;
        end_what_was_proved(&mut transaction, account, None, reset.at).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Whether the session that makes a change still lives, in an account that is active.
pub(super) async fn may_change(transaction: &mut WriteTransaction, change: &FactorChange) -> Result<bool, StoreError> {
    let Some(session) = change.by else { return Ok(true) };
    let live = sqlx::query(
        "SELECT 1 FROM sessions JOIN accounts ON accounts.id = sessions.account
         WHERE sessions.id = ?1 AND accounts.id = ?2 AND sessions.expires_at > ?3 AND accounts.status = 'active'",
    )
    .bind(session)
    .bind(change.account)
    .bind(change.event.at)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(live.is_some())
}

/// What follows from a change of factors, within its transaction.
pub(super) async fn changed(transaction: &mut WriteTransaction, change: &FactorChange) -> Result<(), StoreError> {
    let FactorChange { account, by, event } = change;
    end_what_was_proved(transaction, *account, *by, event.at).await?;
    event::append(transaction, event).await
}

/// Other sessions and sign-ins in progress end (a stolen one must not survive the change), and remembered browsers are
/// forgotten.
async fn end_what_was_proved(
    transaction: &mut WriteTransaction,
    account: AccountId,
    kept: Option<SessionId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    session::end_others(transaction, account, kept, at).await?;
    sign_in::end_all(transaction, account).await?;
    device::forget_all(transaction, account).await?;
    Ok(())
}

async fn delete_recovery_codes(transaction: &mut WriteTransaction, account: AccountId) -> Result<u64, StoreError> {
    let done =
        sqlx::query("DELETE FROM recovery_codes WHERE account = ?1").bind(account).execute(&mut **transaction).await?;
    Ok(done.rows_affected())
}

/// Why a factor was not removed. A recovery code is named first: it is over sooner or later.
async fn why_it_stays(
    transaction: &mut WriteTransaction,
    factor: FactorId,
    rule: RemovalRule,
    account: AccountId,
) -> Result<FactorRemoval, StoreError> {
    let found = sqlx::query_as::<_, StayRow>(
        "SELECT iif(recovered_at > ?3 AND recovered_at >= factors.created_at, recovered_at, NULL) AS recovered_at
         FROM factors JOIN accounts ON accounts.id = factors.account WHERE factors.id = ?1 AND factors.account = ?2",
    )
    .bind(factor)
    .bind(account)
    .bind(rule.recovered_after)
    .fetch_optional(&mut **transaction)
    .await?;
    Ok(match found {
        None => FactorRemoval::Unknown,
        Some(StayRow { recovered_at: Some(at) }) => FactorRemoval::Recovered(at),
        Some(StayRow { recovered_at: None }) => FactorRemoval::Last,
    })
}

#[derive(sqlx::FromRow)]
struct StayRow {
    recovered_at: Option<Timestamp>,
}
