//! Floor 4: how often something may be tried.
//!
//! Counts first, in the store, and only then lets the attempt be judged, so that a thousand parallel guesses are a
//! thousand counted guesses (OWASP WSTG-ATHN-03). The counters are the same for every door and instance and survive a
//! restart. It never judges a password or a code; `login` asks it before every one.

mod attempts;
mod sends;

pub use attempts::{Admission, Door, Subject, Ticket};
pub use sends::SendAdmission;

use crate::keys::KeyRing;
use crate::store::Store;
use std::sync::Arc;

/// `[throttle]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `throttle.sends_per_day`: messages in a day, all accounts together; the bound on what an attack can cost.
    pub sends_per_day: u32,
}

/// The counters.
pub struct Throttle {
    store: Store,
    keys: Arc<KeyRing>,
    settings: Settings,
}

impl Throttle {
    /// Counts in this store.
    pub const fn new(store: Store, keys: Arc<KeyRing>, settings: Settings) -> Self {
        Self { store, keys, settings }
    }
}
