//! The dependencies of a sign-in.

use std::sync::Arc;
use std::time::Duration;

use crate::audit::Audit;
use crate::challenge::Challenges;
use crate::domain::host::HostName;
use crate::factor::Factors;
use crate::keys::KeyRing;
use crate::login::checks::PasswordChecks;
use crate::password::Passwords;
use crate::platform::random::Random;
use crate::registry::Registry;
use crate::session::lifetimes::Lifetimes;
use crate::store::Store;
use crate::throttle::Throttle;

/// The dependencies of [`Login`].
pub(crate) struct Parts {
    /// Accounts, sign-ins, sessions and hand-overs.
    pub store: Store,
    /// The hashing threads.
    pub passwords: Arc<Passwords>,
    /// Counts failed attempts.
    pub throttle: Throttle,
    /// Sends and checks second factors.
    pub challenges: Challenges,
    /// Judges passkeys that sign in alone.
    pub factors: Arc<Factors>,
    /// Live sessions in memory.
    pub registry: Arc<Registry>,
    pub audit: Audit,
    /// Signs cookies and tokens.
    pub keys: Arc<KeyRing>,
    /// How long sessions live.
    pub lifetimes: Lifetimes,
    /// Draws identifiers of sign-ins, sessions, devices and hand-overs.
    pub random: Random,
    /// `session.remember_device`; `None` asks for a second factor at every sign-in.
    pub remember_device: Option<Duration>,
    /// `session.cookie_domain`; `None` makes cookies valid for one host only.
    pub cookie_domain: Option<HostName>,
}

/// Signs people in and out. Cheap to clone; all clones share the parts.
#[derive(Clone)]
pub(crate) struct Login {
    pub(super) parts: Arc<Parts>,
    pub(super) checks: Arc<PasswordChecks>,
}

/// How long a sign-in may take from the password to the code.
pub(super) const SIGN_IN_LIFETIME: Duration = Duration::from_mins(15);

impl Login {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), checks: Arc::default() }
    }
}
