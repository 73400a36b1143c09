//! Keeps watch over the chain of the audit trail while the gateway runs.
//!
//! The log gets the hash of the newest event: whoever keeps the log elsewhere can prove with it that events were cut off
//! later (`audit verify --head`). And the event that was the newest a minute ago must still be there.

use std::time::Duration;

use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::audit::{Audit, Cause, Event, chain_hex};
use crate::events::courier::Office;
use crate::platform::telemetry::{AUDIT, GATEWAY};
use crate::store::{ChainHead, Store, StoreError};

/// The newest events of this long are not in the log yet.
const LOOK_EVERY: Duration = Duration::from_mins(1);

/// After so many looks the store learns again which receivers are configured.
const REGISTER_EVERY: u32 = 60;

/// Runs until `stop`.
pub(super) async fn run(sinks: Vec<String>, office: Office, stop: CancellationToken) {
    let mut known = None;
    for look in 0_u32.. {
        if let Err(failure) = look_at(&mut known, &sinks, &office).await {
            warn!(target: GATEWAY, %failure, "the end of the audit trail could not be read");
        }
        if look % REGISTER_EVERY == REGISTER_EVERY - 1
            && !sinks.is_empty()
            && let Err(failure) = office.store.register_sinks(&sinks, office.clock.now()).await
        {
            warn!(target: GATEWAY, %failure, "the receivers of events could not be written down");
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            () = stop.cancelled() => break,
        }
    }
    if let Err(failure) = look_at(&mut known, &sinks, &office).await {
        warn!(target: GATEWAY, %failure, "the end of the audit trail could not be read");
    }
}

async fn look_at(known: &mut Option<ChainHead>, sinks: &[String], office: &Office) -> Result<(), StoreError> {
    let Office { store, clock, .. } = office;
    if let Some(earlier) = known
        && !store.has_link(earlier).await?
    {
        let event = earlier.event;
        error!(target: GATEWAY, event, "the audit trail was changed: an event that was its newest is gone or was changed");
        // Receivers must not take this event for one of those that they have.
        store.register_sinks(sinks, clock.now()).await?;
        Audit::new(store.clone()).record(&Event::TrailBroken { event }, Cause::Expiry(clock.now()), None).await;
    }
    let head = newest(store).await?;
    if *known != head
        && let Some(head) = head
    {
        info!(target: AUDIT, number = head.event, chain = chain_hex(&head.chain), "the newest event of the audit trail");
    }
    *known = head;
    Ok(())
}

/// `None`: there is no event yet.
async fn newest(store: &Store) -> Result<Option<ChainHead>, StoreError> {
    Ok(Some(store.trail_head().await?).filter(|head| head.event > 0))
}
