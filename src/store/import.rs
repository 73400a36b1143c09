//! Writes many accounts at once: all of them, or none.

use super::account::{by_id, insert, update};
use super::{Account, Store, StoreError, StoredEvent};
use crate::password::PasswordHash;

/// One change of an import.
pub(crate) enum AccountWrite {
    /// Add this account.
    Add { account: Box<Account>, event: StoredEvent },
    /// Change an existing one.
    Change(Box<AccountUpdate>),
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
                AccountWrite::Change(change) => {
                    let found = by_id(change.before.id).fetch_optional(&mut *transaction).await?;
                    let same = |found: &Account| is_same(found, &change.before);
                    if !found.as_ref().is_some_and(same) {
                        return Err(StoreError::Overtaken("the accounts of the import"));
                    }
                    if let Some(event) = &change.edited {
                        update(&mut transaction, &change.before, &change.after, event).await?;
                    }
                    if let Some(first) = &change.first_password {
                        sqlx::query("UPDATE accounts SET password = ?2 WHERE id = ?1 AND password IS NULL")
                            .bind(change.before.id)
                            .bind(&first.hash)
                            .execute(&mut *transaction)
                            .await?;
                        super::event::append(&mut transaction, &first.event).await?;
                    }
                }
            }
        }
        transaction.commit().await?;
        Ok(())
    }
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
