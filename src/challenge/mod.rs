//! Floor 5: one attempt at a second factor.
//!
//! Decides how often a code may be guessed and how soon it may be sent again ([`limits`]), claims a send ([`send`]) or
//! a guess ([`verify`]) before anything else happens, and spends what was proved ([`spend`]). All claims are single
//! conditional statements in the store, so they hold across instances. It never issues a session: `login` does, with
//! the [`ProvenChallenge`] that only a right guess yields. Called by `login`.

pub(crate) mod limits;
mod send;
mod spend;
mod state;
mod verify;

pub(crate) use limits::Limits;
pub(crate) use send::{SendOutcome, SendProblem, SendRequest};
pub(crate) use spend::ProvenChallenge;
pub(crate) use state::{ChallengeState, CodeState};
pub(crate) use verify::GuessOutcome;

use std::sync::Arc;

use crate::audit::Audit;
use crate::domain::method::CodeMethod;
use crate::factor::Factors;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::store::{Account, Store, StoreError};
use crate::throttle::Throttle;

/// What a challenge works with.
pub(crate) struct Parts {
    /// Sign-ins and their challenges.
    pub store: Store,
    /// Counters of guesses and sends.
    pub throttle: Throttle,
    /// Sends and checks.
    pub factors: Factors,
    /// The audit trail.
    pub audit: Audit,
    /// Identifiers of challenges.
    pub random: Random,
    /// How long a code lives, how soon the next may be sent.
    pub limits: Limits,
}

/// Challenges of all sign-ins. Cheap to clone; all clones share the parts.
#[derive(Clone)]
pub(crate) struct Challenges {
    parts: Arc<Parts>,
}

/// The state of a challenge is unknown: nobody gets in.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ChallengeError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// A send was interrupted.
    #[error("sending the code was interrupted")]
    Interrupted,
}

impl Challenges {
    /// Challenges that work with these parts.
    pub(crate) fn new(parts: Parts) -> Self {
        Self { parts: Arc::new(parts) }
    }

    /// The methods that reach this account, each with its masked destination (`•••• 74`).
    pub(crate) fn methods(&self, account: &Account) -> Vec<(CodeMethod, String)> {
        self.parts.factors.enrolled(account)
    }

    /// The method of the first code: the account's own, or the first that reaches it.
    pub(crate) fn first_method(&self, account: &Account) -> CodeMethod {
        let reaching = self.methods(account);
        let own = reaching.iter().find(|(method, _)| *method == account.default_method);
        own.or(reaching.first()).map_or(account.default_method, |(method, _)| *method)
    }
}
