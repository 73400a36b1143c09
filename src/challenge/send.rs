//! Sending a code: the first, again, or by another method.

use std::time::Duration;

use crate::audit::Event;
use crate::challenge::{ChallengeError, Challenges};
use crate::delivery::{Destination, Sent};
use crate::domain::identifier::{ChallengeId, SignInId};
use crate::domain::language::Language;
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::factor::{FactorError, Sending};
use crate::store::{Account, SendClaim};
use crate::throttle::SendAdmission;

/// After a code was asked for.
#[derive(Debug)]
pub(crate) enum SendOutcome {
    /// On its way.
    Sent,
    /// Too soon after the last one.
    Wait(Duration),
    /// Not sent.
    NotSent(SendProblem),
    /// No such sign-in, expired, or all guesses used: start over.
    Over,
}

/// What to send.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SendRequest {
    /// By which method.
    pub method: CodeMethod,
    /// In which language.
    pub language: Language,
}

/// Why no code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendProblem {
    /// The provider is down, slow or answers nonsense.
    Unavailable,
    /// A sending limit is reached for this long.
    Limit(Duration),
    /// The account has no number or address for it.
    NoDestination,
}

impl Challenges {
    /// Sends a code for a sign-in of `account`. What was sent for it before is dead; the guesses used stay used.
    pub(crate) async fn send(
        &self,
        context: &RequestContext,
        sign_in: SignInId,
        account: Account,
        request: SendRequest,
    ) -> Result<SendOutcome, ChallengeError> {
        let SendRequest { method, language } = request;
        let Some(to) = self.parts.factors.destination(method, &account) else {
            let event = Event::CodeNotSent { method, reason: FactorError::NoDestination.to_string() };
            self.parts.audit.record(&event, context, Some(account.id)).await;
            return Ok(SendOutcome::NotSent(SendProblem::NoDestination));
        };
        let fresh = ChallengeId::draw(&mut self.parts.random.clone())?;
        let next = context.now.plus(self.parts.limits.resend_after);
        match self.parts.store.claim_send(sign_in, fresh, method, next, context.now).await? {
            SendClaim::Over => Ok(SendOutcome::Over),
            SendClaim::Wait(wait) => Ok(SendOutcome::Wait(wait)),
            SendClaim::Claimed(challenge, before) => {
                // To the end, even if the visitor leaves: a message that is on its way must not be forgotten. The claim
                // bounds how much of this work visitors who leave can begin.
                let challenges = self.clone();
                let context = context.clone();
                let work = tokio::spawn(async move {
                    let host = context.configured_host.as_ref().map(ToString::to_string);
                    let before = before.as_ref();
                    let sending = Sending { account: &account, challenge, before, host: host.as_deref(), language };
                    challenges.send_claimed(&context, method, &to, sending).await
                });
                work.await.map_err(|_| ChallengeError::Interrupted)?
            }
        }
    }

    async fn send_claimed(
        &self,
        context: &RequestContext,
        method: CodeMethod,
        to: &Destination,
        sending: Sending<'_>,
    ) -> Result<SendOutcome, ChallengeError> {
        let now = context.now;
        let account = Some(sending.account.id);
        if let SendAdmission::Wait(wait) = self.parts.throttle.admit_send(to, now).await? {
            let reason = format!("a sending limit is reached for {} s", wait.as_secs());
            self.parts.audit.record(&Event::CodeNotSent { method, reason }, context, account).await;
            return Ok(SendOutcome::NotSent(SendProblem::Limit(wait)));
        }
        match self.parts.factors.begin(method, sending).await {
            Ok(sent) => {
                // The code lives from the moment it was asked for, so that ours never outlives the provider's.
                let expires = now.plus(self.parts.limits.code_lifetime);
                self.parts.store.record_send(sending.challenge, method, sent.provider, &sent.proof, expires).await?;
                let event = Event::CodeSent { method, provider: sent.provider };
                self.parts.audit.record(&event, context, account).await;
                Ok(SendOutcome::Sent)
            }
            Err(failure) => {
                if surely_not_sent(&failure) {
                    self.parts.throttle.unsent(to, now).await?;
                    self.parts.store.release_send(sending.challenge, now).await?;
                }
                let event = Event::CodeNotSent { method, reason: failure.to_string() };
                self.parts.audit.record(&event, context, account).await;
                Ok(SendOutcome::NotSent(SendProblem::Unavailable))
            }
        }
    }
}

fn surely_not_sent(failure: &FactorError) -> bool {
    match failure {
        FactorError::Delivery(error) => error.sent == Sent::No,
        FactorError::NoDestination | FactorError::Entropy(_) | FactorError::ProviderGone(_) => true,
    }
}
