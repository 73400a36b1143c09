//! Limits on sent messages, against attackers who want to run up a bill or harass somebody.

use std::time::Duration;

use crate::delivery::Destination;
use crate::platform::clock::Timestamp;
use crate::store::{SendLimit, StoreError};
use crate::throttle::Throttle;

/// Whether a message may be sent.
#[derive(Debug)]
pub(crate) enum SendAdmission {
    /// It may; it is counted.
    Allowed,
    /// Not until this time has passed. Nothing was counted.
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

    /// Takes back a message that the provider certainly did not send.
    pub(crate) async fn unsent(&self, to: &Destination, at: Timestamp) -> Result<(), StoreError> {
        self.store.uncount_send(&self.limits(to), at).await
    }

    /// The limits in `docs/operation.md`, "Limits that people meet".
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
            // Numbers bought in a block differ only in their last digits, which is typical of SMS pumping.
            limits.push(limit(self.counter_key("range", number.range()), 30, HOUR));
        }
        limits
    }
}
