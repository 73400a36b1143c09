//! Floor 4: second factors.
//!
//! There are two kinds. A factor whose code is sent somewhere is a [`SentCode`]: one file defines its destination and
//! message; sending and checking is the same for all of them (`codes`). A factor whose proof the person holds is a
//! [`HeldProof`]: one file defines what is stored and how a proof is judged ([`totp`], [`passkey`], [`recovery`]); it is added and
//! proved before it counts ([`enrolment`]). One line in [`Factors::new`] adds either. A factor neither counts nor audits;
//! `challenge` does both. A wrong code is a verdict, not an error. An error means that it could not be checked, and never
//! lets anyone in.

mod binding;
mod codes;
mod email;
mod enrolment;
mod held_proof;
mod import;
mod passkey;
mod recovery;
mod sent_code;
mod sms;
mod totp;

use std::sync::Arc;

use crate::delivery::{CodeVerdict, Delivery, Destination};
use crate::domain::code::OneTimeCode;
use crate::domain::factor_kind::FactorKind;
use crate::domain::method::CodeMethod;
use crate::domain::origin::Origin;
use crate::factor::codes::Codes;
use crate::keys::KeyRing;
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{Account, Challenge, HeldFactors};

use crate::factor::sent_code::MessageContext;
pub(crate) use held_proof::{HeldProof, ProofAttempt, ProofVerdict, UserVerification};
pub(crate) use import::TotpImporter;
pub(crate) use passkey::{
    LoginChallenge, MadePasskey, NewPasskeyRequest, PasskeyClaim, Passkeys, Registration, RelyingParty,
};
pub(crate) use recovery::RecoveryCodes;
pub(crate) use sent_code::{Dispatched, FactorError, Sending, SentCode, Settings};
pub(crate) use totp::{TotpAlgorithm, TotpSecret, TotpSetup};

pub(crate) struct Factors {
    settings: Settings,
    codes: Codes,
    sent: [Box<dyn SentCode>; 2],
    held: [Box<dyn HeldProof>; 2],
    passkeys: Passkeys,
    keys: Arc<KeyRing>,
    random: Random,
}

impl Factors {
    /// Creates the list of factors: a new factor is one file and one line here.
    pub(crate) fn new(settings: Settings, delivery: &Arc<Delivery>, keys: &Arc<KeyRing>, random: &Random) -> Self {
        let codes = Codes::new(settings.clone(), Arc::clone(delivery), Arc::clone(keys), random.clone());
        let totp = totp::Totp::new(Arc::clone(keys), settings.totp_steps);
        let passkeys = Passkeys::new(Arc::clone(keys), settings.passkeys.clone());
        let recovery = recovery::Recovery::new(settings.recovery_delay);
        Self {
            settings,
            codes,
            sent: [Box::new(sms::Sms), Box::new(email::Email)],
            held: [Box::new(totp), Box::new(recovery)],
            passkeys,
            keys: Arc::clone(keys),
            random: random.clone(),
        }
    }

    /// The settings of codes.
    pub(crate) const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The destination of codes by this method. `None` if the account has no such destination or no provider is
    /// configured.
    pub(crate) fn destination(&self, method: CodeMethod, account: &Account) -> Option<Destination> {
        let destination = self.of(method)?.destination(account)?;
        self.codes.configured(method).then_some(destination)
    }

    /// The methods that reach this account, in the order of the list, each with its masked destination.
    pub(crate) fn enrolled(&self, account: &Account) -> Vec<(CodeMethod, String)> {
        let methods = self.sent.iter().map(|factor| factor.method());
        methods.filter_map(|method| Some((method, self.destination(method, account)?.to_string()))).collect()
    }

    /// Sends a code.
    pub(crate) async fn begin(&self, method: CodeMethod, sending: Sending<'_>) -> Result<Dispatched, FactorError> {
        let to = self.destination(method, sending.account).ok_or(FactorError::NoDestination)?;
        let factor = self.of(method).ok_or(FactorError::NoDestination)?;
        let Sending { language, host, .. } = sending;
        let message = factor.message(to, MessageContext { language, product: &self.settings.product, host });
        self.codes.send(method, sending, &message).await
    }

    /// Checks a guess against the code of a challenge.
    pub(crate) async fn verify(
        &self,
        challenge: &Challenge,
        guess: &OneTimeCode,
        now: Timestamp,
    ) -> Result<CodeVerdict, FactorError> {
        self.codes.check(challenge, guess, now).await
    }

    /// The kinds of factors that the account holds and that pages of this origin can use, strongest first.
    pub(crate) fn held(&self, held: &HeldFactors, origin: &Origin) -> Vec<FactorKind> {
        let usable = |kind: &FactorKind| *kind != FactorKind::Passkey || self.passkeys.work_at(origin);
        let enrolled = self.all_held().filter(|factor| factor.is_enrolled(held));
        enrolled.map(HeldProof::kind).filter(usable).collect()
    }

    /// The factor of this kind, if its proof is held.
    pub(crate) fn held_proof(&self, kind: FactorKind) -> Option<&dyn HeldProof> {
        self.all_held().find(|factor| factor.kind() == kind)
    }

    /// Passkeys, which need a challenge.
    pub(crate) const fn passkeys(&self) -> &Passkeys {
        &self.passkeys
    }

    /// Factors that people hold, strongest first.
    fn all_held(&self) -> impl Iterator<Item = &dyn HeldProof> {
        let passkeys: &dyn HeldProof = &self.passkeys;
        std::iter::once(passkeys).chain(self.held.iter().map(AsRef::as_ref))
    }

    fn of(&self, method: CodeMethod) -> Option<&dyn SentCode> {
        self.sent.iter().map(AsRef::as_ref).find(|factor| factor.method() == method)
    }
}
