//! `[password]`: resources for password hashing.

use crate::config::reader::{Count, section};
use crate::password::{self, PasswordPolicy};

section! {
    /// Resources for password checks.
    Password {
        /// Threads that hash passwords. Each uses one core while it works, and keeps 19 MiB from
        /// its first password on.
        threads: Count<1, 64> = Count(2),
        /// Password checks that may wait for a thread; further ones are refused and can be retried later.
        queue: Count<1, 10_000> = Count(64),
    }
}

impl Password {
    pub(super) fn to_settings(&self, policy: PasswordPolicy, service: Vec<String>) -> password::Settings {
        let number = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        password::Settings { threads: number(self.threads.0), queue: number(self.queue.0), policy, service }
    }
}
