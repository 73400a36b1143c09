//! `[throttle]`: configurable limits.

use crate::config::reader::{Count, section};
use crate::throttle;

section! {
    /// Limits in addition to the built-in ones.
    Throttle {
        /// Maximum number of messages per day, for all accounts together.
        sends_per_day: Count<1, 10_000_000> = Count(1000),
    }
}

impl Throttle {
    pub(super) fn to_settings(&self) -> throttle::Settings {
        throttle::Settings { sends_per_day: self.sends_per_day.0 }
    }
}
