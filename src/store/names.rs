//! The names that an account can sign in with: user name, e-mail address, alias. Each name belongs to one account.

use super::StoreError;
use super::rows::exactly_one;
use super::write::WriteTransaction;
use crate::domain::email::EmailAddress;
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;

/// Replaces the user name and e-mail address of the account; aliases stay.
pub(super) async fn set(
    transaction: &mut WriteTransaction,
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

/// Claims the name for this account, in one statement; fails if it is another account's. Versions before schema 5 gave
/// the one-person account aliases; they keep their kind and still sign in.
async fn claim(
    transaction: &mut WriteTransaction,
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
