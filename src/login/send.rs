//! Sending the code, again or another way.

use std::time::Duration;

use crate::audit::{Event, Scene};
use crate::delivery::{Destination, Sent};
use crate::domain::identifier::{ChallengeId, SignInId};
use crate::domain::method::CodeMethod;
use crate::domain::origin::Origin;
use crate::domain::return_target::ReturnTarget;
use crate::factor::{FactorError, Sending};
use crate::login::outcome::{Attempt, CodePage, CodeState, LoginError, SendOutcome, SendProblem};
use crate::login::{GUESSES, Login};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{Account, AccountStatus, Challenge, Proof, SendClaim, SignIn};
use crate::throttle::SendAdmission;

impl Login {
    /// The way a first code goes: the account's own, or the first that reaches it.
    pub(super) fn first_method(&self, account: &Account) -> CodeMethod {
        let reaching = self.parts.factors.reaching(account);
        let own = reaching.iter().find(|(method, _)| *method == account.default_method);
        own.or(reaching.first()).map_or(account.default_method, |(method, _)| *method)
    }

    /// A live sign-in and its account, if that may still sign in.
    pub(super) async fn under_way(
        &self,
        id: SignInId,
        now: Timestamp,
    ) -> Result<Option<(SignIn, Account)>, LoginError> {
        let Some(sign_in) = self.parts.store.sign_in(id, now).await? else { return Ok(None) };
        let account = self.parts.store.account(sign_in.account).await?;
        Ok(account.filter(|account| account.status == AccountStatus::Active).map(|account| (sign_in, account)))
    }

    /// What the code page shows. `None`: there is no such sign-in any more, start over.
    pub async fn code_page(&self, here: &Origin, id: SignInId) -> Result<Option<CodePage>, LoginError> {
        let now = self.parts.clock.now();
        let Some((sign_in, account)) = self.under_way(id, now).await? else { return Ok(None) };
        let challenge = sign_in.challenge;
        if challenge.as_ref().is_some_and(|challenge| challenge.guesses >= GUESSES || challenge.spent_at.is_some()) {
            return Ok(None);
        }
        let waits = |challenge: &Challenge| challenge.proof != Proof::Nothing && challenge.expires_at > now;
        let settings = self.parts.factors.settings();
        Ok(Some(CodePage {
            methods: self.parts.factors.reaching(&account),
            current: challenge.as_ref().map_or_else(|| self.first_method(&account), |challenge| challenge.method),
            sent: if challenge.as_ref().is_some_and(waits) { CodeState::Sent } else { CodeState::None },
            resend_in: challenge.as_ref().map_or(Duration::ZERO, |challenge| now.until(challenge.next_send_at)),
            code_length: settings.code_length,
            alphabet: settings.code_alphabet,
            return_to: ReturnTarget::kept(&sign_in.return_to, here),
        }))
    }

    /// Sends a code. What was sent for this sign-in before is dead; the guesses used stay used.
    pub async fn send(&self, attempt: &Attempt, id: SignInId, method: CodeMethod) -> Result<SendOutcome, LoginError> {
        let scene = self.scene(attempt);
        let Some((sign_in, account)) = self.under_way(id, scene.at).await? else { return Ok(SendOutcome::Over) };
        let scene = scene.of(account.id);
        let Some(to) = self.parts.factors.of(method).and_then(|factor| factor.destination(&account)) else {
            return Ok(self
                .not_sent(method, SendProblem::NoDestination, FactorError::NoDestination.to_string(), &scene)
                .await);
        };
        let fresh = ChallengeId::draw(&mut Random::system())?;
        let next = scene.at.plus(self.parts.factors.settings().resend_after);
        match self.parts.store.claim_send(sign_in.id, fresh, method, next, scene.at).await? {
            SendClaim::Over => Ok(SendOutcome::Over),
            SendClaim::Wait(wait) => Ok(SendOutcome::Wait(wait)),
            SendClaim::Claimed(challenge, before) => {
                let (login, host) = (self.clone(), attempt.configured_host.clone());
                Self::to_the_end(async move {
                    let host = host.as_deref();
                    let sending = Sending { account: &account, challenge, before: before.as_ref(), host };
                    login.send_claimed(method, &to, sending, &scene).await
                })
                .await
            }
        }
    }

    async fn send_claimed(
        &self,
        method: CodeMethod,
        to: &Destination,
        sending: Sending<'_>,
        scene: &Scene,
    ) -> Result<SendOutcome, LoginError> {
        if let SendAdmission::Wait(wait) = self.parts.throttle.admit_send(to, scene.at).await? {
            let reason = format!("a sending limit is reached for {} s", wait.as_secs());
            return Ok(self.not_sent(method, SendProblem::Limit(wait), reason, scene).await);
        }
        let sent = match self.parts.factors.of(method) {
            Some(factor) => factor.send(sending).await,
            None => Err(FactorError::NoDestination),
        };
        match sent {
            Ok(sent) => {
                // The code lives from the moment it was asked for, so that ours never outlives the provider's.
                let expires = scene.at.plus(self.parts.factors.settings().code_lifetime);
                self.parts.store.record_send(sending.challenge, method, sent.provider, &sent.proof, expires).await?;
                let event = Event::CodeSent { method, provider: sent.provider.to_owned() };
                self.parts.audit.record(&event, scene).await;
                Ok(SendOutcome::Sent)
            }
            Err(failure) => {
                if surely_not_sent(&failure) {
                    self.parts.throttle.unsent(to, scene.at).await?;
                    self.parts.store.release_send(sending.challenge, scene.at).await?;
                }
                Ok(self.not_sent(method, SendProblem::Unavailable, failure.to_string(), scene).await)
            }
        }
    }

    async fn not_sent(&self, method: CodeMethod, problem: SendProblem, reason: String, scene: &Scene) -> SendOutcome {
        self.parts.audit.record(&Event::CodeNotSent { method, reason }, scene).await;
        SendOutcome::NotSent(problem)
    }
}

fn surely_not_sent(failure: &FactorError) -> bool {
    match failure {
        FactorError::Delivery(error) => error.sent == Sent::No,
        FactorError::NoDestination | FactorError::Entropy(_) | FactorError::ProviderGone(_) => true,
    }
}
