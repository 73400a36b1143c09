//! Writes events: always a log line, and a row in the store for events that are stored.

use tracing::{error, info};

use crate::audit::cause::Cause;
use crate::audit::event::Event;
use crate::domain::identifier::AccountId;
use crate::platform::telemetry;
use crate::store::{Store, StoredEvent};

/// Writes the audit trail. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Audit {
    store: Store,
}

impl Audit {
    pub(crate) const fn new(store: Store) -> Self {
        Self { store }
    }

    /// The event as a row, for a transaction that also makes the change. `account` is the account concerned, if known.
    pub(crate) fn row<'a>(event: &Event, cause: impl Into<Cause<'a>>, account: Option<AccountId>) -> StoredEvent {
        let (at, origin) = match cause.into() {
            Cause::Request(context) => (context.now, Some((context.client, context.id))),
            Cause::Unreadable { id, now, peer } => (now, Some((peer, id))),
            Cause::Operator(at) | Cause::Expiry(at) => (at, None),
        };
        StoredEvent {
            at,
            name: event.name().text().to_owned(),
            account,
            client: origin.map(|(client, _)| client.to_string()),
            request: origin.map(|(_, request)| request.to_hex()),
            details: event.details().to_string(),
        }
    }

    /// Logs the event, and stores it if events of this name are stored. If it cannot be stored, that is logged as an
    /// error; the decision is not affected, and the log line contains the event.
    pub(crate) async fn record<'a>(&self, event: &Event, cause: impl Into<Cause<'a>>, account: Option<AccountId>) {
        let row = Self::row(event, cause, account);
        Self::log(&row);
        if !event.name().is_stored() {
            return;
        }
        if let Err(failure) = self.store.append_event(&row).await {
            error!(target: telemetry::AUDIT, event = %row.name, %failure, "the event could not be stored");
        }
    }

    /// Only logs the event. For events that a stranger can cause any number of times without being throttled, and for
    /// stored ones that would occur with every request.
    pub(crate) fn note<'a>(event: &Event, cause: impl Into<Cause<'a>>, account: Option<AccountId>) {
        Self::log(&Self::row(event, cause, account));
    }

    /// Logs a row that a transaction has stored.
    pub(crate) fn log(row: &StoredEvent) {
        info!(
            target: telemetry::AUDIT,
            event = %row.name,
            account = row.account.map(|account| account.to_hex()),
            client = row.client,
            request = row.request,
            details = %row.details,
        );
    }
}
