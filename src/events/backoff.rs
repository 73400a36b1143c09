//! How long to wait before a receiver is tried again.

use std::time::Duration;

use crate::platform::random::Random;

/// The wait after the first failure. It doubles with each further one.
const FIRST: Duration = Duration::from_secs(1);

/// A receiver that is back is noticed within five minutes.
const LONGEST: Duration = Duration::from_mins(5);

/// Consecutive failures of one receiver.
#[derive(Debug, Default)]
pub(super) struct Backoff {
    failures: u32,
}

impl Backoff {
    pub(super) const fn is_failing(&self) -> bool {
        self.failures > 0
    }

    pub(super) const fn succeeded(&mut self) {
        self.failures = 0;
    }

    /// Counts a failure, and returns the wait: between a half and the whole of the doubled time, so that several processes
    /// do not come back to a receiver at the same moment.
    pub(super) fn failed(&mut self, random: &mut Random) -> Duration {
        let doubled = FIRST.saturating_mul(2_u32.saturating_pow(self.failures)).min(LONGEST);
        self.failures = self.failures.saturating_add(1);
        // Without entropy the whole wait is as good.
        let share = random.bytes::<2>().map_or(u16::MAX, u16::from_be_bytes);
        doubled / 2 + doubled.mul_f64(f64::from(share) / f64::from(u16::MAX) / 2.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_five_minutes_and_begin_again_after_a_success() {
        let (mut backoff, mut random) = (Backoff::default(), Random::system());
        for whole in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300] {
            let (wait, whole) = (backoff.failed(&mut random), Duration::from_secs(whole));
            assert!(wait >= whole / 2 && wait <= whole, "{wait:?} of {whole:?}");
        }
        backoff.succeeded();
        assert!(backoff.failed(&mut random) <= FIRST);
    }
}
