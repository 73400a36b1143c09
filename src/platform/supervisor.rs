//! Restarts a background loop that panics or returns before it is stopped, and logs it. If a loop stayed dead
//! unnoticed, revoked sessions would pass or the store would grow.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::platform::telemetry::GATEWAY;

/// Pause before a restart, so that a loop that fails at once does not use a whole CPU.
const RESTART_AFTER: Duration = Duration::from_secs(1);

/// Runs `start` again and again until `stop` is cancelled.
pub(crate) async fn supervise<Fut>(name: &'static str, stop: CancellationToken, start: impl Fn() -> Fut + Send)
where
    Fut: Future<Output = ()> + Send,
{
    loop {
        // A panic leaves only atomic counters and maps behind, which are consistent after every step.
        let ended = AssertUnwindSafe(start()).catch_unwind().await;
        if stop.is_cancelled() {
            return;
        }
        let cause = if ended.is_err() { "it panicked" } else { "it ended" };
        error!(target: GATEWAY, task = name, cause, "a background loop failed and is started again");
        tokio::select! {
            () = tokio::time::sleep(RESTART_AFTER) => {}
            () = stop.cancelled() => return,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_loop_that_panics_or_ends_is_started_again_until_it_is_stopped() {
        let (stop, starts) = (CancellationToken::new(), Arc::new(AtomicU32::new(0)));
        let (token, counted) = (stop.clone(), Arc::clone(&starts));
        let running = tokio::spawn(supervise("test", stop.clone(), move || {
            let (token, start) = (token.clone(), counted.fetch_add(1, Ordering::SeqCst));
            async move {
                match start {
                    0 => panic!("the first start fails"),
                    1 => {}
                    _ => token.cancelled().await,
                }
            }
        }));
        tokio::time::sleep(3 * RESTART_AFTER).await;
        assert_eq!(starts.load(Ordering::SeqCst), 3);
        stop.cancel();
        running.await.unwrap();
        assert_eq!(starts.load(Ordering::SeqCst), 3);
    }
}
