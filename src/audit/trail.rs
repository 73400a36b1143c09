//! Writes events: a log line always, a row in the store where the decision is about an account or a form.

use tracing::{error, info};

use crate::audit::event::{Event, Scene};
use crate::platform::telemetry;
use crate::store::{Store, StoredEvent};

/// The audit trail.
#[derive(Clone)]
pub struct Audit {
    store: Store,
}

impl Audit {
    /// Writes to this store.
    pub const fn new(store: Store) -> Self {
        Self { store }
    }

    /// The event as a row, for a transaction that writes it together with what it tells.
    pub fn row(event: &Event, scene: &Scene) -> StoredEvent {
        StoredEvent {
            at: scene.at,
            name: event.name().to_owned(),
            account: scene.account,
            client: Some(scene.client.to_string()),
            request: Some(scene.request.to_hex()),
            details: event.details().to_string(),
        }
    }

    /// Logs and stores. A row that cannot be stored is an error in the log; the decision stands as it was made, and
    /// the log line has it.
    pub async fn record(&self, event: &Event, scene: &Scene) {
        let row = Self::row(event, scene);
        Self::log(&row);
        if let Err(failure) = self.store.append_event(&row).await {
            error!(target: telemetry::AUDIT, event = %row.name, %failure, "the event could not be stored");
        }
    }

    /// Logs only: for what somebody can cause as often as he likes (no counter holds it back), which must not fill the
    /// store.
    pub fn note(event: &Event, scene: &Scene) {
        Self::log(&Self::row(event, scene));
    }

    /// Logs a row that a transaction has stored.
    pub fn log(row: &StoredEvent) {
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
