//! The outcomes and errors of a sign-in.

use std::sync::Arc;
use std::time::Duration;

use crate::challenge::{ChallengeError, ChallengeState};
use crate::domain::identifier::{AccountId, SessionId, SignInId};
use crate::domain::return_target::ReturnTarget;
use crate::factor::FactorError;
use crate::login::intent::LoginIntent;
use crate::password::PasswordError;
use crate::platform::random::EntropyUnavailable;
use crate::store::StoreError;

/// The outcome of submitting name and password.
#[derive(Debug)]
pub(crate) enum PasswordOutcome {
    /// Right, and no second factor is required.
    SignedIn(SignedIn),
    /// Right; a code was sent, or the one sent before is still valid.
    Started(SignInId),
    /// Right, but no code could be sent.
    StartedWithout(SignInId),
    /// Name or password is wrong.
    Wrong,
    /// Throttled for this long.
    Wait(Duration),
    /// Too many passwords are being checked; the visitor should try again in a moment.
    Busy,
}

/// The outcome of checking the name and password of a request.
#[derive(Debug, Clone)]
pub(crate) enum BasicOutcome {
    /// Right, for this account. No session is created.
    Right(AccountId),
    /// Name or password is wrong, or the password is too short to be used without a second factor.
    Wrong,
    /// Throttled for this long.
    Wait(Duration),
    /// Too many passwords are being checked; the client should try again in a moment.
    Busy,
}

/// Where a log-out was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LogOut {
    /// In the store: it is permanent and reaches every instance.
    Written,
    /// In this process only, because the store failed. The write is retried.
    InMemory,
}

/// The state of the code page.
#[derive(Debug, Clone)]
pub(crate) struct CodePage {
    pub challenge: ChallengeState,
    /// Where the sign-in leads; links to the login page keep it.
    pub return_to: ReturnTarget,
    /// For how long the page offers to remember the browser; `None`: it does not.
    pub remember: Option<Duration>,
}

/// The outcome of a step-up request.
#[derive(Debug)]
pub(crate) enum StepUpOutcome {
    /// A code was sent, or the one sent before is still valid.
    Started(SignInId),
    /// No code could be sent.
    StartedWithout(SignInId),
    /// The session has ended meanwhile.
    Ended,
}

/// The outcome of typing a code.
#[derive(Debug)]
pub(crate) enum VerifyOutcome {
    /// Right; the sign-in is complete.
    SignedIn(SignedIn),
    /// Wrong, expired or spent.
    Wrong,
    /// The sign-in has expired. The visitor has to start over.
    Over,
    /// That was the last of the allowed guesses. The visitor has to start over.
    GuessesUsed,
    /// The provider could not check the code. The guess is not counted.
    Unavailable,
    /// Throttled for this long. The guess is not counted.
    Wait(Duration),
}

/// The outcome of a passkey on the login page.
#[derive(Debug)]
pub(crate) enum PasskeyOutcome {
    /// Right; the sign-in is complete.
    SignedIn(SignedIn),
    /// Refused, for whatever reason.
    Wrong,
    /// It could not be judged. It is not counted.
    Unavailable,
    /// Throttled for this long.
    Wait(Duration),
}

/// What the browser gets for a completed sign-in.
#[derive(Debug)]
pub(crate) struct SignedIn {
    /// The value of the session cookie.
    pub session_cookie: String,
    /// The value of the device cookie. `None` if the browser is not known and does not become known.
    pub device_cookie: Option<String>,
    pub session: SessionId,
    /// Where to redirect the visitor.
    pub intent: LoginIntent,
}

/// A session that was handed over to this host.
#[derive(Debug)]
pub(crate) struct RedeemedHandover {
    /// The value of the session cookie of this host.
    pub session_cookie: String,
    pub return_to: ReturnTarget,
}

/// The sign-in could not be decided; it is refused.
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
    /// A challenge for a passkey could not be made.
    #[error(transparent)]
    Factor(#[from] FactorError),
    /// The task that did the work panicked or was cancelled.
    #[error("the sign-in broke off in the middle")]
    Broken,
    /// The operating system returned no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The error of a check that several requests waited for.
    #[error("{0}")]
    Shared(Arc<LoginError>),
}
