//! Signing in with a passkey alone. The device verified its user by fingerprint, face or PIN, so it counts as two factors
//! (NIST SP 800-63B-4 §3.1.7: a multi-factor cryptographic authenticator).
//!
//! Who signs in is said by the passkey, not by a name that was typed: an unknown passkey, a disabled account and a wrong
//! signature look the same. The challenge of a page is not stored, because anybody can load the page; an answer is claimed
//! in the store before it is judged, so that each challenge has one answer.

use tracing::warn;

use crate::audit::{Audit, Event, SecondFactor, UnjudgedAttempt};
use crate::challenge::PASSKEY_LIFETIME;
use crate::domain::assurance::Assurance;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::{AccountId, SignInId};
use crate::domain::request_context::RequestContext;
use crate::domain::username::LoginName;
use crate::factor::{
    FactorError, HeldProof as _, LoginChallenge, PasskeyClaim, ProofAttempt, ProofVerdict, UserVerification,
};
use crate::login::device::DeviceClaim;
use crate::login::intent::LoginIntent;
use crate::login::issue_session::Issued;
use crate::login::outcome::{LoginError, PasskeyOutcome};
use crate::login::parts::Login;
use crate::platform::telemetry::GATEWAY;
use crate::session::lifetimes::SKEW;
use crate::store::{BrowserMark, BrowserUse, SessionRow, Spending};
use crate::throttle::{Admission, Subject, Ticket};

/// What a browser says for a passkey on the login page.
#[derive(Clone, Copy)]
pub(crate) struct SubmittedPasskey<'a> {
    /// The challenge that its page had, as the form sends it back.
    pub challenge: &'a str,
    /// The answer (JSON).
    pub answer: &'a str,
    /// The browser, by its sign-in cookie.
    pub browser: SignInId,
    /// The device cookie, unchecked.
    pub device: Option<&'a DeviceClaim>,
}

impl Login {
    /// The challenge of a login page in this browser. `None`: pages of this origin have no passkeys, or they are not enough
    /// alone.
    pub(crate) fn passkey_challenge(
        &self,
        context: &RequestContext,
        browser: SignInId,
    ) -> Result<Option<LoginChallenge>, LoginError> {
        let passkeys = self.parts.factors.passkeys();
        let until = context.now.plus(PASSKEY_LIFETIME);
        let mut random = self.parts.random.clone();
        Ok(passkeys.ask_anybody(browser.as_bytes(), &context.origin, until, &mut random)?)
    }

    /// What the browser is told so that a passkey signs a sign-in in progress. `None`: it has none.
    pub(crate) async fn passkey_options(
        &self,
        context: &RequestContext,
        id: SignInId,
    ) -> Result<Option<String>, LoginError> {
        let Some(sign_in) = self.parts.store.sign_in(id, context.now).await? else { return Ok(None) };
        Ok(self.parts.challenges.passkey_options(context, &sign_in).await?)
    }

    /// Judges the answer of a passkey and opens a session if it is right.
    pub(crate) async fn passkey(
        &self,
        context: &RequestContext,
        submitted: SubmittedPasskey<'_>,
        intent: LoginIntent,
    ) -> Result<PasskeyOutcome, LoginError> {
        let SubmittedPasskey { challenge, answer, browser, device } = submitted;
        let claim = self.parts.factors.passkeys().claim(answer, challenge, browser.as_bytes());
        // One that ends later than a new one would was made before the clock was set back.
        let latest = context.now.plus(PASSKEY_LIFETIME).plus(SKEW);
        let Some(claim) = claim.filter(|claim| claim.expires_at > context.now && claim.expires_at <= latest) else {
            refuse(context, None, "not an answer to a challenge of this browser, or too late");
            return Ok(PasskeyOutcome::Wrong);
        };
        let account = self.owner(&claim).await?;
        let subject = match account {
            Some(account) => self.subject(context, device, account).await?,
            // One for all of them: whoever invents credentials would get a counter for each.
            None => Subject::UnknownAccount(LoginName::new("passkey")),
        };
        let kind = AttemptKind::Factor(FactorKind::Passkey);
        let ticket = match self.parts.throttle.admit(kind, &subject, &context.client, context.now).await? {
            Admission::Allowed(ticket) => ticket,
            Admission::Wait(wait) => {
                Audit::note(&Event::HeldBack { kind, seconds: wait.as_secs() }, context, account);
                return Ok(PasskeyOutcome::Wait(wait));
            }
        };
        let unjudged = UnjudgedAttempt::counted(kind, context, account);
        let verdict = self.judge_passkey(context, &claim, account, submitted).await?;
        unjudged.judged();
        match (account, verdict) {
            (Some(account), Ok(ProofVerdict::Right(spending))) => {
                let proven = ProvenPasskey { account, spending, ticket };
                self.enter_with_passkey(context, device, proven, intent).await
            }
            (None, Ok(ProofVerdict::Right(_))) => Ok(PasskeyOutcome::Wrong),
            (account, Ok(ProofVerdict::Wrong(reason))) => {
                let event = Event::CodeRefused { method: FactorKind::Passkey, reason: Some(reason) };
                self.parts.audit.record(&event, context, account).await;
                Ok(PasskeyOutcome::Wrong)
            }
            (account, Err(failure)) => {
                self.parts.throttle.uncounted(ticket).await?;
                let event = Event::CodeUndecided { method: FactorKind::Passkey, reason: failure.to_string() };
                self.parts.audit.record(&event, context, account).await;
                Ok(PasskeyOutcome::Unavailable)
            }
        }
    }

    /// The account of the passkey that answers, if both of its names are ours.
    async fn owner(&self, claim: &PasskeyClaim) -> Result<Option<AccountId>, LoginError> {
        let row = self.parts.store.passkey(&claim.credential, &claim.user).await?;
        Ok(row.map(|row| row.account))
    }

    async fn judge_passkey(
        &self,
        context: &RequestContext,
        claim: &PasskeyClaim,
        account: Option<AccountId>,
        submitted: SubmittedPasskey<'_>,
    ) -> Result<Result<ProofVerdict, FactorError>, LoginError> {
        // Claimed before anything is verified: a second answer to the same challenge is not judged at all.
        if !self.parts.store.claim_login_challenge(&claim.answer_id, claim.expires_at).await? {
            return Ok(Ok(ProofVerdict::Wrong("the challenge was answered before")));
        }
        let Some(account) = account else { return Ok(Ok(ProofVerdict::Wrong("not a passkey of anybody"))) };
        let held = self.parts.store.held_factors(account).await?;
        Ok(self.parts.factors.passkeys().verify(&ProofAttempt {
            account,
            held: &held,
            shown: submitted.answer,
            challenge: Some(&claim.challenge),
            bound_to: submitted.browser.as_bytes(),
            origin: &context.origin,
            verification: UserVerification::Required,
            now: context.now,
            random: &self.parts.random,
        }))
    }

    async fn enter_with_passkey(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        proven: ProvenPasskey,
        intent: LoginIntent,
    ) -> Result<PasskeyOutcome, LoginError> {
        let ProvenPasskey { account, spending, ticket } = proven;
        let mut random = self.parts.random.clone();
        let device = self.device(context, device, account, &mut random).await?;
        let row = self.new_session(context, account, Some(FactorKind::Passkey), &mut random)?;
        let session = SessionRow { assurance: Assurance::TwoFactor, device: Some(device), ..row };
        let event = Event::SignInCompleted { second: SecondFactor::PasskeyAlone, session: session.id };
        let event = Audit::row(&event, context, Some(account));
        let browser = BrowserUse { device, mark: BrowserMark::Keep };
        let opened = self.parts.store.open_passkey_session(&session, &spending, &browser, &event).await?;
        let Some(cookie) = opened else {
            refuse(context, Some(account), "used meanwhile, or the account is not active");
            return Ok(PasskeyOutcome::Wrong);
        };
        Audit::log(&event);
        // The session exists. A counter that could not be cleared at worst costs its owner a wait.
        if let Err(failure) = self.parts.throttle.succeeded(ticket).await {
            warn!(target: GATEWAY, %failure, "a failure counter could not be cleared");
        }
        let issued = Issued { session: session.id, account, cookie: Some(cookie) };
        Ok(PasskeyOutcome::SignedIn(self.signed_in(context, &issued, intent)))
    }
}

/// A passkey whose answer was right.
struct ProvenPasskey {
    account: AccountId,
    spending: Spending,
    ticket: Ticket,
}

fn refuse(context: &RequestContext, account: Option<AccountId>, reason: &'static str) {
    Audit::note(&Event::CodeRefused { method: FactorKind::Passkey, reason: Some(reason) }, context, account);
}
