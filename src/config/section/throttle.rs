//! `[throttle]`

use crate::config::reader::{Count, section};
use crate::throttle;

section! {
    /// Limits beside those that are built in.
    Throttle {
        /// Messages a day for all accounts together: what the worst day may cost.
        sends_per_day: Count<1, 10_000_000> = Count(1000),
    }
}

impl Throttle {
    pub(super) fn to_settings(&self) -> throttle::Settings {
        throttle::Settings { sends_per_day: self.sends_per_day.0 }
    }
}
