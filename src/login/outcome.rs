//! What goes into a sign-in and what comes out of it.

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::Alphabet;
use crate::domain::assurance::Assurance;
use crate::domain::client::ClientAddress;
use crate::domain::identifier::{RequestId, SessionId, SignInId};
use crate::domain::method::CodeMethod;
use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::login::device::DeviceClaim;
use crate::password::PasswordError;
use crate::platform::random::EntropyUnavailable;
use crate::store::StoreError;

/// Who tries, from where.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The request.
    pub request: RequestId,
    /// The client.
    pub client: ClientAddress,
    /// The origin in the visitor's address bar.
    pub here: Origin,
    /// The host of that origin, where the configuration names it: for the origin-bound line of the message.
    pub configured_host: Option<String>,
    /// The device cookie this browser showed, unchecked.
    pub device: Option<DeviceClaim>,
}

/// What somebody signs in for.
#[derive(Debug, Clone)]
pub struct Aim {
    /// Where to go afterwards.
    pub return_to: ReturnTarget,
    /// The hash of what the host of that place left in the browser, where the session is to be handed over to it.
    pub nonce: Option<[u8; 32]>,
    /// What is enough for that place.
    pub enough: Assurance,
}

/// After the password.
#[derive(Debug)]
pub enum PasswordOutcome {
    /// Right, and enough.
    SignedIn(SignedIn),
    /// Right; a code is on its way, or the one sent before still counts.
    Started(SignInId),
    /// Right, but no code could be sent.
    StartedWithout(SignInId, SendProblem),
    /// Name or password is wrong.
    Wrong,
    /// Held back for this long.
    Wait(Duration),
    /// Too many passwords are being checked; try again in a moment.
    Busy,
}

/// How far a log-out got.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogOut {
    /// It is in the store: for good, and for every instance.
    Written,
    /// The store refused it: the session has ended in this process, and the store is asked again.
    InMemory,
}

/// Why no code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendProblem {
    /// The provider is down, slow or talks nonsense.
    Unavailable,
    /// A sending limit is reached for this long.
    Limit(Duration),
    /// The account has no number or address for it.
    NoDestination,
}

/// What the code page shows.
#[derive(Debug, Clone)]
pub struct CodePage {
    /// Every way that reaches this account, with its masked destination (`•••• 74`).
    pub methods: Vec<(CodeMethod, String)>,
    /// The way of the last send, or the one that would be used.
    pub current: CodeMethod,
    /// Whether a code is out that can be typed.
    pub sent: CodeState,
    /// How long until a code may be sent again.
    pub resend_in: Duration,
    /// Characters of a code.
    pub code_length: u8,
    /// Which characters.
    pub alphabet: Alphabet,
    /// Where the sign-in leads.
    pub return_to: ReturnTarget,
}

/// Whether a code is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeState {
    /// It is, and it has not expired.
    Sent,
    /// None was sent, or it expired.
    None,
}

/// After asking for another code.
#[derive(Debug)]
pub enum SendOutcome {
    /// On its way.
    Sent,
    /// Too soon after the last one.
    Wait(Duration),
    /// Not sent.
    NotSent(SendProblem),
    /// No such sign-in, expired, or all guesses used: start over.
    Over,
}

/// After asking for the factor of a session again.
#[derive(Debug)]
pub enum StepUpOutcome {
    /// A code is on its way, or the one sent before still counts.
    Started(SignInId),
    /// No code could be sent.
    StartedWithout(SignInId),
    /// The session has ended meanwhile.
    Ended,
}

/// After typing a code.
#[derive(Debug)]
pub enum VerifyOutcome {
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
pub struct SignedIn {
    /// The value of the session cookie.
    pub session_cookie: String,
    /// The value of the device cookie; `None`: the browser is not known and was not made so.
    pub device_cookie: Option<String>,
    /// Where to.
    pub return_to: ReturnTarget,
    /// The session.
    pub session: SessionId,
    /// For whom the session is to be handed over, where it is.
    pub nonce: Option<[u8; 32]>,
}

/// A session that was handed over to this host.
#[derive(Debug)]
pub struct Arrived {
    /// The value of the session cookie of this host.
    pub session_cookie: String,
    /// Where to.
    pub return_to: ReturnTarget,
}

/// We could not tell: nobody gets in.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
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
