//! What a sign-in works with.

use std::sync::Arc;
use std::time::Duration;

use crate::audit::Audit;
use crate::challenge::Challenges;
use crate::domain::host::HostName;
use crate::keys::KeyRing;
use crate::login::checks::PasswordChecks;
use crate::password::Passwords;
use crate::platform::random::Random;
use crate::registry::Registry;
use crate::session::lifetimes::Lifetimes;
use crate::store::Store;
use crate::throttle::Throttle;

/// What a sign-in works with.
pub(crate) struct Parts {
    /// Accounts, sign-ins, sessions.
    pub store: Store,
    /// The hashing threads.
    pub passwords: Arc<Passwords>,
    /// The counters of passwords.
    pub throttle: Throttle,
    /// The second factors.
    pub challenges: Challenges,
    /// Live sessions.
    pub registry: Arc<Registry>,
    /// The audit trail.
    pub audit: Audit,
    /// Signs cookies.
    pub keys: Arc<KeyRing>,
    /// How long sessions live.
    pub lifetimes: Lifetimes,
    /// Identifiers of sign-ins, sessions and hand-overs.
    pub random: Random,
    /// `session.cookie_domain`.
    pub cookie_domain: Option<HostName>,
}

/// The sign-in. Cheap to clone; all clones share the parts.
#[derive(Clone)]
pub(crate) struct Login {
    pub(super) parts: Arc<Parts>,
    pub(super) checks: Arc<PasswordChecks>,
}

/// How long a sign-in may take from its beginning to the code.
pub(super) const SIGN_IN_LIFETIME: Duration = Duration::from_mins(15);

impl Login {
    /// A sign-in that works with these parts.
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), checks: Arc::default() }
    }
}
