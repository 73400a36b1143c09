//! The audit trail: events are appended, read and, after the retention, swept. They are never changed; a trigger in
//! the database refuses it.

use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError};
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;
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

/// One line of the audit trail as it is read back.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// Its number: later events have higher ones.
    pub id: i64,
    /// What it tells.
    #[sqlx(flatten)]
    pub event: StoredEvent,
    /// The user name of its account, as long as the account is there.
    pub username: Option<Username>,
}

/// Which events are asked for; `None` asks for any.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Those of this account.
    pub account: Option<AccountId>,
    /// Those whose name begins so.
    pub name: Option<String>,
    /// Those at this moment or later.
    pub since: Option<Timestamp>,
    /// Those before this moment.
    pub until: Option<Timestamp>,
}

/// Each page goes along the primary key, from where the last one ended: no page is slower than another, and no event
/// that is written meanwhile moves them. (`+` keeps the planner from the index on `at`, which would need a sort.)
pub(super) const NEWEST_FIRST: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account
    WHERE events.id < ?1 AND (?2 IS NULL OR events.account = ?2) AND substr(events.name, 1, length(?3)) = ?3
        AND +events.at >= ?4 AND +events.at < ?5
    ORDER BY events.id DESC LIMIT ?6";

/// The same in the other direction.
pub(super) const OLDEST_FIRST: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account
    WHERE events.id > ?1 AND (?2 IS NULL OR events.account = ?2) AND substr(events.name, 1, length(?3)) = ?3
        AND +events.at >= ?4 AND +events.at < ?5
    ORDER BY events.id LIMIT ?6";

pub(super) const BY_ID: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account WHERE events.id = ?1";

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

    /// At most `count` matching events with a lower number than `id`, newest first.
    pub async fn events_before(&self, id: i64, filter: &EventFilter, count: u32) -> Result<Vec<EventRow>, StoreError> {
        self.page(NEWEST_FIRST, id, filter, count).await
    }

    /// At most `count` matching events with a higher number than `id`, oldest first.
    pub async fn events_after(&self, id: i64, filter: &EventFilter, count: u32) -> Result<Vec<EventRow>, StoreError> {
        self.page(OLDEST_FIRST, id, filter, count).await
    }

    /// The event with this number.
    pub async fn event(&self, id: i64) -> Result<Option<EventRow>, StoreError> {
        Ok(sqlx::query_as::<_, EventRow>(BY_ID).bind(id).fetch_optional(self.reading()).await?)
    }

    async fn page(
        &self,
        statement: &'static str,
        id: i64,
        filter: &EventFilter,
        count: u32,
    ) -> Result<Vec<EventRow>, StoreError> {
        let found = sqlx::query_as::<_, EventRow>(statement)
            .bind(id)
            .bind(filter.account)
            .bind(filter.name.as_deref().unwrap_or_default())
            .bind(filter.since.map_or(i64::MIN, Timestamp::millis))
            .bind(filter.until.map_or(i64::MAX, Timestamp::millis))
            .bind(count);
        Ok(found.fetch_all(self.reading()).await?)
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
