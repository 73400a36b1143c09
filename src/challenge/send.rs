//! Sends a code: the first one, another one, or by another method.

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

/// The result of requesting a code.
#[derive(Debug)]
pub(crate) enum SendOutcome {
    /// The code is on its way.
    Sent,
    /// Too soon after the last one; wait for this long.
    Wait(Duration),
    /// Not sent.
    NotSent(SendProblem),
    /// The sign-in does not exist or has expired, or all guesses are used. It has to start over.
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
    /// The provider is down, slow or gives invalid answers.
    Unavailable,
    /// A sending limit is reached for this long.
    Limit(Duration),
    /// The account has no number or address for this method.
    NoDestination,
}

impl Challenges {
    /// Sends a code for a sign-in of `account`. It replaces the previous code; guesses already used stay used.
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
                // Runs to the end even if the visitor leaves, because a message that is on its way has to be recorded.
                // The claim limits how much such work visitors who leave can start.
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
                // The code expires relative to the request for it, so that our record never outlives the provider's
                // code.
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
        FactorError::NoDestination
        | FactorError::Entropy(_)
        | FactorError::ProviderGone(_)
        | FactorError::Unreadable(_)
        | FactorError::Encryption(_)
        | FactorError::Passkey(_) => true,
    }
}
