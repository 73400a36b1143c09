//! Step-up: asks the owner of a live session for a second factor, because a rule requires a fresh one or because the
//! session has one factor only.
//!
//! The password is not asked for again: the session proves it. The code is counted, claimed and checked like any other.

use crate::challenge::{SendOutcome, SendRequest};
use crate::domain::identifier::SignInId;
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::login::intent::LoginIntent;
use crate::login::outcome::{LoginError, StepUpOutcome};
use crate::login::parts::{Login, SIGN_IN_LIFETIME};
use crate::policy::Evidence;
use crate::store::SignIn;

impl Login {
    /// The methods by which the owner of the session can receive a code, with their masked destinations.
    pub(crate) async fn send_options(&self, evidence: &Evidence) -> Result<Vec<(CodeMethod, String)>, LoginError> {
        let account = self.parts.store.account(evidence.identity.account).await?;
        Ok(account.map(|account| self.parts.challenges.methods(&account)).unwrap_or_default())
    }

    /// Sends a code to the owner of the session. If the code of this browser's previous step-up is still valid,
    /// continues that one and sends nothing.
    pub(crate) async fn step_up(
        &self,
        context: &RequestContext,
        evidence: &Evidence,
        intent: &LoginIntent,
        request: SendRequest,
        previous: Option<SignInId>,
    ) -> Result<StepUpOutcome, LoginError> {
        let id = SignInId::draw(&mut self.parts.random.clone())?;
        let sign_in = SignIn {
            id,
            account: evidence.identity.account,
            return_to: intent.return_to.url(),
            created_at: context.now,
            expires_at: context.now.plus(SIGN_IN_LIFETIME),
            challenge: None,
            nonce: intent.nonce,
            session: Some(evidence.session),
        };
        if let Some(old) = previous
            && self.parts.store.continue_sign_in(old, &sign_in, context.now).await?
        {
            return Ok(StepUpOutcome::Started(id));
        }
        if !self.parts.store.open_step_up(&sign_in).await? {
            return Ok(StepUpOutcome::Ended);
        }
        Ok(match self.send(context, id, request).await? {
            SendOutcome::NotSent(_) => StepUpOutcome::StartedWithout(id),
            SendOutcome::Sent | SendOutcome::Wait(_) | SendOutcome::Over => StepUpOutcome::Started(id),
        })
    }
}
