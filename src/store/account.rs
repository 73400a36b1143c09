//! Accounts: who may sign in.

use sqlx::sqlite::SqliteRow;
use sqlx::{Sqlite, Transaction};

use super::feed::{self, Change};
use super::{Store, StoreError, counter, event, names, row, token};
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;
use crate::store::StoredEvent;

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It may sign in.
    Active,
    /// It may not, and has no sessions.
    Disabled,
}

/// One account.
#[derive(Debug, Clone)]
pub struct Account {
    /// Never changes.
    pub id: AccountId,
    /// Its name, one spelling, one owner.
    pub username: Username,
    /// The name to show.
    pub name: Option<DisplayName>,
    /// The address, also good for signing in.
    pub email: Option<EmailAddress>,
    /// The number for codes.
    pub phone: Option<PhoneNumber>,
    /// What rules ask for.
    pub groups: Vec<Group>,
    /// How codes are sent unless chosen otherwise.
    pub default_method: CodeMethod,
    /// Without one, no password is right.
    pub password: Option<PasswordHash>,
    /// Whether it may be used.
    pub status: AccountStatus,
    /// When it was added.
    pub created_at: Timestamp,
}

impl AccountStatus {
    /// The word in the store and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn from_word(word: &str) -> Result<Self, StoreError> {
        [Self::Active, Self::Disabled]
            .into_iter()
            .find(|status| status.word() == word)
            .ok_or(StoreError::Corrupt("status"))
    }
}

impl Store {
    /// Adds; `Taken("the user name" | "the e-mail address")` when not unique (a user name must not equal another's
    /// address and the other way round).
    pub async fn insert_account(&self, account: &Account, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "INSERT INTO accounts (id, username, name, email, phone, groups, default_method, password, status,
                 created_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )
        .bind(account.id.as_bytes().as_slice())
        .bind(account.username.as_str())
        .bind(account.name.as_ref().map(DisplayName::as_str))
        .bind(account.email.as_ref().map(EmailAddress::as_str))
        .bind(account.phone.as_ref().map(PhoneNumber::as_str))
        .bind(groups_text(&account.groups))
        .bind(account.default_method.word())
        .bind(account.password.as_ref().map(PasswordHash::as_str))
        .bind(account.status.word())
        .bind(account.created_at.millis())
        .execute(&mut *transaction)
        .await?;
        names::set(&mut transaction, account).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// By user name, e-mail address or alias: one statement, the same work whether found or not.
    pub async fn find_account(&self, typed: &LoginName) -> Result<Option<Account>, StoreError> {
        let found = sqlx::query(
            "SELECT accounts.* FROM account_names JOIN accounts ON accounts.id = account_names.account
             WHERE account_names.name = ?1",
        )
        .bind(typed.as_str())
        .fetch_optional(self.reading())
        .await?;
        found.as_ref().map(read).transpose()
    }

    /// By id.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let found = sqlx::query("SELECT * FROM accounts WHERE id = ?1")
            .bind(id.as_bytes().as_slice())
            .fetch_optional(self.reading())
            .await?;
        found.as_ref().map(read).transpose()
    }

    /// All, by user name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let found = sqlx::query("SELECT * FROM accounts ORDER BY username").fetch_all(self.reading()).await?;
        found.iter().map(read).collect()
    }

    /// Writes names, addresses, groups and method; feed `AccountChanged`. Password and status have their own ways
    /// ([`Store::change_password`], [`Store::set_status`]): a form that was opened before an account was disabled
    /// must not enable it again when it is saved.
    pub async fn update_account(&self, account: &Account, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE accounts SET username = ?2, name = ?3, email = ?4, phone = ?5, groups = ?6, default_method = ?7
             WHERE id = ?1",
        )
        .bind(account.id.as_bytes().as_slice())
        .bind(account.username.as_str())
        .bind(account.name.as_ref().map(DisplayName::as_str))
        .bind(account.email.as_ref().map(EmailAddress::as_str))
        .bind(account.phone.as_ref().map(PhoneNumber::as_str))
        .bind(groups_text(&account.groups))
        .bind(account.default_method.word())
        .execute(&mut *transaction)
        .await
        .and_then(one_row)?;
        names::set(&mut transaction, account).await?;
        feed::append(&mut transaction, Change::AccountChanged(account.id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Disables (ends all sessions and sign-ins) or enables; false when there is no such account.
    pub async fn set_status(
        &self,
        id: AccountId,
        status: AccountStatus,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("UPDATE accounts SET status = ?2 WHERE id = ?1")
            .bind(id.as_bytes().as_slice())
            .bind(status.word())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        feed::append(&mut transaction, Change::AccountChanged(id), event.at).await?;
        match status {
            AccountStatus::Active => {}
            AccountStatus::Disabled => end_all(&mut transaction, id, event.at).await?,
        }
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }

    /// Removes the account and all that hangs on it: names, sessions, sign-ins, tokens, devices, counters. Its audit
    /// events stay.
    pub async fn remove_account(&self, id: AccountId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        token::tell_removed(&mut transaction, id, event.at).await?;
        let done = sqlx::query("DELETE FROM accounts WHERE id = ?1")
            .bind(id.as_bytes().as_slice())
            .execute(&mut *transaction)
            .await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        counter::clear(&mut transaction, &counters_of(id)).await?;
        feed::append(&mut transaction, Change::AccountChanged(id), event.at).await?;
        feed::append(&mut transaction, Change::SessionsEnded(id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

/// Ends all sessions and sign-ins of an account.
pub(super) async fn end_all(
    transaction: &mut Transaction<'_, Sqlite>,
    id: AccountId,
    at: Timestamp,
) -> Result<(), StoreError> {
    for statement in ["DELETE FROM sessions WHERE account = ?1", "DELETE FROM sign_ins WHERE account = ?1"] {
        sqlx::query(statement).bind(id.as_bytes().as_slice()).execute(&mut **transaction).await?;
    }
    feed::append(transaction, Change::SessionsEnded(id), at).await
}

/// With which every counter of an account's own failures begins.
pub(super) fn counters_of(id: AccountId) -> String {
    format!("account:{}:", id.to_hex())
}

/// A statement that must change exactly one row.
#[expect(clippy::needless_pass_by_value, reason = "used as the continuation of a statement")]
pub(super) fn one_row(done: sqlx::sqlite::SqliteQueryResult) -> Result<(), sqlx::Error> {
    if done.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}

fn read(row: &SqliteRow) -> Result<Account, StoreError> {
    Ok(Account {
        id: row::parsed(row, "id", AccountId::from_slice)?,
        username: row::parsed(row, "username", str::parse)?,
        name: row::optional(row, "name", str::parse)?,
        email: row::optional(row, "email", str::parse)?,
        phone: row::optional(row, "phone", str::parse)?,
        groups: row::parsed(row, "groups", groups_of)?,
        default_method: row::parsed(row, "default_method", str::parse)?,
        password: row::value::<Option<String>>(row, "password")?.map(PasswordHash::from_stored),
        status: row::parsed(row, "status", AccountStatus::from_word)?,
        created_at: row::moment(row, "created_at")?,
    })
}

/// Groups as a JSON list: a group's name may hold any separator but the comma.
fn groups_text(groups: &[Group]) -> String {
    groups.iter().map(Group::as_str).collect::<serde_json::Value>().to_string()
}

fn groups_of(stored: &str) -> Result<Vec<Group>, StoreError> {
    let names: Vec<String> = serde_json::from_str(stored).map_err(|_| StoreError::Corrupt("groups"))?;
    names.iter().map(|name| name.parse().map_err(|_| StoreError::Corrupt("groups"))).collect()
}
