//! Brings events to one receiver: in order, at least once, for as long as it takes.
//!
//! What a receiver has is one number in the store. It moves only after the receiver took the events, so what was under way
//! when a process died is sent again, with the same ids. Of several processes on one store one sends at a time
//! (`store/sink`).

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use crate::events::backoff::Backoff;
use crate::events::sink::Sink;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::telemetry::GATEWAY;
use crate::store::{EventFilter, SinkHolder, Store, StoreError};

/// How often the trail is looked at for new events.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// How many events are read at once.
const PAGE: u32 = 100;

/// How long one round sends before it records how far it got. A crash repeats at most this much.
const ROUND: Duration = Duration::from_secs(2);

/// How much longer than a round and its last step a receiver is held, for a process that gets no CPU time.
const SPARE: Duration = Duration::from_secs(5);

/// No configuration holds a receiver longer: the longest time-out is a minute.
const LONGEST_HOLD: Duration = Duration::from_mins(2);

/// What every courier of this process uses.
#[derive(Clone)]
pub(super) struct Office {
    pub(super) store: Store,
    pub(super) clock: Clock,
    pub(super) random: Random,
    /// This process.
    pub(super) holder: [u8; 16],
}

struct Courier {
    sink: Arc<Sink>,
    office: Office,
    /// What the receiver has, and what the store says it has; `None`: another process may know better.
    progress: Option<Progress>,
    backoff: Backoff,
}

#[derive(Clone, Copy)]
struct Progress {
    sent: i64,
    recorded: i64,
}

/// What a round found.
enum Round {
    /// There is nothing to send, or another process sends.
    Idle,
    /// Events were sent. There may be more.
    Sent,
}

/// Runs until `stop`.
pub(super) async fn run(sink: Arc<Sink>, office: Office, stop: CancellationToken) {
    let mut courier = Courier { sink, office, progress: None, backoff: Backoff::default() };
    let mut wait = Duration::ZERO;
    loop {
        tokio::select! {
            () = sleep(wait) => {}
            () = stop.cancelled() => break,
        }
        // A receiver that does not answer must not hold up the end of the gateway. What it took meanwhile and we did not
        // learn of is sent again.
        let outcome = tokio::select! {
            outcome = courier.round() => outcome,
            () = stop.cancelled() => break,
        };
        wait = courier.settle(outcome).await;
    }
    courier.finish().await;
}

impl Courier {
    async fn round(&mut self) -> Result<Round, String> {
        let Office { store, clock, .. } = &self.office;
        if store.sink_backlog(&self.sink.name).await.map_err(said)?.is_none() {
            return Ok(Round::Idle);
        }
        let now = clock.now();
        let claimed = store.claim_sink(&self.holding(), now, now.plus(LONGEST_HOLD)).await.map_err(said)?;
        let Some(sent) = claimed else { return Ok(Round::Idle) };
        self.progress = Some(Progress { sent, recorded: sent });
        let page = store.events_after(sent, &EventFilter::default(), PAGE).await.map_err(said)?;
        let delivered = self.sink.deliver(&page, clock, Instant::now() + ROUND).await;
        self.progress = Some(Progress { sent: delivered.until.max(sent), recorded: sent });
        delivered.failure.map_or(Ok(Round::Sent), Err)
    }

    /// Records how far the round got, and says how long to wait.
    async fn settle(&mut self, outcome: Result<Round, String>) -> Duration {
        let recorded = self.record().await.map_err(said);
        match outcome.and_then(|round| recorded.map(|()| round)) {
            Ok(round) => {
                if self.backoff.is_failing() && matches!(round, Round::Sent) {
                    info!(target: GATEWAY, sink = self.sink.name, "events are sent again");
                }
                match round {
                    Round::Idle => LOOK_EVERY,
                    Round::Sent => {
                        self.backoff.succeeded();
                        Duration::ZERO
                    }
                }
            }
            Err(reason) => {
                // Said once, not at every attempt.
                if !self.backoff.is_failing() {
                    warn!(target: GATEWAY, sink = self.sink.name, reason, "events cannot be sent; they wait in the store");
                }
                self.backoff.failed(&mut self.office.random)
            }
        }
    }

    async fn record(&mut self) -> Result<(), StoreError> {
        let Some(Progress { sent, recorded }) = self.progress else { return Ok(()) };
        if sent > recorded {
            self.office.store.advance_sink(&self.holding(), sent).await?;
            self.progress = Some(Progress { sent, recorded: sent });
        }
        Ok(())
    }

    async fn finish(mut self) {
        let recorded = self.record().await;
        let released = self.office.store.release_sink(&self.sink.name, self.office.holder).await;
        if let Err(failure) = recorded.and(released) {
            warn!(target: GATEWAY, sink = self.sink.name, %failure, "it could not be written down which events were sent");
        }
    }

    fn holding(&self) -> SinkHolder<'_> {
        let until = self.office.clock.now().plus(ROUND + self.sink.timeout + SPARE);
        SinkHolder { sink: &self.sink.name, holder: self.office.holder, until }
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with `map_err`")]
fn said(error: StoreError) -> String {
    error.to_string()
}
