//! What the code page shows about a challenge.

use std::time::Duration;

use crate::challenge::Challenges;
use crate::challenge::limits::GUESSES;
use crate::domain::code::Alphabet;
use crate::domain::method::CodeMethod;
use crate::platform::clock::Timestamp;
use crate::store::{Account, Challenge, Proof};

/// The state of a challenge for the code page.
#[derive(Debug, Clone)]
pub(crate) struct ChallengeState {
    /// The methods that reach this account, each with its masked destination (`•••• 74`).
    pub methods: Vec<(CodeMethod, String)>,
    /// The method of the last send, or the one that would be used.
    pub current: CodeMethod,
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
        challenge: Option<&Challenge>,
        account: &Account,
        now: Timestamp,
    ) -> Option<ChallengeState> {
        if challenge.is_some_and(|challenge| challenge.guesses >= GUESSES) {
            return None;
        }
        let waits = |challenge: &Challenge| challenge.proof != Proof::Nothing && challenge.expires_at > now;
        let settings = self.parts.factors.settings();
        Some(ChallengeState {
            methods: self.methods(account),
            current: challenge.map_or_else(|| self.first_method(account), |challenge| challenge.method),
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
}
