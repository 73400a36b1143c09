//! The running loops: one for each receiver, and the watch over the trail. None can delay another.

use std::sync::Arc;

use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::events::courier::{self, Office};
use crate::events::error::EventsError;
use crate::events::settings::Settings;
use crate::events::sink::Sink;
use crate::events::watch;
use crate::platform::clock::Clock;
use crate::platform::random::Random;
use crate::platform::supervisor::supervise;
use crate::platform::telemetry::GATEWAY;
use crate::store::Store;

/// The running loops.
pub(crate) struct Events {
    stop: CancellationToken,
    loops: Vec<JoinHandle<()>>,
}

impl Events {
    /// Starts sending. Makes no call itself: a receiver that is down must not prevent the start. Only a client that cannot
    /// be built does, and a store that cannot be written.
    pub(crate) async fn start(
        settings: &Settings,
        store: &Store,
        clock: &Clock,
        random: &Random,
    ) -> Result<Self, EventsError> {
        let webhooks = settings.webhooks.iter().map(Sink::webhook);
        let syslogs = settings.syslogs.iter().map(Sink::syslog);
        let sinks: Vec<Arc<Sink>> = webhooks.chain(syslogs).map(|sink| sink.map(Arc::new)).collect::<Result<_, _>>()?;
        let mut random = random.clone();
        let holder = random.bytes()?;
        let names: Vec<String> = sinks.iter().map(|sink| sink.name.clone()).collect();
        if !names.is_empty() {
            // A receiver that is new gets what happens from now on.
            store.register_sinks(&names, clock.now()).await?;
        }
        let office = Office { store: store.clone(), clock: clock.clone(), random, holder };
        let stop = CancellationToken::new();
        let mut loops = vec![watching(names, office.clone(), &stop)];
        loops.extend(sinks.into_iter().map(|sink| sending(sink, office.clone(), &stop)));
        Ok(Self { stop, loops })
    }

    /// Stops sending. What was not sent waits in the store.
    pub(crate) async fn stop(self) {
        self.stop.cancel();
        for running in self.loops {
            if let Err(failure) = running.await {
                error!(target: GATEWAY, %failure, "a loop that sends events failed while it was stopped");
            }
        }
    }
}

fn watching(names: Vec<String>, office: Office, stop: &CancellationToken) -> JoinHandle<()> {
    let token = stop.clone();
    tokio::spawn(supervise("trail", stop.clone(), move || watch::run(names.clone(), office.clone(), token.clone())))
}

fn sending(sink: Arc<Sink>, office: Office, stop: &CancellationToken) -> JoinHandle<()> {
    let token = stop.clone();
    let run = move || courier::run(Arc::clone(&sink), office.clone(), token.clone());
    tokio::spawn(supervise("events", stop.clone(), run))
}
