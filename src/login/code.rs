//! The second factor of a sign-in: the state of the code page, sending a code, and checking a typed one.

use crate::audit::{Event, SecondFactor};
use crate::challenge::{GuessOutcome, ProvenChallenge, SendOutcome, SendRequest, ShownProof};
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::SignInId;
use crate::domain::request_context::RequestContext;
use crate::domain::return_target::ReturnTarget;
use crate::login::choice::{RememberChoice, SubmittedFactor};
use crate::login::device::DeviceClaim;
use crate::login::intent::LoginIntent;
use crate::login::issue_session::Issued;
use crate::login::outcome::{CodePage, LoginError, VerifyOutcome};
use crate::login::parts::Login;
use crate::platform::clock::Timestamp;
use crate::store::{Account, AccountStatus, BrowserUse, Earned, SessionRow, SignIn};

impl Login {
    /// A live sign-in and its account. `None` if the sign-in is over or the account is not active.
    async fn under_way(&self, id: SignInId, now: Timestamp) -> Result<Option<(SignIn, Account)>, LoginError> {
        let Some(sign_in) = self.parts.store.sign_in(id, now).await? else { return Ok(None) };
        let account = self.parts.store.account(sign_in.account).await?;
        Ok(account.filter(|account| account.status == AccountStatus::Active).map(|account| (sign_in, account)))
    }

    /// The state of the code page. `None` if the sign-in is over and the visitor has to start again.
    pub(crate) async fn code_page(
        &self,
        context: &RequestContext,
        id: SignInId,
    ) -> Result<Option<CodePage>, LoginError> {
        let Some((sign_in, account)) = self.under_way(id, context.now).await? else { return Ok(None) };
        let held = self.parts.store.held_factors(account.id).await?;
        let state = self.parts.challenges.state(&sign_in, &account, &held, context);
        let return_to = ReturnTarget::kept(&sign_in.return_to, &context.origin);
        let remember = self.remember_offer(&sign_in).await?;
        Ok(state.map(|challenge| CodePage { challenge, return_to, remember }))
    }

    /// Sends a code. It replaces the code sent before for this sign-in; guesses already used stay used.
    pub(crate) async fn send(
        &self,
        context: &RequestContext,
        id: SignInId,
        request: SendRequest,
    ) -> Result<SendOutcome, LoginError> {
        let Some((sign_in, account)) = self.under_way(id, context.now).await? else { return Ok(SendOutcome::Over) };
        Ok(self.parts.challenges.send(context, sign_in.id, account, request).await?)
    }

    /// Checks a typed code or the proof of a held factor. A right one ends the sign-in with a session.
    pub(crate) async fn verify(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        id: SignInId,
        submitted: SubmittedFactor<'_>,
    ) -> Result<VerifyOutcome, LoginError> {
        let Some((sign_in, account)) = self.under_way(id, context.now).await? else { return Ok(VerifyOutcome::Over) };
        let subject = self.subject(context, device, account.id).await?;
        let SubmittedFactor { kind, shown, choice } = submitted;
        let challenges = &self.parts.challenges;
        let outcome = match kind {
            None => challenges.verify(context, &sign_in, &subject, shown).await?,
            Some(kind) => challenges.prove(context, &sign_in, &subject, ShownProof { kind, shown }).await?,
        };
        Ok(match outcome {
            GuessOutcome::Right(proven) => self.complete(context, device, &sign_in, proven, choice).await?,
            GuessOutcome::Wrong => VerifyOutcome::Wrong,
            GuessOutcome::Over => VerifyOutcome::Over,
            GuessOutcome::Exhausted => VerifyOutcome::GuessesUsed,
            GuessOutcome::Unavailable => VerifyOutcome::Unavailable,
            GuessOutcome::Wait(wait) => VerifyOutcome::Wait(wait),
        })
    }

    /// Creates or renews the session in the transaction that spends the challenge.
    async fn complete(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        sign_in: &SignIn,
        proven: ProvenChallenge,
        choice: RememberChoice,
    ) -> Result<VerifyOutcome, LoginError> {
        let method = proven.kind();
        let account = sign_in.account;
        // Whoever had to use a recovery code is asked again the next time: it is no device of theirs.
        let choice = if method == FactorKind::RecoveryCode { RememberChoice::AskAgain } else { choice };
        let mut random = self.parts.random.clone();
        let device = self.device(context, device, account, &mut random).await?;
        let (session, earned, event) = if let Some(session) = sign_in.session {
            (session, Earned::StepUp { session, account, method }, Event::SteppedUp { method, session })
        } else {
            let row = self.new_session(context, account, Some(method), &mut random)?;
            let row = SessionRow { device: Some(device), ..row };
            let session = row.id;
            (session, Earned::Session(row), Event::SignInCompleted { second: SecondFactor::Given(method), session })
        };
        let browser = BrowserUse { device, mark: self.mark(context, sign_in, device, session, choice) };
        let Some(cookie) = self.parts.challenges.spend(context, proven, earned, browser, &event).await? else {
            return Ok(VerifyOutcome::Wrong);
        };
        let issued = Issued { session, account, cookie: Some(cookie) };
        self.parts.registry.session_changed(session);
        let return_to = ReturnTarget::kept(&sign_in.return_to, &context.origin);
        let intent = LoginIntent { nonce: sign_in.nonce, ..LoginIntent::to(return_to) };
        Ok(VerifyOutcome::SignedIn(self.signed_in(context, &issued, intent)))
    }
}
