//! Floor 5: one attempt at a second factor.
//!
//! Decides how often a code may be guessed and how soon it may be sent again ([`limits`]). It claims a send ([`send`]),
//! a guess at a sent code ([`verify`]) or a proof of a held factor ([`prove`]) before anything else happens, and spends a
//! challenge that was met ([`spend`]). Claims are single conditional statements in the store, so they hold across instances.
//! It never issues a session: `login` does, with the [`ProvenChallenge`] that only a right guess yields. Called by `login`.

pub(crate) mod limits;
mod prove;
mod send;
mod spend;
mod state;
mod verify;

pub(crate) use limits::{Limits, PASSKEY_LIFETIME};
pub(crate) use prove::ShownProof;
pub(crate) use send::{SendOutcome, SendProblem, SendRequest};
pub(crate) use spend::ProvenChallenge;
pub(crate) use state::{ChallengeState, CodeState, ValidCodes};
pub(crate) use verify::GuessOutcome;

use std::sync::Arc;

use crate::audit::Audit;
use crate::domain::factor_kind::FactorKind;
use crate::domain::method::CodeMethod;
use crate::domain::origin::Origin;
use crate::factor::{FactorError, Factors};
use crate::platform::random::{EntropyUnavailable, Random};
use crate::store::{Account, HeldFactors, Store, StoreError};
use crate::throttle::Throttle;

/// What challenges are built from.
pub(crate) struct Parts {
    /// Stores sign-ins and their challenges.
    pub store: Store,
    /// Counts guesses and sends.
    pub throttle: Throttle,
    /// Sends and checks codes, and judges proofs.
    pub factors: Arc<Factors>,
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
    /// A factor could not be used.
    #[error(transparent)]
    Factor(#[from] FactorError),
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

    /// The kinds of factors that the account holds and that pages of this origin can use, strongest first.
    pub(crate) fn held(&self, held: &HeldFactors, origin: &Origin) -> Vec<FactorKind> {
        self.parts.factors.held(held, origin)
    }

    /// The factor that a sign-in asks for first: a passkey where there is one, because nobody can be tricked into telling
    /// it; else what the person used last, else the account's default method, else whatever there is. A recovery code is
    /// never first.
    pub(crate) fn first_factor(&self, account: &Account, held: &HeldFactors, origin: &Origin) -> FactorKind {
        let own = self.parts.factors.held(held, origin);
        if own.contains(&FactorKind::Passkey) {
            return FactorKind::Passkey;
        }
        let sent = self.methods(account).into_iter().map(|(method, _)| FactorKind::from(method));
        let usable: Vec<FactorKind> =
            own.into_iter().filter(|kind| *kind != FactorKind::RecoveryCode).chain(sent).collect();
        let wanted = held.last.into_iter().chain([account.default_method.into()]);
        let first = wanted.into_iter().find(|kind| usable.contains(kind)).or(usable.first().copied());
        first.unwrap_or_else(|| account.default_method.into())
    }
}
