//! Accounts.

use sqlx::Sqlite;
use sqlx::error::BoxDynError;
use sqlx::query::QueryAs;
use sqlx::sqlite::SqliteArguments;

use super::column::column;
use super::feed::{self, Change};
use super::rows::exactly_one;
use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, counter, device, event, names, sign_in, token};
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::identity::{DisplayName, Group};
use crate::domain::method::CodeMethod;
use crate::domain::phone::PhoneNumber;
use crate::domain::username::{LoginName, Username};
use crate::password::PasswordHash;
use crate::platform::clock::Timestamp;

/// Whether an account may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// It may sign in.
    Active,
    /// It may not sign in, and has no sessions.
    Disabled,
}

/// One account, as stored.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct Account {
    /// The id. It never changes.
    pub id: AccountId,
    /// The user name, unique and in one spelling.
    pub username: Username,
    /// The display name.
    pub name: Option<DisplayName>,
    /// The e-mail address, which also works for signing in.
    pub email: Option<EmailAddress>,
    /// The mailbox for codes; `None`: the e-mail address. It signs nobody in and is not part of the identity.
    pub code_email: Option<EmailAddress>,
    /// The telephone number that codes are sent to.
    pub phone: Option<PhoneNumber>,
    /// The groups that rules refer to.
    #[sqlx(try_from = "GroupList")]
    pub groups: Vec<Group>,
    /// How codes are sent unless the person chooses otherwise.
    pub default_method: CodeMethod,
    /// The password hash; `None`: no password is accepted.
    pub password: Option<PasswordHash>,
    /// Whether the account may be used.
    pub status: AccountStatus,
    /// When the account was added.
    pub created_at: Timestamp,
}

impl AccountStatus {
    /// The value in the store and on the command line.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Disabled => "disabled",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Disabled].into_iter().find(|status| status.word() == word)
    }
}

impl Account {
    /// The address that codes by mail go to.
    pub(crate) fn mailbox(&self) -> Option<&EmailAddress> {
        self.code_email.as_ref().or(self.email.as_ref())
    }
}

impl Store {
    /// Adds an account. Fails with `Taken("the user name" | "the e-mail address")` if one of them is not unique: a user
    /// name must not equal another account's address, nor the other way round.
    pub async fn insert_account(&self, account: &Account, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        insert(&mut transaction, account, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Finds an account by user name, e-mail address or alias, in one statement, with the same work whether it exists
    /// or not.
    pub async fn find_account(&self, typed: &LoginName) -> Result<Option<Account>, StoreError> {
        let found = sqlx::query_as::<_, Account>(
            "SELECT accounts.* FROM account_names JOIN accounts ON accounts.id = account_names.account
             WHERE account_names.name = ?1",
        )
        .bind(typed);
        Ok(found.fetch_optional(self.reading()).await?)
    }

    /// Returns the account with this id.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, StoreError> {
        Ok(by_id(id).fetch_optional(self.reading()).await?)
    }

    /// Returns all accounts, sorted by user name.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let all = sqlx::query_as::<_, Account>("SELECT * FROM accounts ORDER BY username");
        Ok(all.fetch_all(self.reading()).await?)
    }

    /// The number of accounts.
    pub(crate) async fn count_accounts(&self) -> Result<usize, StoreError> {
        let count: i64 = sqlx::query_scalar("SELECT count(*) FROM accounts").fetch_one(self.reading()).await?;
        Ok(usize::try_from(count).unwrap_or_default())
    }

    /// Writes names, addresses, groups and method, and `AccountChanged` to the feed. Password and status have their own
    /// methods ([`Store::change_password`], [`Store::set_status`]): a form that was opened before an account was
    /// disabled must not enable it again when it is saved. A new number or mailbox ends the sign-ins in progress: a
    /// code that went to the old one no longer counts. They, and a new e-mail address, also forget all remembered
    /// browsers.
    pub async fn update_account(&self, account: &Account, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let before = by_id(account.id).fetch_one(&mut *transaction).await?;
        update(&mut transaction, &before, account, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Reads an account, lets `edit` change it, and writes it as [`Store::update_account`] does, in one transaction: of
    /// two commands at once neither undoes the other. If `edit` returns no event, nothing is written. `None`: there is
    /// no such account.
    pub(crate) async fn edit_account<E: From<StoreError>>(
        &self,
        id: AccountId,
        edit: impl FnOnce(&mut Account) -> Result<Option<StoredEvent>, E>,
    ) -> Result<Option<Account>, E> {
        let mut transaction = self.write().await?;
        let found = by_id(id).fetch_optional(&mut *transaction).await.map_err(StoreError::from)?;
        let Some(before) = found else { return Ok(None) };
        let mut account = before.clone();
        if let Some(event) = edit(&mut account)? {
            update(&mut transaction, &before, &account, &event).await?;
            transaction.commit().await.map_err(StoreError::from)?;
        }
        Ok(Some(account))
    }

    /// Enables the account, or disables it, ends all its sessions and sign-ins and forgets all its browsers. Returns false if there is no such
    /// account.
    pub async fn set_status(
        &self,
        id: AccountId,
        status: AccountStatus,
        event: &StoredEvent,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done = sqlx::query("UPDATE accounts SET status = ?2 WHERE id = ?1")
            .bind(id)
            .bind(status)
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

    /// Removes the account with its names, sessions, sign-ins, tokens, devices and counters. Its audit events stay.
    /// Returns false if there is no such account.
    pub async fn remove_account(&self, id: AccountId, event: &StoredEvent) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        token::tell_removed(&mut transaction, id, event.at).await?;
        let done = sqlx::query("DELETE FROM accounts WHERE id = ?1").bind(id).execute(&mut *transaction).await?;
        if done.rows_affected() == 0 {
            return Ok(false);
        }
        counter::clear(&mut transaction, &counter::of_account(id)).await?;
        feed::append(&mut transaction, Change::AccountChanged(id), event.at).await?;
        feed::append(&mut transaction, Change::SessionsEnded(id), event.at).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(true)
    }
}

pub(super) type FoundById = QueryAs<'static, Sqlite, Account, SqliteArguments>;

pub(super) fn by_id(id: AccountId) -> FoundById {
    sqlx::query_as("SELECT * FROM accounts WHERE id = ?1").bind(id)
}

pub(super) async fn insert(
    transaction: &mut WriteTransaction,
    account: &Account,
    event: &StoredEvent,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO accounts (id, username, name, email, phone, groups, default_method, password, status,
             created_at, code_email)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )
    .bind(account.id)
    .bind(&account.username)
    .bind(account.name.as_ref())
    .bind(account.email.as_ref())
    .bind(account.phone.as_ref())
    .bind(groups_text(&account.groups))
    .bind(account.default_method)
    .bind(account.password.as_ref())
    .bind(account.status)
    .bind(account.created_at)
    .bind(account.code_email.as_ref())
    .execute(&mut **transaction)
    .await?;
    names::set(transaction, account.id, &account.username, account.email.as_ref()).await?;
    event::append(transaction, event).await
}

pub(super) async fn update(
    transaction: &mut WriteTransaction,
    before: &Account,
    account: &Account,
    event: &StoredEvent,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE accounts SET username = ?2, name = ?3, email = ?4, phone = ?5, groups = ?6, default_method = ?7,
             code_email = ?8
         WHERE id = ?1",
    )
    .bind(account.id)
    .bind(&account.username)
    .bind(account.name.as_ref())
    .bind(account.email.as_ref())
    .bind(account.phone.as_ref())
    .bind(groups_text(&account.groups))
    .bind(account.default_method)
    .bind(account.code_email.as_ref())
    .execute(&mut **transaction)
    .await
    .and_then(exactly_one)?;
    names::set(transaction, account.id, &account.username, account.email.as_ref()).await?;
    let moved = before.phone != account.phone || before.mailbox() != account.mailbox();
    if moved {
        sign_in::end_all(transaction, account.id).await?;
    }
    if moved || before.email != account.email {
        device::forget_all(transaction, account.id).await?;
    }
    feed::append(transaction, Change::AccountChanged(account.id), event.at).await?;
    event::append(transaction, event).await
}

/// Ends all sessions and sign-ins of an account and forgets all its browsers.
pub(super) async fn end_all(
    transaction: &mut WriteTransaction,
    id: AccountId,
    at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE account = ?1").bind(id).execute(&mut **transaction).await?;
    sign_in::end_all(transaction, id).await?;
    device::forget_all(transaction, id).await?;
    feed::append(transaction, Change::SessionsEnded(id), at).await
}

/// Groups as a JSON list, because a group's name may contain any separator except the comma.
fn groups_text(groups: &[Group]) -> String {
    groups.iter().map(Group::as_str).collect::<serde_json::Value>().to_string()
}

/// The groups of one account, as stored.
struct GroupList(Vec<Group>);

impl GroupList {
    fn parse(stored: &str) -> Result<Self, BoxDynError> {
        let names: Vec<String> = serde_json::from_str(stored)?;
        Ok(Self(names.iter().map(|name| name.parse()).collect::<Result<_, _>>()?))
    }
}

impl From<GroupList> for Vec<Group> {
    fn from(GroupList(groups): GroupList) -> Self {
        groups
    }
}

column! {
    AccountStatus as String: |status| status.word().to_owned(),
        |word| Self::from_word(&word).ok_or_else(|| "no such status".into());
    GroupList as String: |list| groups_text(&list.0), |stored| Self::parse(&stored);
}
