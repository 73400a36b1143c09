//! The audit trail. Events are appended, read and, after the retention period, deleted. They are never changed; a
//! trigger in the database prevents it.

use super::chain::{self, Fields};
use super::column::Bytes;
use super::write::WriteTransaction;
use super::{Store, StoreError};
use crate::domain::identifier::AccountId;
use crate::domain::username::Username;
use crate::platform::clock::Timestamp;

/// One audit event to append.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct StoredEvent {
    /// When it happened.
    pub at: Timestamp,
    /// The name of the event from the closed list, such as `sign-in.completed`.
    pub name: String,
    /// The account concerned, if known.
    pub account: Option<AccountId>,
    /// The client's address, if the event belongs to a request.
    pub client: Option<String>,
    /// The id of the request, if there was one.
    pub request: Option<String>,
    /// Further fields as a JSON object, without secrets.
    pub details: String,
}

/// One audit event, as read back.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct EventRow {
    /// The number of the event. Later events have higher numbers.
    pub id: i64,
    /// The event itself.
    #[sqlx(flatten)]
    pub event: StoredEvent,
    /// Its hash in the chain of the trail; `None`: it is from before the chain.
    #[sqlx(try_from = "Bytes")]
    pub chain: Option<[u8; 32]>,
    /// The user name of its account, while the account exists.
    pub username: Option<Username>,
}

/// Which events to return; `None` matches all.
#[derive(Debug, Clone, Default)]
pub struct EventFilter {
    /// Only events of this account.
    pub account: Option<AccountId>,
    /// Only events whose name starts with this text.
    pub name: Option<String>,
    /// Only events at this time or later.
    pub since: Option<Timestamp>,
    /// Only events before this time.
    pub until: Option<Timestamp>,
}

/// Each page continues along the primary key from the end of the previous one, so that all pages are equally fast and
/// new events do not shift them. (`+` keeps the planner from using the index on `at`, which would need a sort.)
pub(super) const NEWEST_FIRST: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account
    WHERE events.id < ?1 AND (?2 IS NULL OR events.account = ?2) AND substr(events.name, 1, length(?3)) = ?3
        AND +events.at >= ?4 AND +events.at < ?5
    ORDER BY events.id DESC LIMIT ?6";

/// As `NEWEST_FIRST`, in the other direction.
pub(super) const OLDEST_FIRST: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account
    WHERE events.id > ?1 AND (?2 IS NULL OR events.account = ?2) AND substr(events.name, 1, length(?3)) = ?3
        AND +events.at >= ?4 AND +events.at < ?5
    ORDER BY events.id LIMIT ?6";

pub(super) const BY_ID: &str = "SELECT events.*, accounts.username FROM events
    LEFT JOIN accounts ON accounts.id = events.account WHERE events.id = ?1";

impl StoredEvent {
    fn fields(&self, id: i64) -> Fields<'_> {
        Fields {
            id,
            at: self.at.millis(),
            name: self.name.as_bytes(),
            account: self.account.as_ref().map(|account| account.as_bytes().as_slice()),
            client: self.client.as_deref().map(str::as_bytes),
            request: self.request.as_deref().map(str::as_bytes),
            details: self.details.as_bytes(),
        }
    }
}

impl Store {
    /// Appends an event to the audit trail.
    pub async fn append_event(&self, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Returns the newest `count` events, newest first.
    pub async fn newest_events(&self, count: u32) -> Result<Vec<StoredEvent>, StoreError> {
        let newest = sqlx::query_as::<_, StoredEvent>("SELECT * FROM events ORDER BY id DESC LIMIT ?1").bind(count);
        Ok(newest.fetch_all(self.reading()).await?)
    }

    /// Returns at most `count` matching events with a lower number than `id`, newest first.
    pub async fn events_before(&self, id: i64, filter: &EventFilter, count: u32) -> Result<Vec<EventRow>, StoreError> {
        self.page(NEWEST_FIRST, id, filter, count).await
    }

    /// Returns at most `count` matching events with a higher number than `id`, oldest first.
    pub async fn events_after(&self, id: i64, filter: &EventFilter, count: u32) -> Result<Vec<EventRow>, StoreError> {
        self.page(OLDEST_FIRST, id, filter, count).await
    }

    /// Returns the event with this number.
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

/// Appends an event within the transaction that makes the change. The transaction has the write lock, so nobody else
/// continues the same hash.
pub(super) async fn append(transaction: &mut WriteTransaction, event: &StoredEvent) -> Result<(), StoreError> {
    let head = chain::head(transaction).await?;
    let id = head.event + 1;
    let link = event.fields(id).link(&transaction.keys(), &head.chain);
    sqlx::query(
        "INSERT INTO events (id, at, name, account, client, request, details, chain, chain_key)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )
    .bind(id)
    .bind(event.at)
    .bind(&event.name)
    .bind(event.account)
    .bind(&event.client)
    .bind(&event.request)
    .bind(&event.details)
    .bind(link.chain.as_slice())
    .bind(link.key.as_slice())
    .execute(&mut **transaction)
    .await?;
    Ok(())
}
