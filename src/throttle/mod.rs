//! Floor 4: how often something may be tried.
//!
//! Counts first, in the store, and only then lets the attempt be judged, so that a thousand parallel guesses are a
//! thousand counted guesses (OWASP WSTG-ATHN-03). The counters are the same for every kind of attempt and every
//! instance and survive a restart. It never judges a password or a code; `login` asks it before every one.

mod attempts;
mod sends;

pub(crate) use attempts::{Admission, Subject, Ticket};
pub(crate) use sends::SendAdmission;

use std::fmt::Write as _;
use std::sync::Arc;

use crate::keys::{KeyRing, Purpose};
use crate::store::Store;

/// `[throttle]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `throttle.sends_per_day`: messages in a day, all accounts together; the bound on what an attack can cost.
    pub sends_per_day: u32,
}

/// The counters. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Throttle {
    store: Store,
    keys: Arc<KeyRing>,
    settings: Settings,
}

impl Throttle {
    /// Counts in this store.
    pub(crate) const fn new(store: Store, keys: Arc<KeyRing>, settings: Settings) -> Self {
        Self { store, keys, settings }
    }

    /// The key of a counter of somebody's number, address or network. Keyed, since a telephone number has so few digits
    /// that a plain hash is as good as the number; 128 bits, since two that share one would share their limits. After a
    /// rotation of the keys these counters start anew.
    fn counter_key(&self, kind: &str, of: &str) -> String {
        let (_, tag) = self.keys.sign(Purpose::CounterKey, &[kind.as_bytes(), b":", of.as_bytes()]);
        let digits = tag.iter().take(16).fold(String::with_capacity(32), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        format!("{kind}:{digits}")
    }
}
