//! Floor 5: one sign-in, from the password to the session, and the log-out.
//!
//! The legal moves: a right password opens a sign-in and sends a code ([`password`]), or is enough where the aim asks
//! for nothing more; a live session opens one to have its factor asked for again ([`step_up`]); the code may be sent
//! again or another way ([`send`]); a right code ends the sign-in ([`verify`]). Sessions are made in [`issue_session`] and nowhere
//! else; another host gets one by a one-time token ([`hand_over`]). A request that brings name and password itself is
//! judged the same way and gets no session ([`basic`], [`checks`]). Every attempt is counted before it is judged and audited after.
//! Called by `portal`, and by `web` for requests that bring a password; decides nothing about pages and cookies'
//! attributes.

mod basic;
mod checks;
mod code;
mod device;
mod hand_over;
mod intent;
mod issue_session;
mod logout;
mod outcome;
mod password;
mod step_up;

pub use basic::BasicOutcome;
pub use device::DeviceClaim;
pub use intent::LoginIntent;
pub use outcome::{
    CodePage, LogOut, LoginError, PasswordOutcome, RedeemedHandover, SignedIn, StepUpOutcome, VerifyOutcome,
};
pub use password::{Browser, Credentials};

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
pub struct Parts {
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
pub struct Login {
    parts: Arc<Parts>,
    checks: Arc<PasswordChecks>,
}

/// How long a sign-in may take from its beginning to the code.
const SIGN_IN_LIFETIME: Duration = Duration::from_mins(15);

impl Login {
    /// A sign-in that works with these parts.
    pub fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts), checks: Arc::default() }
    }

    /// Does what was begun to its end, also when the visitor leaves meanwhile: the server then drops the request, and a
    /// message that is on its way, or half a log-out, must not be forgotten with it. For work that a claim or a
    /// session bounds: nothing else limits how much of it visitors who leave can begin.
    async fn to_the_end<T, F>(work: F) -> Result<T, LoginError>
    where
        T: Send + 'static,
        F: Future<Output = Result<T, LoginError>> + Send + 'static,
    {
        tokio::spawn(work).await.map_err(|_| LoginError::Broken)?
    }
}
