//! Checks a guess, after it was counted and claimed.

use std::time::Duration;

use crate::audit::{Audit, Event, SignInEnd, UnjudgedAttempt};
use crate::challenge::limits::GUESSES;
use crate::challenge::{ChallengeError, Challenges, ProvenChallenge};
use crate::delivery::CodeVerdict;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::code::{CodeShape, OneTimeCode};
use crate::domain::request_context::RequestContext;
use crate::factor::FactorError;
use crate::platform::clock::Timestamp;
use crate::session::lifetimes::SKEW;
use crate::store::{Challenge, GuessClaim, SignIn};
use crate::throttle::{Admission, Subject, Ticket};

/// The result of a guess.
#[derive(Debug)]
pub(crate) enum GuessOutcome {
    /// Right; the challenge can be spent.
    Right(ProvenChallenge),
    /// Wrong, expired or spent.
    Wrong,
    /// The last guess was wrong, or all were used before.
    Exhausted,
    /// The sign-in has expired.
    Over,
    /// The provider could not tell; the guess is given back.
    Unavailable,
    /// Throttled for this long; the guess is not counted.
    Wait(Duration),
}

impl Challenges {
    /// Checks a submitted code. It is first counted by `subject` and factor, and claimed as one of [`GUESSES`].
    pub(crate) async fn verify(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        subject: &Subject,
        typed: &str,
    ) -> Result<GuessOutcome, ChallengeError> {
        // A sign-in whose proofs are used up is over for codes too.
        if sign_in.guesses >= GUESSES {
            return Ok(GuessOutcome::Exhausted);
        }
        let Some(challenge) = &sign_in.challenge else { return Ok(GuessOutcome::Wrong) };
        let method = challenge.method;
        let account = Some(sign_in.account);
        // Text that cannot be a code is not counted as a guess: it reveals nothing and costs nothing.
        let settings = self.parts.factors.settings();
        let shape = CodeShape { length: settings.code_length, alphabet: settings.code_alphabet };
        let Ok(guess) = OneTimeCode::read(typed, shape) else {
            Audit::note(&refused(challenge), context, account);
            return Ok(GuessOutcome::Wrong);
        };
        let kind = AttemptKind::Factor(method.into());
        match self.parts.throttle.admit(kind, subject, &context.client, context.now).await? {
            Admission::Allowed(ticket) => self.claim_and_check(context, sign_in, &guess, ticket).await,
            Admission::Wait(wait) => {
                let event = Event::HeldBack { kind, seconds: wait.as_secs() };
                Audit::note(&event, context, account);
                Ok(GuessOutcome::Wait(wait))
            }
        }
    }

    async fn claim_and_check(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        guess: &OneTimeCode,
        ticket: Ticket,
    ) -> Result<GuessOutcome, ChallengeError> {
        let account = Some(sign_in.account);
        match self.parts.store.claim_guess(sign_in.id, GUESSES, context.now).await? {
            GuessClaim::Claimed(challenge) => {
                let kind = AttemptKind::Factor(challenge.method.into());
                let unjudged = UnjudgedAttempt::counted(kind, context, account);
                let verdict = self.check(&challenge, guess, context.now).await;
                unjudged.judged();
                self.conclude(context, sign_in, challenge, verdict, ticket).await
            }
            // There was no code to guess, so this is not counted as a guess.
            GuessClaim::NoCode => {
                self.parts.throttle.uncounted(ticket).await?;
                if let Some(challenge) = &sign_in.challenge {
                    Audit::note(&refused(challenge), context, account);
                }
                Ok(GuessOutcome::Wrong)
            }
            GuessClaim::Exhausted => {
                self.parts.throttle.uncounted(ticket).await?;
                Ok(GuessOutcome::Exhausted)
            }
            GuessClaim::Unknown => {
                self.parts.throttle.uncounted(ticket).await?;
                Ok(GuessOutcome::Over)
            }
        }
    }

    async fn check(
        &self,
        challenge: &Challenge,
        guess: &OneTimeCode,
        now: Timestamp,
    ) -> Result<CodeVerdict, FactorError> {
        // A code that expires later than a new one would was issued before the clock was set back, which must not
        // extend its life.
        if challenge.expires_at > now.plus(self.parts.limits.code_lifetime).plus(SKEW) {
            return Ok(CodeVerdict::Wrong);
        }
        self.parts.factors.verify(challenge, guess, now).await
    }

    async fn conclude(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        challenge: Challenge,
        verdict: Result<CodeVerdict, FactorError>,
        ticket: Ticket,
    ) -> Result<GuessOutcome, ChallengeError> {
        let method = challenge.method;
        let account = Some(sign_in.account);
        let audit = &self.parts.audit;
        match verdict {
            Ok(CodeVerdict::Right) => Ok(GuessOutcome::Right(ProvenChallenge::of_code(sign_in, challenge, ticket))),
            Ok(CodeVerdict::Wrong) => {
                audit.record(&refused(&challenge), context, account).await;
                if challenge.guesses < GUESSES {
                    return Ok(GuessOutcome::Wrong);
                }
                audit.record(&Event::SignInOver { reason: SignInEnd::AllGuessesUsed }, context, account).await;
                Ok(GuessOutcome::Exhausted)
            }
            Err(failure) => {
                self.parts.store.return_guess(challenge.id).await?;
                self.parts.throttle.uncounted(ticket).await?;
                let event = Event::CodeUndecided { method: method.into(), reason: failure.to_string() };
                audit.record(&event, context, account).await;
                Ok(GuessOutcome::Unavailable)
            }
        }
    }
}

fn refused(challenge: &Challenge) -> Event {
    Event::CodeRefused { method: challenge.method.into(), reason: None }
}
