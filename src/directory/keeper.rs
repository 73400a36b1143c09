//! The background work that keeps the directory true: one task, ended with the gateway.

use std::sync::Arc;
use std::time::Duration;

use dashmap::mapref::multiple::RefMulti;
use tokio::time::{Instant, MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use tracing::{error, info, warn};

use crate::directory::live::{Directory, LiveSession};
use crate::platform::telemetry::GATEWAY;
use crate::session::lifetimes::Standing;
use crate::store::StoreError;

/// Half of the second within which a revocation counts on every instance.
const FOLLOW_EVERY: Duration = Duration::from_millis(500);

/// How often last uses are written down: a crash loses at most this much of an idle time.
const FLUSH_EVERY: Duration = Duration::from_secs(30);

/// How often what is over is deleted from the store.
const SWEEP_EVERY: Duration = Duration::from_mins(1);

/// The running background work.
pub struct Keeper {
    stop: CancellationToken,
    task: tokio::task::JoinHandle<()>,
}

impl Keeper {
    /// Starts following the feed, ending idle sessions, writing down last uses and sweeping the store.
    pub fn start(directory: Arc<Directory>) -> Self {
        let stop = CancellationToken::new();
        let task = tokio::spawn(keep(directory, stop.clone()));
        Self { stop, task }
    }

    /// Stops, after the last uses are written down.
    pub async fn stop(self) {
        self.stop.cancel();
        if let Err(failure) = self.task.await {
            error!(target: GATEWAY, %failure, "the directory's background task failed");
        }
    }
}

async fn keep(directory: Arc<Directory>, stop: CancellationToken) {
    let mut ticks = interval(FOLLOW_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut flushed, mut swept) = (Instant::now(), Instant::now());
    let mut trouble = Trouble::default();
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = stop.cancelled() => break,
        }
        trouble.report(directory.follow().await);
        directory.end_overdue().await;
        if flushed.elapsed() >= FLUSH_EVERY {
            flushed = Instant::now();
            log_failure("last uses could not be written down", directory.flush().await);
        }
        if swept.elapsed() >= SWEEP_EVERY {
            swept = Instant::now();
            log_failure("the store could not be swept", directory.store.sweep(directory.clock.now()).await);
        }
    }
    log_failure("last uses could not be written down", directory.flush().await);
}

/// Says once that the feed cannot be read and once that it can again, not twice a second.
#[derive(Default)]
struct Trouble(Option<Instant>);

impl Trouble {
    fn report(&mut self, outcome: Result<(), StoreError>) {
        match (outcome, self.0) {
            (Ok(()), Some(since)) => {
                info!(target: GATEWAY, seconds = since.elapsed().as_secs(), "the change feed can be read again");
                self.0 = None;
            }
            (Err(failure), None) => {
                warn!(target: GATEWAY, %failure, grace = super::GRACE.as_secs(), "the change feed cannot be read; after the grace every request is answered 503");
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

impl Directory {
    /// Ends what is past its limits: frees the memory and closes tunnels, which send no requests to be judged.
    async fn end_overdue(&self) {
        let now = self.clock.now();
        let overdue = |entry: RefMulti<'_, _, Arc<LiveSession>>| match entry.standing(&self.lifetimes, now) {
            Standing::Live => None,
            Standing::Over(limit) => Some((Arc::clone(entry.value()), limit)),
        };
        self.tokens.end_overdue(now);
        let ending: Vec<_> = self.sessions.iter().filter_map(overdue).collect();
        for (live, limit) in ending {
            self.time_out(&live, limit).await;
        }
    }

    async fn flush(&self) -> Result<(), StoreError> {
        let unflushed =
            |entry: RefMulti<'_, _, Arc<LiveSession>>| entry.value().take_unflushed().map(|at| (*entry.key(), at));
        let touched: Vec<_> = self.sessions.iter().filter_map(unflushed).collect();
        self.store.touch_sessions(&touched).await?;
        self.store.touch_tokens(&self.tokens.take_unflushed()).await
    }
}
