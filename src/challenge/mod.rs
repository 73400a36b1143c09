//! Floor 5: one attempt at a second factor.
//!
//! Decides how often a code may be guessed and how soon it may be sent again ([`limits`]). It claims a send ([`send`])
//! or a guess ([`verify`]) before anything else happens, and spends a challenge that was met ([`spend`]). Claims are
//! single conditional statements in the store, so they hold across instances. It never issues a session: `login` does,
//! with the [`ProvenChallenge`] that only a right guess yields. Called by `login`.

pub(crate) mod limits;
mod send;
mod spend;
mod state;
mod verify;

pub(crate) use limits::Limits;
pub(crate) use send::{SendOutcome, SendProblem, SendRequest};
pub(crate) use spend::ProvenChallenge;
pub(crate) use state::{ChallengeState, CodeState, ValidCodes};
pub(crate) use verify::GuessOutcome;

use std::sync::Arc;

use crate::audit::Audit;
use crate::domain::method::CodeMethod;
use crate::factor::Factors;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::store::{Account, Store, StoreError};
use crate::throttle::Throttle;

/// What challenges are built from.
pub(crate) struct Parts {
    /// Stores sign-ins and their challenges.
    pub store: Store,
    /// Counts guesses and sends.
    pub throttle: Throttle,
    /// Sends and checks codes.
    pub factors: Factors,
    pub audit: Audit,
    /// Draws the ids of challenges.
    pub random: Random,
    /// The configurable limits.
    pub limits: Limits,
}

/// The challenges of all sign-ins. Cheap to clone; all clones share the parts.
#[derive(Clone)]
pub(crate) struct Challenges {
    parts: Arc<Parts>,
}

/// The state of a challenge is unknown, so the sign-in does not go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChallengeError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes are available.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The task that sends a code was interrupted.
    #[error("sending the code was interrupted")]
    Interrupted,
}

impl Challenges {
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// The methods that reach this account, each with its masked destination (`•••• 74`).
    pub(crate) fn methods(&self, account: &Account) -> Vec<(CodeMethod, String)> {
        self.parts.factors.enrolled(account)
    }

    /// The method of the first code: the account's default, or else the first that reaches it.
    pub(crate) fn first_method(&self, account: &Account) -> CodeMethod {
        let reaching = self.methods(account);
        let own = reaching.iter().find(|(method, _)| *method == account.default_method);
        own.or(reaching.first()).map_or(account.default_method, |(method, _)| *method)
    }
}
