//! Under which texts somebody can sign in: user name, e-mail address, alias. Each text belongs to one account.

use sqlx::{Sqlite, Transaction};

use super::account::one_row;
use super::{Account, Store, StoreError};
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;

impl Store {
    /// Lets an account sign in with a further address, to which no codes go. `Taken` when it is another account's.
    pub async fn add_alias(&self, id: AccountId, alias: &EmailAddress) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        claim(&mut transaction, id, &alias.key(), "alias").await.map_err(taken("the e-mail address"))?;
        transaction.commit().await?;
        Ok(())
    }
}

/// Makes user name and address of the account its names; aliases stay.
pub(super) async fn set(transaction: &mut Transaction<'_, Sqlite>, account: &Account) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM account_names WHERE account = ?1 AND kind IN ('username', 'email')")
        .bind(account.id.as_bytes().as_slice())
        .execute(&mut **transaction)
        .await?;
    let username = account.username.as_str();
    claim(transaction, account.id, username, "username").await.map_err(taken("the user name"))?;
    if let Some(email) = &account.email {
        claim(transaction, account.id, &email.key(), "email").await.map_err(taken("the e-mail address"))?;
    }
    Ok(())
}

/// One statement: the name becomes this account's, or nothing changes because it is another's. An alias stays one
/// when it becomes the address for a while, so that it still opens the account afterwards.
async fn claim(
    transaction: &mut Transaction<'_, Sqlite>,
    id: AccountId,
    name: &str,
    kind: &'static str,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO account_names (name, account, kind) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET kind = iif(kind = 'alias', kind, excluded.kind)
         WHERE account_names.account = excluded.account",
    )
    .bind(name)
    .bind(id.as_bytes().as_slice())
    .bind(kind)
    .execute(&mut **transaction)
    .await
    .and_then(one_row)
}

fn taken(what: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| {
        if matches!(error, sqlx::Error::RowNotFound) { StoreError::Taken(what) } else { StoreError::Database(error) }
    }
}
