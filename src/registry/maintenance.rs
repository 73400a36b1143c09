//! The background work that keeps the registry current: five supervised loops, none of which can delay another.
//!
//! The feed loop only reads, over its own connection. Work that writes (ends of sessions, last uses, the sweep) waits
//! for the write lock in its own loop. A held lock or a full disk delays that work, but never the revocations made by
//! other instances.

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::audit::{Audit, Cause, Event};
use crate::platform::supervisor::supervise;
use crate::platform::telemetry::GATEWAY;
use crate::registry::feed::GRACE;
use crate::registry::live::Registry;
use crate::store::{StoreError, SweptEvents};

/// Half of the second within which a revocation takes effect on every instance.
const FOLLOW_EVERY: Duration = Duration::from_millis(500);

/// How often deadlines are checked. A tunnel outlives its session by no more than this.
const EXPIRE_EVERY: Duration = Duration::from_millis(500);

/// Pause before ends that the store refused are written again. A full disk is rarely free again at once.
const RETRY_AFTER: Duration = Duration::from_secs(2);

/// How long the writer of ends sleeps if nothing wakes it.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(30);

/// How often last uses are written. A crash loses at most this much of an idle time.
const FLUSH_EVERY: Duration = Duration::from_secs(30);

/// How often expired rows are deleted from the store.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// The running background loops.
pub(crate) struct Maintenance {
    stop: CancellationToken,
    loops: Vec<JoinHandle<()>>,
}

impl Maintenance {
    /// Starts following the feed, ending sessions past their limits, writing last uses and sweeping the store.
    pub(crate) fn start(registry: &Arc<Registry>) -> Self {
        let stop = CancellationToken::new();
        let feed = supervised("feed", registry, &stop, follow);
        let expiry = supervised("expiry", registry, &stop, expire);
        let ends = supervised("ends", registry, &stop, write_ends);
        let flush = supervised("flush", registry, &stop, flush);
        let sweep = supervised("sweep", registry, &stop, sweep);
        Self { stop, loops: vec![feed, expiry, ends, flush, sweep] }
    }

    /// Stops the loops, after ends and last uses are written.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        for running in self.loops {
            if let Err(failure) = running.await {
                error!(target: GATEWAY, %failure, "a background loop failed while it was stopped");
            }
        }
    }
}

fn supervised<Fut>(
    name: &'static str,
    registry: &Arc<Registry>,
    stop: &CancellationToken,
    run: fn(Arc<Registry>, CancellationToken) -> Fut,
) -> JoinHandle<()>
where
    Fut: Future<Output = ()> + Send + 'static,
{
    let registry = Arc::clone(registry);
    let token = stop.clone();
    tokio::spawn(supervise(name, stop.clone(), move || run(Arc::clone(&registry), token.clone())))
}

/// Reads the change feed twice a second.
async fn follow(registry: Arc<Registry>, stop: CancellationToken) {
    let mut ticks = interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut outage = Outage::default();
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return,
        }
        outage.report(registry.follow().await);
    }
}

/// Ends sessions and tokens past their limits in memory.
async fn expire(registry: Arc<Registry>, stop: CancellationToken) {
    let mut ticks = interval(EXPIRE_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => return,
        }
        registry.expire().await;
    }
}

/// Ends in the store what ended in memory. Separate from the expiry loop, which must not wait for the write lock.
async fn write_ends(registry: Arc<Registry>, stop: CancellationToken) {
    // Ends may already be waiting: a restarted loop has missed the notification.
    let mut wait = Duration::ZERO;
    loop {
        tokio::select! {
            () = sleep(wait) => {}
            () = registry.wait_for_unwritten_ends(), if wait == LOOK_AGAIN_AFTER => {}
            () = stop.cancelled() => break,
        }
        wait = match registry.write_ends().await {
            Ok(()) => LOOK_AGAIN_AFTER,
            Err(failure) => {
                warn!(target: GATEWAY, %failure, "sessions that ended could not be ended in the store yet; trying again");
                RETRY_AFTER
            }
        };
    }
    log_failure("sessions that ended could not be ended in the store", registry.write_ends().await);
}

/// Writes last uses.
async fn flush(registry: Arc<Registry>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = sleep(FLUSH_EVERY) => {}
            () = stop.cancelled() => break,
        }
        log_failure("last uses could not be written down", registry.flush().await);
    }
    log_failure("last uses could not be written down", registry.flush().await);
}

/// Deletes expired rows.
async fn sweep(registry: Arc<Registry>, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = sleep(SWEEP_EVERY) => {}
            () = stop.cancelled() => return,
        }
        match registry.store.sweep(registry.clock.now()).await {
            Ok(swept) => report(&registry, &swept).await,
            Err(failure) => log_failure("the store could not be swept", Err(failure)),
        }
    }
}

/// Says what can no longer be found out, because the events are deleted.
async fn report(registry: &Registry, swept: &SweptEvents) {
    for lost in &swept.lost {
        warn!(
            target: GATEWAY,
            sink = lost.sink,
            events = lost.count,
            "events were deleted for their age before this receiver had them"
        );
    }
    if swept.unverifiable > 0 {
        warn!(
            target: GATEWAY,
            events = swept.unverifiable,
            "events were deleted for their age that could not be verified: the key version that they name is not in the \
             key file; that is right only after `keys remove` or with a new key file"
        );
    }
    if let Some(event) = swept.broken {
        error!(target: GATEWAY, event, "an event that was deleted for its age did not fit the chain of the audit trail");
        let now = registry.clock.now();
        Audit::new(registry.store.clone()).record(&Event::TrailBroken { event }, Cause::Expiry(now), None).await;
    }
}

/// Logs once that the feed cannot be read and once that it can be read again, not twice a second.
#[derive(Default)]
struct Outage(Option<Instant>);

impl Outage {
    fn report(&mut self, outcome: Result<(), StoreError>) {
        match (outcome, self.0) {
            (Ok(()), Some(since)) => {
                info!(target: GATEWAY, seconds = since.elapsed().as_secs(), "the change feed can be read again");
                self.0 = None;
            }
            (Err(failure), None) => {
                warn!(target: GATEWAY, %failure, grace = GRACE.as_secs(), "the change feed cannot be read; after the grace every request is answered 503");
                self.0 = Some(Instant::now());
            }
            (Ok(()), None) | (Err(_), Some(_)) => {}
        }
    }
}

fn log_failure(what: &'static str, outcome: Result<(), StoreError>) {
    if let Err(failure) = outcome {
        warn!(target: GATEWAY, %failure, "{what}");
    }
}
