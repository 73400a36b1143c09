//! The second factor.

use tracing::warn;

use crate::audit::{Audit, Event, Scene};
use crate::delivery::CodeVerdict;
use crate::domain::assurance::Assurance;
use crate::domain::code::OneTimeCode;
use crate::domain::identifier::SignInId;
use crate::domain::return_target::ReturnTarget;
use crate::factor::FactorError;
use crate::login::outcome::{Aim, Attempt, LoginError, VerifyOutcome};
use crate::login::unjudged::Unjudged;
use crate::login::{GUESSES, Login};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::platform::telemetry::GATEWAY;
use crate::session::lifetimes::SKEW;
use crate::store::{Challenge, Completion, Earned, GuessClaim, SignIn};
use crate::throttle::{Admission, AttemptKind, Ticket};

impl Login {
    /// Judges a typed code. Counted by account and factor and claimed as one of five guesses before anybody looks at
    /// it.
    pub async fn verify(&self, attempt: &Attempt, id: SignInId, typed: &str) -> Result<VerifyOutcome, LoginError> {
        let scene = self.scene(attempt);
        let Some((sign_in, account)) = self.under_way(id, scene.at).await? else { return Ok(VerifyOutcome::Over) };
        let scene = scene.of(account.id);
        let Some(challenge) = &sign_in.challenge else { return Ok(VerifyOutcome::Wrong) };
        // What cannot be a code is no guess: it tells nothing and costs nothing.
        let Ok(guess) = OneTimeCode::parse(typed) else {
            Audit::note(&Event::CodeRefused { method: challenge.method }, &scene);
            return Ok(VerifyOutcome::Wrong);
        };
        let kind = AttemptKind::Code(challenge.method);
        let subject = self.subject(attempt, account.id).await?;
        match self.parts.throttle.admit(kind, &subject, &attempt.client, scene.at).await? {
            Admission::Allowed(ticket) => self.claim_and_check(attempt, &sign_in, &guess, ticket, &scene).await,
            Admission::Wait(wait) => {
                let event = Event::HeldBack { kind: kind.word(), seconds: wait.as_secs() };
                Audit::note(&event, &scene);
                Ok(VerifyOutcome::Wait(wait))
            }
        }
    }

    async fn claim_and_check(
        &self,
        attempt: &Attempt,
        sign_in: &SignIn,
        guess: &OneTimeCode,
        ticket: Ticket,
        scene: &Scene,
    ) -> Result<VerifyOutcome, LoginError> {
        match self.parts.store.claim_guess(sign_in.id, GUESSES, scene.at).await? {
            GuessClaim::Claimed(claimed) => {
                let unjudged = Unjudged::counted(AttemptKind::Code(claimed.challenge.method), *scene);
                let verdict = self.check(&claimed.challenge, guess, scene.at).await;
                unjudged.judged();
                self.conclude(attempt, sign_in, claimed.challenge, verdict, (ticket, scene)).await
            }
            // There was nothing to guess at, so it was no guess.
            GuessClaim::NoCode => {
                self.parts.throttle.uncounted(ticket).await?;
                if let Some(challenge) = &sign_in.challenge {
                    Audit::note(&Event::CodeRefused { method: challenge.method }, scene);
                }
                Ok(VerifyOutcome::Wrong)
            }
            GuessClaim::Exhausted | GuessClaim::Unknown => {
                self.parts.throttle.uncounted(ticket).await?;
                Ok(VerifyOutcome::Over)
            }
        }
    }

    async fn check(
        &self,
        challenge: &Challenge,
        guess: &OneTimeCode,
        now: Timestamp,
    ) -> Result<CodeVerdict, FactorError> {
        // A code with longer to live than a fresh one comes from the future: the clock was set back since, and must
        // not give it a longer life.
        if challenge.expires_at > now.plus(self.parts.factors.settings().code_lifetime).plus(SKEW) {
            return Ok(CodeVerdict::Wrong);
        }
        match self.parts.factors.of(challenge.method) {
            Some(factor) => factor.check(challenge, guess).await,
            None => Err(FactorError::ProviderGone(challenge.provider.clone())),
        }
    }

    async fn conclude(
        &self,
        attempt: &Attempt,
        sign_in: &SignIn,
        challenge: Challenge,
        verdict: Result<CodeVerdict, FactorError>,
        (ticket, scene): (Ticket, &Scene),
    ) -> Result<VerifyOutcome, LoginError> {
        let method = challenge.method;
        match verdict {
            Ok(CodeVerdict::Right) => self.complete(attempt, sign_in, challenge, ticket, scene).await,
            Ok(CodeVerdict::Wrong) => {
                self.parts.audit.record(&Event::CodeRefused { method }, scene).await;
                if challenge.guesses < GUESSES {
                    return Ok(VerifyOutcome::Wrong);
                }
                self.parts.audit.record(&Event::SignInOver { reason: "all guesses used" }, scene).await;
                Ok(VerifyOutcome::Over)
            }
            Err(failure) => {
                self.parts.store.return_guess(challenge.id).await?;
                self.parts.throttle.uncounted(ticket).await?;
                self.parts.audit.record(&Event::CodeUndecided { method, reason: failure.to_string() }, scene).await;
                Ok(VerifyOutcome::Unavailable)
            }
        }
    }

    /// Spends the challenge and makes or renews the session in one transaction: of any number of right codes at the same
    /// instant, one gets here with the row unspent.
    async fn complete(
        &self,
        attempt: &Attempt,
        sign_in: &SignIn,
        challenge: Challenge,
        ticket: Ticket,
        scene: &Scene,
    ) -> Result<VerifyOutcome, LoginError> {
        let (method, mut random) = (challenge.method, Random::system());
        let (id, earned, event) = if let Some(session) = sign_in.session {
            let earned = Earned::StepUp { session, account: sign_in.account, method };
            (session, earned, Event::SteppedUp { method, session })
        } else {
            let session = self.new_session(attempt, sign_in.account, Some(method), scene, &mut random)?;
            let id = session.id;
            (id, Earned::Session(session), Event::SignInCompleted { method: Some(method), session: id })
        };
        let device = self.device(attempt, sign_in.account, &mut random).await?;
        let event = Audit::row(&event, scene);
        let completion = Completion {
            sign_in: sign_in.id,
            challenge: challenge.id,
            proof: challenge.proof,
            earned,
            device,
            event: event.clone(),
        };
        if !self.parts.store.complete_sign_in(&completion, scene.at).await? {
            self.parts.audit.record(&Event::CodeRefused { method }, scene).await;
            return Ok(VerifyOutcome::Wrong);
        }
        self.parts.registry.session_changed(id);
        Audit::log(&event);
        // The session stands; a counter that could not be cleared costs its owner a wait at worst.
        if let Err(failure) = self.parts.throttle.succeeded(ticket).await {
            warn!(target: GATEWAY, %failure, "a failure counter could not be cleared");
        }
        let aim = Aim {
            return_to: ReturnTarget::kept(&sign_in.return_to, &attempt.here),
            nonce: sign_in.nonce,
            enough: Assurance::TwoFactor,
        };
        Ok(VerifyOutcome::SignedIn(self.signed_in(attempt, aim, (id, sign_in.account, Some(device)), scene.at)))
    }
}
