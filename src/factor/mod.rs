//! Floor 4: second factors.
//!
//! A factor whose code is sent somewhere is a [`SentCode`]: one file says where a code goes and what the message reads,
//! and one line in [`Factors::new`] adds it. Sending and checking is the same for all of them (`codes`). A factor neither
//! counts nor audits: `challenge` does that around it. A wrong code is a [`CodeVerdict`], not an error; an error means
//! that nobody can tell, and lets no one in.

mod codes;
mod email;
mod sms;

use std::sync::Arc;
use std::time::Duration;

use crate::delivery::{Alphabet, CodeVerdict, Delivery, DeliveryError, Destination};
use crate::domain::code::OneTimeCode;
use crate::domain::identifier::ChallengeId;
use crate::domain::method::CodeMethod;
use crate::factor::codes::Codes;
use crate::keys::KeyRing;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::store::{Account, Challenge, Proof};

/// How codes are made.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `delivery.code_lifetime`: 30 s to 10 min (OWASP ASVS 6.5.5).
    pub code_lifetime: Duration,
    /// `delivery.code_length`: 4 to 10 characters.
    pub code_length: u8,
    /// `delivery.code_alphabet`.
    pub code_alphabet: Alphabet,
    /// `portal.name`: named in the messages.
    pub product: String,
}

/// What a send is for.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    /// Whose sign-in.
    pub account: &'a Account,
    /// Which challenge the code belongs to.
    pub challenge: ChallengeId,
    /// What was sent for it before: dead from now on.
    pub before: Option<&'a Challenge>,
    /// The site's host, where the configuration names it: for the origin-bound line of the message.
    pub host: Option<&'a str>,
}

/// What is sent: `text` has `{code}` where the code goes.
#[derive(Debug, Clone)]
pub struct Message {
    /// Where it goes.
    pub to: Destination,
    /// The text.
    pub text: String,
    /// The subject of a mail.
    pub subject: Option<String>,
}

/// A code that is on its way.
#[derive(Debug, Clone)]
pub struct Dispatched {
    /// Which provider sent it.
    pub provider: &'static str,
    /// How it is checked.
    pub proof: Proof,
}

/// Why no code is on its way, or nobody can say whether one is right.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The account has no number or address for it, or no provider is configured.
    #[error("the account has no way to receive a code by this method")]
    NoDestination,
    /// The provider failed.
    #[error(transparent)]
    Delivery(#[from] DeliveryError),
    /// No random bytes for a code.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The provider that sent the code is no longer configured.
    #[error("the provider {0} that sent the code is no longer configured")]
    ProviderGone(String),
}

/// A factor whose code is sent somewhere.
pub trait SentCode: Send + Sync {
    /// Which one.
    fn method(&self) -> CodeMethod;
    /// Where codes for this account go; `None`: the account has no such destination.
    fn destination(&self, account: &Account) -> Option<Destination>;
    /// What the person reads. `host`: the site's host, for the origin-bound line of the message.
    fn message(&self, to: Destination, product: &str, host: Option<&str>) -> Message;
}

/// All factors.
pub struct Factors {
    settings: Settings,
    codes: Codes,
    sent: [Box<dyn SentCode>; 2],
}

impl Factors {
    /// The list: a new factor is one file and one line here.
    pub fn new(settings: Settings, delivery: &Arc<Delivery>, keys: &Arc<KeyRing>, random: &Random) -> Self {
        let codes = Codes::new(settings.clone(), Arc::clone(delivery), Arc::clone(keys), random.clone());
        Self { settings, codes, sent: [Box::new(sms::Sms), Box::new(email::Email)] }
    }

    /// How codes are made.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where a code by this method goes; `None`: the account has no such destination, or no provider is configured.
    pub fn destination(&self, method: CodeMethod, account: &Account) -> Option<Destination> {
        let destination = self.of(method)?.destination(account)?;
        self.codes.configured(method).then_some(destination)
    }

    /// The methods that reach this account, with their masked destinations, in the order of the list.
    pub fn enrolled(&self, account: &Account) -> Vec<(CodeMethod, String)> {
        let methods = self.sent.iter().map(|factor| factor.method());
        methods.filter_map(|method| Some((method, self.destination(method, account)?.to_string()))).collect()
    }

    /// Sends a code.
    pub async fn begin(&self, method: CodeMethod, sending: Sending<'_>) -> Result<Dispatched, FactorError> {
        let to = self.destination(method, sending.account).ok_or(FactorError::NoDestination)?;
        let factor = self.of(method).ok_or(FactorError::NoDestination)?;
        let message = factor.message(to, &self.settings.product, sending.host);
        self.codes.send(method, sending, &message).await
    }

    /// Checks a guess at the code of a challenge.
    pub async fn verify(&self, challenge: &Challenge, guess: &OneTimeCode) -> Result<CodeVerdict, FactorError> {
        self.codes.check(challenge, guess).await
    }

    fn of(&self, method: CodeMethod) -> Option<&dyn SentCode> {
        self.sent.iter().map(AsRef::as_ref).find(|factor| factor.method() == method)
    }
}
