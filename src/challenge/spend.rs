//! Spends a challenge that was met.

use tracing::warn;

use crate::audit::{Audit, Event};
use crate::challenge::{ChallengeError, Challenges};
use crate::domain::identifier::{AccountId, ChallengeId, SignInId};
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::platform::telemetry::GATEWAY;
use crate::store::{BrowserCookie, BrowserMark, BrowserUse, Challenge, Completion, Earned, Proof, SignIn};
use crate::throttle::Ticket;

/// A challenge that was met. Only a right guess yields one, and it can be spent once.
#[derive(Debug)]
pub(crate) struct ProvenChallenge {
    sign_in: SignInId,
    account: AccountId,
    challenge: ChallengeId,
    method: CodeMethod,
    /// The proof that was verified. The store spends it only if the row still has it.
    proof: Proof,
    ticket: Ticket,
}

impl ProvenChallenge {
    pub(super) fn new(sign_in: &SignIn, challenge: Challenge, ticket: Ticket) -> Self {
        let Challenge { id, method, proof, .. } = challenge;
        Self { sign_in: sign_in.id, account: sign_in.account, challenge: id, method, proof, ticket }
    }

    /// How the code was sent.
    pub(crate) const fn method(&self) -> CodeMethod {
        self.method
    }
}

impl Challenges {
    /// Spends the challenge, creates or renews the session and writes `event`, in one transaction. Of several
    /// concurrent right guesses, only one finds the row unspent. Returns the browser's cookie from now on; `None` if the
    /// challenge was spent or sent again meanwhile, or if the account or session has ended.
    pub(crate) async fn spend(
        &self,
        context: &RequestContext,
        proven: ProvenChallenge,
        earned: Earned,
        browser: BrowserUse,
        event: &Event,
    ) -> Result<Option<BrowserCookie>, ChallengeError> {
        let ProvenChallenge { sign_in, account, challenge, method, proof, ticket } = proven;
        let event = Audit::row(event, context, Some(account));
        let completion = Completion { sign_in, challenge, proof, earned, browser, event };
        let Some(cookie) = self.parts.store.complete_sign_in(&completion, context.now).await? else {
            self.parts.audit.record(&Event::CodeRefused { method }, context, Some(account)).await;
            return Ok(None);
        };
        Audit::log(&completion.event);
        if let BrowserMark::Set(event) = &completion.browser.mark {
            Audit::log(event);
        }
        // The session exists. A counter that could not be cleared at worst costs its owner a wait.
        if let Err(failure) = self.parts.throttle.succeeded(ticket).await {
            warn!(target: GATEWAY, %failure, "a failure counter could not be cleared");
        }
        Ok(Some(cookie))
    }
}
