//! Writes many accounts at once: all of them, or none.

use super::account::{by_id, insert, update};
use super::write::WriteTransaction;
use super::{Account, FactorChange, FactorRow, Store, StoreError, StoredEvent, enrolment, event, factor_change};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, FactorId};
use crate::password::PasswordHash;

/// One change of an import.
pub(crate) enum AccountWrite {
    /// Add this account.
    Add { account: Box<Account>, event: StoredEvent },
    /// Change an existing one.
    Change(Box<AccountUpdate>),
    /// Give factors to an account that exists, or that an earlier write of the same import adds.
    Factors(Box<FactorsWrite>),
}

/// Factors that an account gets.
pub(crate) struct FactorsWrite {
    pub account: AccountId,
    pub owner: FactorOwner,
    /// The apps and passkeys that the account had when it was read, oldest first.
    pub before: Vec<FactorId>,
    pub new: Vec<NewFactor>,
    /// How many factors an account may have.
    pub most: u32,
}

/// A factor, with its audit event.
pub(crate) struct NewFactor {
    pub row: FactorRow,
    pub event: StoredEvent,
}

/// Whose the factors of an import are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactorOwner {
    /// An account of the same import: it has no sessions that could end.
    Imported,
    /// An account that was there: the rules of a change by an operator apply.
    Existing,
}

/// How an existing account changes.
pub(crate) struct AccountUpdate {
    /// The account as it was read.
    pub before: Account,
    /// As it will be; password and status are not written.
    pub after: Account,
    /// Tells that fields changed; `None`: none does.
    pub edited: Option<StoredEvent>,
    /// A hash for an account that has none.
    pub first_password: Option<FirstPassword>,
}

/// The first password hash of an account.
pub(crate) struct FirstPassword {
    pub hash: PasswordHash,
    pub event: StoredEvent,
}

impl Store {
    /// Makes all these changes in one transaction. If one of them fails, nothing is written; so it is if an account is
    /// no longer what it was when it was read.
    pub(crate) async fn write_accounts(&self, writes: &[AccountWrite]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for write in writes {
            match write {
                AccountWrite::Add { account, event } => insert(&mut transaction, account, event).await?,
                AccountWrite::Change(write) => change(&mut transaction, write).await?,
                AccountWrite::Factors(write) => add_factors(&mut transaction, write).await?,
            }
        }
        transaction.commit().await?;
        Ok(())
    }
}

async fn change(transaction: &mut WriteTransaction, change: &AccountUpdate) -> Result<(), StoreError> {
    let found = by_id(change.before.id).fetch_optional(&mut **transaction).await?;
    if !found.as_ref().is_some_and(|found| is_same(found, &change.before)) {
        return Err(StoreError::Overtaken("the accounts of the import"));
    }
    if let Some(event) = &change.edited {
        update(transaction, &change.before, &change.after, event).await?;
    }
    if let Some(first) = &change.first_password {
        sqlx::query("UPDATE accounts SET password = ?2 WHERE id = ?1 AND password IS NULL")
            .bind(change.before.id)
            .bind(&first.hash)
            .execute(&mut **transaction)
            .await?;
        event::append(transaction, &first.event).await?;
    }
    Ok(())
}

async fn add_factors(transaction: &mut WriteTransaction, write: &FactorsWrite) -> Result<(), StoreError> {
    const CHANGED: StoreError = StoreError::Overtaken("the factors of the import");
    let found: Vec<FactorId> = sqlx::query_scalar("SELECT id FROM factors WHERE account = ?1 ORDER BY created_at, id")
        .bind(write.account)
        .fetch_all(&mut **transaction)
        .await?;
    if found != write.before {
        return Err(CHANGED);
    }
    let newest = write.new.last().map(|new| new.event.at);
    let recovered_at = newest.filter(|_| write.owner == FactorOwner::Existing);
    // The next sign-in asks for the app first, unless the person is used to something else. As after a reset by an operator,
    // nothing that an existing account holds can be removed for a while: the file may be a thief's.
    let owned = sqlx::query(
        "UPDATE accounts SET last_factor = coalesce(last_factor, ?2), recovered_at = coalesce(?3, recovered_at)
         WHERE id = ?1",
    )
    .bind(write.account)
    .bind(FactorKind::Totp)
    .bind(recovered_at)
    .execute(&mut **transaction)
    .await?;
    if owned.rows_affected() == 0 {
        return Err(CHANGED);
    }
    for NewFactor { row, event } in &write.new {
        if enrolment::insert(transaction, row, write.most).await?.is_some() {
            return Err(CHANGED);
        }
        match write.owner {
            FactorOwner::Imported => event::append(transaction, event).await?,
            FactorOwner::Existing => {
                let change = FactorChange { account: write.account, by: None, event: event.clone() };
                factor_change::changed(transaction, &change).await?;
            }
        }
    }
    Ok(())
}

/// Whether nothing that an import reads or writes differs.
fn is_same(one: &Account, other: &Account) -> bool {
    one.username == other.username
        && one.name == other.name
        && one.email == other.email
        && one.code_email == other.code_email
        && one.phone == other.phone
        && one.groups == other.groups
        && one.default_method == other.default_method
        && one.password.is_some() == other.password.is_some()
}
