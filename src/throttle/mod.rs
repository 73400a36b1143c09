//! Floor 4: how often something may be tried.
//!
//! Counts first, in the store, and only then allows the attempt, so that a thousand parallel guesses are counted as a
//! thousand (OWASP WSTG-ATHN-03). The same counters serve every kind of attempt and every instance, and they survive a
//! restart. It never judges a password or a code. Called by `login` before every password and by `challenge` before
//! every code and every send.

mod attempts;
mod sends;

pub(crate) use attempts::{Admission, Subject, Ticket};
pub(crate) use sends::SendAdmission;

use std::fmt::Write as _;
use std::sync::Arc;

use crate::keys::{KeyRing, Purpose};
use crate::store::Store;

/// The settings in `[throttle]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `throttle.sends_per_day`: maximum number of messages in a day for all accounts, which limits the cost of an
    /// attack.
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
    pub(crate) const fn new(store: Store, keys: Arc<KeyRing>, settings: Settings) -> Self {
        Self { store, keys, settings }
    }

    /// The key of a counter for a telephone number, e-mail address or network. It is keyed, because a plain hash of
    /// something as short as a telephone number is easily reversed; it has 128 bits, because two subjects with the same
    /// key would share limits. After a key rotation these counters start again.
    fn counter_key(&self, kind: &str, of: &str) -> String {
        let (_, tag) = self.keys.sign(Purpose::CounterKey, &[kind.as_bytes(), b":", of.as_bytes()]);
        let digits = tag.iter().take(16).fold(String::with_capacity(32), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        format!("{kind}:{digits}")
    }
}
