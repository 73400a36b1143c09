//! The audit trail: events are appended, read and, after the retention, swept. They are never changed; a trigger in
//! the database refuses it.

use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError};
use crate::domain::identifier::AccountId;
use crate::platform::clock::Timestamp;

/// One line of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredEvent {
    /// When.
    pub at: Timestamp,
    /// What: a word of the closed list, such as `sign-in.completed`.
    pub name: String,
    /// Whose account, if known.
    pub account: Option<AccountId>,
    /// The client's address.
    pub client: Option<String>,
    /// The request's id.
    pub request: Option<String>,
    /// Further fields as a JSON object; no secrets.
    pub details: String,
}

impl Store {
    /// Appends to the audit trail.
    pub async fn append_event(&self, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// The newest `count` events, newest first.
    pub async fn newest_events(&self, count: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let newest = sqlx::query_as::<_, StoredEvent>("SELECT * FROM events ORDER BY id DESC LIMIT ?1").bind(count);
        Ok(newest.fetch_all(self.reading()).await?)
    }
}

/// Appends within the transaction that does what the event tells.
pub(super) async fn append(transaction: &mut Transaction<'_, Sqlite>, event: &StoredEvent) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO events (at, name, account, client, request, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .bind(event.at)
        .bind(&event.name)
        .bind(event.account)
        .bind(&event.client)
        .bind(&event.request)
        .bind(&event.details)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}
