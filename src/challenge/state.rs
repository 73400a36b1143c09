//! What the code page shows about a challenge.

use std::time::Duration;

use crate::challenge::Challenges;
use crate::challenge::limits::GUESSES;
use crate::domain::code::Alphabet;
use crate::domain::factor_kind::FactorKind;
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::store::{Account, Challenge, HeldFactors, Proof, SignIn};

/// The state of a challenge for the code page.
#[derive(Debug, Clone)]
pub(crate) struct ChallengeState {
    /// The methods that reach this account, each with its masked destination (`•••• 74`).
    pub methods: Vec<(CodeMethod, String)>,
    /// The method of the last send, or the one that would be used.
    pub current: CodeMethod,
    /// The kinds of factors that the account holds, strongest first.
    pub held: Vec<FactorKind>,
    /// The factor to ask for first.
    pub first: FactorKind,
    /// How many wrong proofs of held factors the sign-in still survives.
    pub proofs_left: u32,
    /// Whether there is a code to enter.
    pub sent: CodeState,
    /// Which of several messages holds the code.
    pub valid: ValidCodes,
    /// How many wrong codes the sign-in still survives.
    pub guesses_left: u32,
    /// How long the newest code is valid; zero if there is none.
    pub expires_in: Duration,
    /// How long until a code may be sent again.
    pub resend_in: Duration,
    /// Number of characters of a code.
    pub code_length: u8,
    /// The characters of a code.
    pub alphabet: Alphabet,
}

/// Which of the codes that were sent for a sign-in are valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ValidCodes {
    /// The newest one alone: the provider holds it, and a new one replaces it there.
    Newest,
    /// Each until it expires.
    All,
}

/// Whether a sent code is still valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeState {
    /// A code was sent and has not expired.
    Sent,
    /// No code was sent, or it has expired.
    None,
}

impl Challenges {
    /// The state of a sign-in's challenge. `None` if all guesses are used and the sign-in has to start over.
    pub(crate) fn state(
        &self,
        sign_in: &SignIn,
        account: &Account,
        held: &HeldFactors,
        context: &RequestContext,
    ) -> Option<ChallengeState> {
        let now = context.now;
        let origin = &context.origin;
        let challenge = sign_in.challenge.as_ref();
        if sign_in.guesses >= GUESSES || challenge.is_some_and(|challenge| challenge.guesses >= GUESSES) {
            return None;
        }
        let waits = |challenge: &Challenge| challenge.proof != Proof::Nothing && challenge.expires_at > now;
        let settings = self.parts.factors.settings();
        Some(ChallengeState {
            methods: self.methods(account),
            current: challenge.map_or_else(|| self.first_method(account), |challenge| challenge.method),
            held: self.held(held, origin),
            first: self.first_factor(account, held, origin),
            proofs_left: GUESSES - sign_in.guesses,
            sent: if challenge.is_some_and(waits) { CodeState::Sent } else { CodeState::None },
            valid: match challenge.map(|challenge| &challenge.proof) {
                Some(Proof::Remote(_)) => ValidCodes::Newest,
                Some(Proof::Local { .. } | Proof::Nothing) | None => ValidCodes::All,
            },
            guesses_left: GUESSES - challenge.map_or(0, |challenge| challenge.guesses),
            expires_in: challenge
                .filter(|challenge| waits(challenge))
                .map_or(Duration::ZERO, |challenge| now.until(challenge.expires_at)),
            resend_in: challenge.map_or(Duration::ZERO, |challenge| now.until(challenge.next_send_at)),
            code_length: settings.code_length,
            alphabet: settings.code_alphabet,
        })
    }

    /// The method of the first code: the account's default, or else the first that reaches it.
    fn first_method(&self, account: &Account) -> CodeMethod {
        let reaching = self.methods(account);
        let own = reaching.iter().find(|(method, _)| *method == account.default_method);
        own.or(reaching.first()).map_or(account.default_method, |(method, _)| *method)
    }
}
