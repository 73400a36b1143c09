//! Checks the proof of a factor that the person holds, after it was counted and claimed.

use tracing::error;

use crate::audit::{Audit, Event, SignInEnd, UnjudgedAttempt};
use crate::challenge::limits::{GUESSES, PASSKEY_LIFETIME};
use crate::challenge::{ChallengeError, Challenges, GuessOutcome, ProvenChallenge};
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::factor_kind::FactorKind;
use crate::domain::request_context::RequestContext;
use crate::factor::{FactorError, ProofAttempt, ProofVerdict, UserVerification};
use crate::keys::Encrypted;
use crate::platform::telemetry::GATEWAY;
use crate::session::lifetimes::SKEW;
use crate::store::{ProofClaim, SignIn};
use crate::throttle::{Admission, Subject, Ticket};

/// A proof as it arrives.
#[derive(Clone, Copy)]
pub(crate) struct ShownProof<'a> {
    /// Of which factor.
    pub kind: FactorKind,
    /// What the person typed, or what the browser says for them.
    pub shown: &'a str,
}

/// A proof that was counted and claimed.
struct ClaimedProof {
    kind: FactorKind,
    ticket: Ticket,
    /// How many further proofs the sign-in allows.
    left: u32,
}

impl Challenges {
    /// Checks a proof. It is first counted by `subject` and factor, and claimed as one of [`GUESSES`] of this sign-in.
    pub(crate) async fn prove(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        subject: &Subject,
        proof: ShownProof<'_>,
    ) -> Result<GuessOutcome, ChallengeError> {
        let ShownProof { kind, shown } = proof;
        let account = Some(sign_in.account);
        let held = self.parts.store.held_factors(sign_in.account).await?;
        let factor = self.parts.factors.held_proof(kind).filter(|factor| factor.is_enrolled(&held));
        let Some(factor) = factor.filter(|factor| factor.reads(shown)) else {
            Audit::note(&Event::CodeRefused { method: kind, reason: None }, context, account);
            return Ok(GuessOutcome::Wrong);
        };
        let attempt = AttemptKind::Factor(kind);
        let ticket = match self.parts.throttle.admit(attempt, subject, &context.client, context.now).await? {
            Admission::Allowed(ticket) => ticket,
            Admission::Wait(wait) => {
                let event = Event::HeldBack { kind: attempt, seconds: wait.as_secs() };
                Audit::note(&event, context, account);
                return Ok(GuessOutcome::Wait(wait));
            }
        };
        match self.parts.store.claim_proof(sign_in.id, GUESSES, context.now).await? {
            ProofClaim::Claimed { left } => {
                let unjudged = UnjudgedAttempt::counted(attempt, context, account);
                // Taken away before the answer is judged: of several answers one counts, and a wrong one is not tried
                // again.
                let challenge = self.passkey_challenge(kind, sign_in, context).await?;
                let verdict = factor.verify(&ProofAttempt {
                    account: sign_in.account,
                    held: &held,
                    shown,
                    challenge: challenge.as_ref(),
                    bound_to: sign_in.id.as_bytes(),
                    origin: &context.origin,
                    verification: UserVerification::NotRequired,
                    now: context.now,
                    random: &self.parts.random,
                });
                unjudged.judged();
                self.settle(context, sign_in, ClaimedProof { kind, ticket, left }, verdict).await
            }
            ProofClaim::Exhausted => {
                self.parts.throttle.uncounted(ticket).await?;
                Ok(GuessOutcome::Exhausted)
            }
            ProofClaim::Unknown => {
                self.parts.throttle.uncounted(ticket).await?;
                Ok(GuessOutcome::Over)
            }
        }
    }

    /// What the browser is told so that a passkey signs this sign-in (JSON). `None`: the account has no passkey that pages of
    /// this origin can use, or the sign-in is over.
    pub(crate) async fn passkey_options(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
    ) -> Result<Option<String>, ChallengeError> {
        let held = self.parts.store.held_factors(sign_in.account).await?;
        let passkeys = self.parts.factors.passkeys();
        let bound_to = sign_in.id.as_bytes();
        let mut random = self.parts.random.clone();
        let asked = match passkeys.ask(&held, bound_to, &context.origin, &mut random) {
            // None of their passkeys can be decrypted. The page still offers the other factors.
            Err(failure @ FactorError::Unreadable(_)) => {
                let account = sign_in.account.to_hex();
                error!(target: GATEWAY, account, %failure, "a passkey cannot be used");
                None
            }
            other => other?,
        };
        let Some(fresh) = asked else { return Ok(None) };
        let until = context.now.plus(PASSKEY_LIFETIME);
        let kept = self.parts.store.passkey_challenge(sign_in.id, &fresh, until, context.now).await?;
        Ok(kept.and_then(|kept| passkeys.options(&kept, bound_to)))
    }

    async fn passkey_challenge(
        &self,
        kind: FactorKind,
        sign_in: &SignIn,
        context: &RequestContext,
    ) -> Result<Option<Encrypted>, ChallengeError> {
        Ok(match kind {
            FactorKind::Passkey => {
                let latest = context.now.plus(PASSKEY_LIFETIME).plus(SKEW);
                self.parts.store.take_passkey_challenge(sign_in.id, context.now, latest).await?
            }
            FactorKind::Sms | FactorKind::Email | FactorKind::Totp | FactorKind::RecoveryCode => None,
        })
    }

    async fn settle(
        &self,
        context: &RequestContext,
        sign_in: &SignIn,
        claimed: ClaimedProof,
        verdict: Result<ProofVerdict, FactorError>,
    ) -> Result<GuessOutcome, ChallengeError> {
        let ClaimedProof { kind, ticket, left } = claimed;
        let account = Some(sign_in.account);
        let audit = &self.parts.audit;
        match verdict {
            Ok(ProofVerdict::Right(spending)) => {
                Ok(GuessOutcome::Right(ProvenChallenge::of_proof(sign_in, kind, spending, ticket)))
            }
            Ok(ProofVerdict::Wrong(reason)) => {
                let event = Event::CodeRefused { method: kind, reason: Some(reason) };
                audit.record(&event, context, account).await;
                if left > 0 {
                    return Ok(GuessOutcome::Wrong);
                }
                audit.record(&Event::SignInOver { reason: SignInEnd::AllGuessesUsed }, context, account).await;
                Ok(GuessOutcome::Exhausted)
            }
            Err(failure) => {
                self.parts.store.return_proof(sign_in.id).await?;
                self.parts.throttle.uncounted(ticket).await?;
                let event = Event::CodeUndecided { method: kind, reason: failure.to_string() };
                audit.record(&event, context, account).await;
                Ok(GuessOutcome::Unavailable)
            }
        }
    }
}
