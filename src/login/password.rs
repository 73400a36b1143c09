//! The first factor.

use std::time::Duration;

use tracing::warn;

use crate::audit::{Audit, Event, Scene};
use crate::domain::assurance::Assurance;
use crate::domain::identifier::SignInId;
use crate::domain::username::LoginName;
use crate::login::outcome::{Aim, Attempt, LoginError, PasswordOutcome, SendOutcome};
use crate::login::unjudged::Unjudged;
use crate::login::{Login, SIGN_IN_LIFETIME};
use crate::password::{NewPassword, PasswordHash, PasswordPolicy, Slot, SubmittedPassword, Verdict, stands_alone};
use crate::platform::random::Random;
use crate::platform::telemetry::GATEWAY;
use crate::store::{Account, AccountStatus, SignIn};
use crate::throttle::{Admission, AttemptKind, Subject};

/// What name and password were found to be.
pub(super) enum Examined {
    /// Right.
    Right(Box<Right>, Scene),
    /// Name or password is wrong.
    Wrong,
    /// Held back for this long.
    Wait(Duration),
    /// Too many passwords are being checked.
    Busy,
}

/// An account whose password was right.
pub(super) struct Right {
    pub(super) account: Account,
    /// The hash it was compared with.
    verified: PasswordHash,
    age: Age,
}

/// Whether a stored hash has today's cost.
#[derive(PartialEq, Eq)]
enum Age {
    Current,
    Outdated,
}

impl Login {
    /// Judges name and password, and opens a sign-in where they are right.
    pub async fn password(
        &self,
        attempt: &Attempt,
        name: &str,
        password: &str,
        aim: Aim,
        previous: Option<SignInId>,
    ) -> Result<PasswordOutcome, LoginError> {
        let (right, scene) = match self.examine(attempt, name, password, PasswordPolicy::BesideFactor).await? {
            Examined::Right(right, scene) => (right, scene),
            Examined::Wrong => return Ok(PasswordOutcome::Wrong),
            Examined::Wait(wait) => return Ok(PasswordOutcome::Wait(wait)),
            Examined::Busy => return Ok(PasswordOutcome::Busy),
        };
        self.parts.audit.record(&Event::PasswordAccepted, &scene).await;
        // A password that is too short to stand alone needs the second factor behind it, whatever is enough.
        let outcome = match aim.enough {
            Assurance::OneFactor if stands_alone(password) => self.enter(attempt, &right, aim, &scene).await?,
            Assurance::OneFactor | Assurance::TwoFactor => self.start(attempt, &right, aim, previous, &scene).await?,
        };
        self.upgrade(&right, password).await;
        Ok(outcome)
    }

    /// Counts and judges name and password, and audits what is not right. The same look-up, count and hash are done for
    /// a name that no account has and for a disabled account, and the outcome is the same `Wrong`.
    pub(super) async fn examine(
        &self,
        attempt: &Attempt,
        name: &str,
        password: &str,
        policy: PasswordPolicy,
    ) -> Result<Examined, LoginError> {
        // The place in the queue comes first: an attempt that cannot be judged is not counted.
        let Ok(slot) = self.parts.passwords.reserve() else { return Ok(Examined::Busy) };
        let typed = LoginName::new(name);
        let account = self.parts.store.find_account(&typed).await?;
        let scene = self.scene(attempt);
        let scene = account.as_ref().map_or(scene, |account| scene.of(account.id));
        let subject = match &account {
            Some(account) => self.subject(attempt, account.id).await?,
            None => Subject::Nobody(typed),
        };
        let ticket = match self.parts.throttle.admit(AttemptKind::Password, &subject, &attempt.client, scene.at).await?
        {
            Admission::Allowed(ticket) => ticket,
            Admission::Wait(wait) => {
                let event = Event::HeldBack { kind: AttemptKind::Password.word(), seconds: wait.as_secs() };
                Audit::note(&event, &scene);
                return Ok(Examined::Wait(wait));
            }
        };
        let unjudged = Unjudged::counted(AttemptKind::Password, scene);
        let verdict = self.judge(slot, password, account).await?;
        unjudged.judged();
        // One that may not stand alone is wrong whatever it is: were it right and said so, it would be guessed here.
        let enough = |_: &Right| policy == PasswordPolicy::BesideFactor || stands_alone(password);
        let Some(right) = verdict.filter(enough) else {
            self.parts.audit.record(&Event::PasswordRefused, &scene).await;
            return Ok(Examined::Wrong);
        };
        match policy {
            PasswordPolicy::BesideFactor => self.parts.throttle.succeeded(ticket).await?,
            PasswordPolicy::Alone => self.parts.throttle.uncounted(ticket).await?,
        }
        Ok(Examined::Right(Box::new(right), scene))
    }

    /// The account, if it may sign in and the password is right.
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

    /// Whether it is right still.
    pub(super) async fn stands(&self, right: &Right) -> Result<bool, LoginError> {
        Ok(self.parts.store.password_stands(right.account.id, &right.verified).await?)
    }

    /// Stores the right password with today's cost. A failure changes nothing for the visitor.
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

    /// Makes a session of one factor, which opens nothing that asks for two.
    async fn enter(
        &self,
        attempt: &Attempt,
        right: &Right,
        aim: Aim,
        scene: &Scene,
    ) -> Result<PasswordOutcome, LoginError> {
        let (account, mut random) = (right.account.id, Random::system());
        let session = self.new_session(attempt, account, None, scene, &mut random)?;
        // Only the second factor makes a browser known: its own counter for codes would be one more round of guesses for
        // whoever has the password, at each sign-in.
        let device = self.known_device(attempt, account).await?;
        let event = Audit::row(&Event::SignInCompleted { method: None, session: session.id }, scene);
        // The password may have been changed, or the account disabled, while the old one was being judged.
        if !self.parts.store.open_session(&session, &right.verified, device, &event).await? {
            self.parts.audit.record(&Event::PasswordRefused, scene).await;
            return Ok(PasswordOutcome::Wrong);
        }
        Audit::log(&event);
        let made = (session.id, account, device);
        Ok(PasswordOutcome::SignedIn(self.signed_in(attempt, aim, made, scene.at)))
    }

    /// Opens the sign-in under a new id (the browser's id before it is dead) and sends the code; or continues the one
    /// that this browser has, if its code still counts, and sends nothing.
    async fn start(
        &self,
        attempt: &Attempt,
        right: &Right,
        aim: Aim,
        previous: Option<SignInId>,
        scene: &Scene,
    ) -> Result<PasswordOutcome, LoginError> {
        let (id, account) = (SignInId::draw(&mut Random::system())?, &right.account);
        let sign_in = SignIn {
            id,
            account: account.id,
            return_to: aim.return_to.url(),
            created_at: scene.at,
            expires_at: scene.at.plus(SIGN_IN_LIFETIME),
            challenge: None,
            nonce: aim.nonce,
            session: None,
        };
        if let Some(old) = previous
            && self.parts.store.continue_sign_in(old, &sign_in, scene.at).await?
        {
            return Ok(PasswordOutcome::Started(id));
        }
        // The password may have been changed, or the account disabled, while the old one was being judged.
        if !self.parts.store.open_sign_in(&sign_in, &right.verified).await? {
            self.parts.audit.record(&Event::PasswordRefused, scene).await;
            return Ok(PasswordOutcome::Wrong);
        }
        Ok(match self.send(attempt, id, self.first_method(account)).await? {
            SendOutcome::NotSent(problem) => PasswordOutcome::StartedWithout(id, problem),
            SendOutcome::Sent | SendOutcome::Wait(_) | SendOutcome::Over => PasswordOutcome::Started(id),
        })
    }
}
