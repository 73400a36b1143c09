//! The first factor: the password.

use std::time::Duration;

use tracing::warn;

use crate::audit::{Audit, Event, SecondFactor, UnjudgedAttempt};
use crate::challenge::{SendOutcome, SendRequest};
use crate::domain::assurance::Assurance;
use crate::domain::attempt_kind::AttemptKind;
use crate::domain::identifier::SignInId;
use crate::domain::language::Language;
use crate::domain::request_context::RequestContext;
use crate::domain::username::LoginName;
use crate::login::device::DeviceClaim;
use crate::login::intent::LoginIntent;
use crate::login::issue_session::Issued;
use crate::login::outcome::{LoginError, PasswordOutcome};
use crate::login::parts::{Login, SIGN_IN_LIFETIME};
use crate::password::{NewPassword, PasswordHash, PasswordPolicy, Slot, SubmittedPassword, Verdict, stands_alone};
use crate::platform::telemetry::GATEWAY;
use crate::store::{Account, AccountStatus, OpenedSession, SignIn};
use crate::throttle::{Admission, Subject};

#[derive(Clone, Copy)]
pub(crate) struct Credentials<'a> {
    /// A user name, an e-mail address or an alias.
    pub name: &'a str,
    pub password: &'a str,
}

/// What the browser holds from earlier requests.
#[derive(Clone, Copy, Default)]
pub(crate) struct Browser<'a> {
    /// The device cookie, unchecked.
    pub device: Option<&'a DeviceClaim>,
    /// The sign-in named by the sign-in cookie.
    pub previous: Option<SignInId>,
    /// The language that the person reads.
    pub language: Language,
}

/// The result of checking name and password.
pub(super) enum Examined {
    Right(Box<Right>),
    /// Name or password is wrong.
    Wrong,
    /// Throttled for this long.
    Wait(Duration),
    /// Too many passwords are being checked.
    Busy,
}

/// An account whose password was right.
pub(super) struct Right {
    pub(super) account: Account,
    /// The stored hash that the password matched. Later writes require that it is unchanged.
    pub(super) verified: PasswordHash,
    age: Age,
}

/// Whether a stored hash has the current cost parameters.
#[derive(PartialEq, Eq)]
enum Age {
    Current,
    Outdated,
}

impl Login {
    /// Checks name and password, and opens a sign-in or a session if they are right. `required` is the assurance that
    /// the visitor's target requires.
    pub(crate) async fn password(
        &self,
        context: &RequestContext,
        browser: Browser<'_>,
        credentials: Credentials<'_>,
        intent: LoginIntent,
        required: Assurance,
    ) -> Result<PasswordOutcome, LoginError> {
        let Credentials { name, password } = credentials;
        let policy = PasswordPolicy::BesideFactor;
        let right = match self.examine(context, browser.device, name, password, policy).await? {
            Examined::Right(right) => right,
            Examined::Wrong => return Ok(PasswordOutcome::Wrong),
            Examined::Wait(wait) => return Ok(PasswordOutcome::Wait(wait)),
            Examined::Busy => return Ok(PasswordOutcome::Busy),
        };
        self.parts.audit.record(&Event::PasswordAccepted, context, Some(right.account.id)).await;
        let remembered = self.enter_remembered(context, browser.device, &right, &intent).await?;
        // A password that is too short to be used alone needs a second factor, whatever the rule requires.
        let outcome = match (remembered, required) {
            (Some(signed_in), _) => PasswordOutcome::SignedIn(signed_in),
            (None, Assurance::OneFactor) if stands_alone(password) => {
                self.enter(context, browser.device, &right, intent).await?
            }
            (None, Assurance::OneFactor | Assurance::TwoFactor) => {
                self.start(context, browser, &right, &intent).await?
            }
        };
        self.upgrade(&right, password).await;
        Ok(outcome)
    }

    /// Counts and checks name and password, and audits failures. An unknown name and a disabled account take the same
    /// look-up, count and hash, and give the same `Wrong`.
    pub(super) async fn examine(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        name: &str,
        password: &str,
        policy: PasswordPolicy,
    ) -> Result<Examined, LoginError> {
        // The place in the queue comes first: an attempt that cannot be checked is not counted.
        let Ok(slot) = self.parts.passwords.reserve() else { return Ok(Examined::Busy) };
        let name = LoginName::new(name);
        let account = self.parts.store.find_account(&name).await?;
        let id = account.as_ref().map(|account| account.id);
        let subject = match id {
            Some(id) => self.subject(context, device, id).await?,
            None => Subject::UnknownAccount(name),
        };
        let kind = AttemptKind::Password;
        let now = context.now;
        let ticket = match self.parts.throttle.admit(kind, &subject, &context.client, now).await? {
            Admission::Allowed(ticket) => ticket,
            Admission::Wait(wait) => {
                let event = Event::HeldBack { kind, seconds: wait.as_secs() };
                Audit::note(&event, context, id);
                return Ok(Examined::Wait(wait));
            }
        };
        let unjudged = UnjudgedAttempt::counted(kind, context, id);
        let verdict = self.judge(slot, password, account).await?;
        unjudged.judged();
        // A password too short for `Alone` is always `Wrong`. If a right one got another answer, it could be guessed
        // here.
        let enough = |_: &Right| policy == PasswordPolicy::BesideFactor || stands_alone(password);
        let Some(right) = verdict.filter(enough) else {
            self.parts.audit.record(&Event::PasswordRefused, context, id).await;
            return Ok(Examined::Wrong);
        };
        match policy {
            PasswordPolicy::BesideFactor => self.parts.throttle.succeeded(ticket).await?,
            PasswordPolicy::Alone => self.parts.throttle.uncounted(ticket).await?,
        }
        Ok(Examined::Right(Box::new(right)))
    }

    /// The account, if it is active and the password is right.
    async fn judge(&self, slot: Slot, password: &str, account: Option<Account>) -> Result<Option<Right>, LoginError> {
        let stored = account.as_ref().and_then(|account| account.password.clone());
        let verdict = self.parts.passwords.verify(slot, SubmittedPassword::new(password), stored).await?;
        let account = account.filter(|account| account.status == AccountStatus::Active);
        let age = match verdict {
            Verdict::Right => Age::Current,
            Verdict::RightButOutdated => Age::Outdated,
            Verdict::Wrong => return Ok(None),
        };
        let right = account.and_then(|account| Some(Right { verified: account.password.clone()?, account, age }));
        Ok(right)
    }

    /// Whether the account is still active with this password.
    pub(super) async fn stands(&self, right: &Right) -> Result<bool, LoginError> {
        Ok(self.parts.store.password_stands(right.account.id, &right.verified).await?)
    }

    /// Rehashes a right password with the current cost. A failure does not affect the visitor.
    pub(super) async fn upgrade(&self, right: &Right, password: &str) {
        if right.age == Age::Current {
            return;
        }
        let Ok(same) = NewPassword::check(password, &[], PasswordPolicy::BesideFactor) else { return };
        let hashed = self.parts.passwords.hash(same).await;
        let stored = match hashed {
            Ok(new) => self
                .parts
                .store
                .upgrade_password(right.account.id, &right.verified, &new)
                .await
                .map_err(LoginError::Store),
            Err(failure) => Err(LoginError::Password(failure)),
        };
        if let Err(failure) = stored {
            warn!(target: GATEWAY, %failure, "a password hash could not be brought up to date");
        }
    }

    /// Creates a one-factor session, which does not satisfy rules that require two.
    async fn enter(
        &self,
        context: &RequestContext,
        device: Option<&DeviceClaim>,
        right: &Right,
        intent: LoginIntent,
    ) -> Result<PasswordOutcome, LoginError> {
        let account = right.account.id;
        let mut random = self.parts.random.clone();
        let session = self.new_session(context, account, None, &mut random)?;
        // Only the second factor makes a browser known. A new device has its own counter for codes, so an attacker who
        // has the password would get one more round of guesses at each sign-in. Nor does an earlier cookie become the
        // newest one here: it gets none, and the counters of its browser go on counting for it.
        let shown = self.unsealed_device(context, device, account);
        let event = Event::SignInCompleted { second: SecondFactor::NotRequired, session: session.id };
        let event = Audit::row(&event, context, Some(account));
        // The password may have changed, or the account been disabled, while the hash was computed.
        let opened = self.parts.store.open_session(&session, &right.verified, shown, &event).await?;
        let Some(OpenedSession { cookie }) = opened else {
            self.parts.audit.record(&Event::PasswordRefused, context, Some(account)).await;
            return Ok(PasswordOutcome::Wrong);
        };
        Audit::log(&event);
        let issued = Issued { session: session.id, account, cookie };
        Ok(PasswordOutcome::SignedIn(self.signed_in(context, &issued, intent)))
    }

    /// Opens a sign-in under a new id (the browser's previous id becomes invalid) and sends the code. If the code of
    /// this browser's previous sign-in is still valid, continues that sign-in and sends nothing.
    async fn start(
        &self,
        context: &RequestContext,
        browser: Browser<'_>,
        right: &Right,
        intent: &LoginIntent,
    ) -> Result<PasswordOutcome, LoginError> {
        let id = SignInId::draw(&mut self.parts.random.clone())?;
        let account = &right.account;
        let sign_in = SignIn {
            id,
            account: account.id,
            return_to: intent.return_to.url(),
            created_at: context.now,
            expires_at: context.now.plus(SIGN_IN_LIFETIME),
            challenge: None,
            nonce: intent.nonce,
            session: None,
            guesses: 0,
        };
        if let Some(old) = browser.previous
            && self.parts.store.continue_sign_in(old, &sign_in, context.now).await?
        {
            return Ok(PasswordOutcome::Started(id));
        }
        // The password may have changed, or the account been disabled, while the hash was computed.
        if !self.parts.store.open_sign_in(&sign_in, &right.verified).await? {
            self.parts.audit.record(&Event::PasswordRefused, context, Some(account.id)).await;
            return Ok(PasswordOutcome::Wrong);
        }
        let held = self.parts.store.held_factors(account.id).await?;
        // What the person holds needs no message.
        let Some(method) = self.parts.challenges.first_factor(account, &held, &context.origin).sent_by() else {
            return Ok(PasswordOutcome::Started(id));
        };
        Ok(match self.send(context, id, SendRequest { method, language: browser.language }).await? {
            SendOutcome::NotSent(_) => PasswordOutcome::StartedWithout(id),
            SendOutcome::Sent | SendOutcome::Wait(_) | SendOutcome::Over => PasswordOutcome::Started(id),
        })
    }
}
