//! What goes into a sign-in and what comes out of it.

use std::sync::Arc;
use std::time::Duration;

use crate::challenge::{ChallengeError, ChallengeState};
use crate::domain::identifier::{AccountId, SessionId, SignInId};
use crate::domain::return_target::ReturnTarget;
use crate::login::intent::LoginIntent;
use crate::password::PasswordError;
use crate::platform::random::EntropyUnavailable;
use crate::store::StoreError;

/// After the password.
#[derive(Debug)]
pub(crate) enum PasswordOutcome {
    /// Right, and enough.
    SignedIn(SignedIn),
    /// Right; a code is on its way, or the one sent before still counts.
    Started(SignInId),
    /// Right, but no code could be sent.
    StartedWithout(SignInId),
    /// Name or password is wrong.
    Wrong,
    /// Held back for this long.
    Wait(Duration),
    /// Too many passwords are being checked; try again in a moment.
    Busy,
}

/// After name and password that came with a request.
#[derive(Debug, Clone)]
pub(crate) enum BasicOutcome {
    /// Right: whose they are. No session is made of it.
    Right(AccountId),
    /// Name or password is wrong, or the password is too short to stand alone.
    Wrong,
    /// Held back for this long.
    Wait(Duration),
    /// Too many passwords are being checked; try again in a moment.
    Busy,
}

/// How far a log-out got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogOut {
    /// It is in the store: for good, and for every instance.
    Written,
    /// The store refused it: the session has ended in this process, and the store is asked again.
    InMemory,
}

/// What the code page shows.
#[derive(Debug, Clone)]
pub(crate) struct CodePage {
    /// Of the challenge.
    pub challenge: ChallengeState,
    /// Where the sign-in leads.
    pub return_to: ReturnTarget,
}

/// After asking for the factor of a session again.
#[derive(Debug)]
pub(crate) enum StepUpOutcome {
    /// A code is on its way, or the one sent before still counts.
    Started(SignInId),
    /// No code could be sent.
    StartedWithout(SignInId),
    /// The session has ended meanwhile.
    Ended,
}

/// After typing a code.
#[derive(Debug)]
pub(crate) enum VerifyOutcome {
    /// In.
    SignedIn(SignedIn),
    /// Wrong, expired or spent.
    Wrong,
    /// That was the last guess, or the sign-in expired: start over.
    Over,
    /// The provider could not tell; the guess does not count.
    Unavailable,
    /// Held back for this long; the guess does not count.
    Wait(Duration),
}

/// What a completed sign-in hands to the browser.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// The value of the session cookie.
    pub session_cookie: String,
    /// The value of the device cookie; `None`: the browser is not known and was not made so.
    pub device_cookie: Option<String>,
    /// The session.
    pub session: SessionId,
    /// Where it leads.
    pub intent: LoginIntent,
}

/// A session that was handed over to this host.
#[derive(Debug)]
pub(crate) struct RedeemedHandover {
    /// The value of the session cookie of this host.
    pub session_cookie: String,
    /// Where to.
    pub return_to: ReturnTarget,
}

/// We could not tell: nobody gets in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LoginError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The state of the challenge is unknown.
    #[error(transparent)]
    Challenge(#[from] ChallengeError),
    /// The hashing threads failed.
    #[error(transparent)]
    Password(#[from] PasswordError),
    /// It broke off in the middle.
    #[error("the sign-in broke off in the middle")]
    Broken,
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// A check that several requests waited for.
    #[error("{0}")]
    Shared(Arc<LoginError>),
}
