//! Spends a challenge that was met.

use tracing::warn;

use crate::audit::{Audit, Event};
use crate::challenge::{ChallengeError, Challenges};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, SignInId};
use crate::domain::request_context::RequestContext;
use crate::platform::telemetry::GATEWAY;
use crate::store::{BrowserCookie, BrowserMark, BrowserUse, Challenge, Completion, Earned, SignIn, Spending};
use crate::throttle::Ticket;

/// A challenge that was met. Only a right guess or proof yields one, and it can be spent once.
#[derive(Debug)]
pub(crate) struct ProvenChallenge {
    sign_in: SignInId,
    account: AccountId,
    kind: FactorKind,
    /// What was verified. The store spends it only if it is still there.
    spending: Spending,
    ticket: Ticket,
}

impl ProvenChallenge {
    pub(super) fn of_code(sign_in: &SignIn, challenge: Challenge, ticket: Ticket) -> Self {
        let Challenge { id, method, proof, .. } = challenge;
        let spending = Spending::SentCode { sign_in: sign_in.id, challenge: id, proof };
        Self { sign_in: sign_in.id, account: sign_in.account, kind: method.into(), spending, ticket }
    }

    pub(super) const fn of_proof(sign_in: &SignIn, kind: FactorKind, spending: Spending, ticket: Ticket) -> Self {
        Self { sign_in: sign_in.id, account: sign_in.account, kind, spending, ticket }
    }

    /// The factor that was given.
    pub(crate) const fn kind(&self) -> FactorKind {
        self.kind
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
        let ProvenChallenge { sign_in, account, kind, spending, ticket } = proven;
        let event = Audit::row(event, context, Some(account));
        let completion = Completion { sign_in, spending, earned, browser, event };
        let Some(cookie) = self.parts.store.complete_sign_in(&completion, context.now).await? else {
            let reason = Some("used meanwhile");
            let refused = Event::CodeRefused { method: kind, reason };
            self.parts.audit.record(&refused, context, Some(account)).await;
            return Ok(None);
        };
        Audit::log(&completion.event);
        if let BrowserMark::Set(event) = &completion.browser.mark {
            Audit::log(event);
        }
        if kind == FactorKind::RecoveryCode {
            self.tell_recovery(context, account).await;
        }
        // The session exists. A counter that could not be cleared at worst costs its owner a wait.
        if let Err(failure) = self.parts.throttle.succeeded(ticket).await {
            warn!(target: GATEWAY, %failure, "a failure counter could not be cleared");
        }
        Ok(Some(cookie))
    }

    /// How many recovery codes are left, for the trail. The sign-in is complete, whether this succeeds or not.
    async fn tell_recovery(&self, context: &RequestContext, account: AccountId) {
        match self.parts.store.held_factors(account).await {
            Ok(held) => {
                let event = Event::RecoveryCodeUsed { left: held.recovery.len() };
                self.parts.audit.record(&event, context, Some(account)).await;
            }
            Err(failure) => warn!(target: GATEWAY, %failure, "the recovery codes that are left could not be counted"),
        }
    }
}
