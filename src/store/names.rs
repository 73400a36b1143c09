//! Under which texts somebody can sign in: user name, e-mail address, alias. Each text belongs to one account.

use sqlx::{Sqlite, Transaction};

use super::rows::exactly_one;
use super::{Store, StoreError};
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;

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
pub(super) async fn set(
    transaction: &mut Transaction<'_, Sqlite>,
    id: AccountId,
    username: &Username,
    email: Option<&EmailAddress>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM account_names WHERE account = ?1 AND kind IN ('username', 'email')")
        .bind(id)
        .execute(&mut **transaction)
        .await?;
    claim(transaction, id, username.as_str(), "username").await.map_err(taken("the user name"))?;
    if let Some(email) = email {
        claim(transaction, id, &email.key(), "email").await.map_err(taken("the e-mail address"))?;
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
    .bind(id)
    .bind(kind)
    .execute(&mut **transaction)
    .await
    .and_then(exactly_one)
}

fn taken(what: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| {
        if matches!(error, sqlx::Error::RowNotFound) { StoreError::Taken(what) } else { StoreError::Database(error) }
    }
}
