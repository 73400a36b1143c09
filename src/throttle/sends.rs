//! Messages sent: what an attacker who wants to run up a bill or bother somebody is held to.

use std::time::Duration;

use crate::delivery::Destination;
use crate::platform::clock::Timestamp;
use crate::store::{SendLimit, StoreError};
use crate::throttle::Throttle;

/// Whether a message may be sent.
#[derive(Debug)]
pub(crate) enum SendAdmission {
    /// Yes; it is counted.
    Allowed,
    /// Not before this time has passed; nothing was counted.
    Wait(Duration),
}

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

impl Throttle {
    /// Counts one message to this destination against every limit, or against none.
    pub(crate) async fn admit_send(&self, to: &Destination, now: Timestamp) -> Result<SendAdmission, StoreError> {
        let counted = self.store.count_send(&self.limits(to), now).await?;
        Ok(counted.map_or_else(SendAdmission::Wait, |()| SendAdmission::Allowed))
    }

    /// The provider surely did not send it: it does not count.
    pub(crate) async fn unsent(&self, to: &Destination, at: Timestamp) -> Result<(), StoreError> {
        self.store.uncount_send(&self.limits(to), at).await
    }

    /// The limits of `docs/operation.md`, "Limits that people meet".
    fn limits(&self, to: &Destination) -> Vec<SendLimit> {
        let limit = |key: String, most: u32, window: Duration| SendLimit { key, most, window };
        let one = match to {
            Destination::Phone(number) => self.counter_key("to", number.as_str()),
            Destination::Email(address) => self.counter_key("to", &address.key()),
        };
        let mut limits = vec![
            limit(format!("{one}:10m"), 3, 10 * MINUTE),
            limit(format!("{one}:day"), 10, DAY),
            limit("all:day".to_owned(), self.settings.sends_per_day, DAY),
        ];
        if let Destination::Phone(number) = to {
            // Numbers bought in a block share all but their last digits: the mark of SMS pumping.
            limits.push(limit(self.counter_key("range", number.range()), 30, HOUR));
        }
        limits
    }
}
