//! Step-up: asks the owner of a live session for a second factor, because a rule requires a fresh one or because the
//! session has one factor only.
//!
//! The password is not asked for again: the session proves it. The code is counted, claimed and checked like any other.

use crate::challenge::{SendOutcome, SendRequest};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::SignInId;
use crate::domain::language::Language;
use crate::domain::method::CodeMethod;
use crate::domain::request_context::RequestContext;
use crate::login::intent::LoginIntent;
use crate::login::outcome::{LoginError, StepUpOutcome};
use crate::login::parts::{Login, SIGN_IN_LIFETIME};
use crate::policy::Evidence;
use crate::store::SignIn;

/// What the owner of a session can confirm it with.
#[derive(Debug, Clone, Default)]
pub(crate) struct StepUpWays {
    /// Factors that they hold, strongest first.
    pub held: Vec<FactorKind>,
    /// Methods by which a code reaches them, with masked destinations.
    pub sent: Vec<(CodeMethod, String)>,
}

/// Which factor the person wants to give.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StepUpRequest {
    pub kind: FactorKind,
    pub language: Language,
    /// The sign-in named by the browser's cookie.
    pub previous: Option<SignInId>,
}

impl Login {
    /// What the owner of the session can confirm it with.
    pub(crate) async fn step_up_ways(
        &self,
        context: &RequestContext,
        evidence: &Evidence,
    ) -> Result<StepUpWays, LoginError> {
        let id = evidence.identity.account;
        let Some(account) = self.parts.store.account(id).await? else { return Ok(StepUpWays::default()) };
        let held = self.parts.store.held_factors(id).await?;
        let challenges = &self.parts.challenges;
        Ok(StepUpWays { held: challenges.held(&held, &context.origin), sent: challenges.methods(&account) })
    }

    /// Asks the owner of the session for a factor, and sends the code if it is one that is sent. If the code of this browser's previous step-up is still valid,
    /// continues that one and sends nothing.
    pub(crate) async fn step_up(
        &self,
        context: &RequestContext,
        evidence: &Evidence,
        intent: &LoginIntent,
        request: StepUpRequest,
    ) -> Result<StepUpOutcome, LoginError> {
        let StepUpRequest { kind, language, previous } = request;
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
            guesses: 0,
        };
        if let Some(old) = previous.filter(|_| kind.sent_by().is_some())
            && self.parts.store.continue_sign_in(old, &sign_in, context.now).await?
        {
            return Ok(StepUpOutcome::Started(id));
        }
        if !self.parts.store.open_step_up(&sign_in).await? {
            return Ok(StepUpOutcome::Ended);
        }
        let Some(method) = kind.sent_by() else { return Ok(StepUpOutcome::Started(id)) };
        Ok(match self.send(context, id, SendRequest { method, language }).await? {
            SendOutcome::NotSent(_) => StepUpOutcome::StartedWithout(id),
            SendOutcome::Sent | SendOutcome::Wait(_) | SendOutcome::Over => StepUpOutcome::Started(id),
        })
    }
}
