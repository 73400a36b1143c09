//! Floor 4: second factors.
//!
//! One contract ([`Factor`]), one file for each factor, one list ([`Factors::new`]). A factor sends and checks; it neither counts
//! nor audits: `login` does that around it. A wrong code is a [`Verdict`](CodeVerdict), not an error; an error means that nobody can say, and
//! lets no one in.

mod codes;
mod email;
mod sms;

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::delivery::{Alphabet, CodeVerdict, Delivery, DeliveryError, Destination};
use crate::domain::code::OneTimeCode;
use crate::domain::identifier::ChallengeId;
use crate::domain::method::CodeMethod;
use crate::keys::KeyRing;
use crate::platform::random::EntropyUnavailable;
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

/// A code that is on its way.
#[derive(Debug, Clone)]
pub struct SentCode {
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

/// A second factor.
pub trait Factor: Send + Sync {
    /// Which one.
    fn method(&self) -> CodeMethod;
    /// Where its codes for this account go; `None` when it has no such destination or no provider is configured.
    fn destination(&self, account: &Account) -> Option<Destination>;
    /// The destination as a page may show it.
    fn masked(&self, account: &Account) -> Option<String>;
    /// Sends a code.
    fn send<'a>(&'a self, sending: Sending<'a>) -> BoxFuture<'a, Result<SentCode, FactorError>>;
    /// Checks a guess.
    fn check<'a>(
        &'a self,
        challenge: &'a Challenge,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, FactorError>>;
}

/// All factors.
pub struct Factors {
    settings: Settings,
    list: Vec<Box<dyn Factor>>,
}

impl Factors {
    /// The registry: a new factor is one file and one line here.
    pub fn new(settings: Settings, delivery: &Arc<Delivery>, keys: &Arc<KeyRing>) -> Self {
        let codes = codes::Codes::new(settings.clone(), Arc::clone(delivery), Arc::clone(keys));
        let list: Vec<Box<dyn Factor>> =
            vec![Box::new(sms::Sms::new(codes.clone())), Box::new(email::Email::new(codes))];
        Self { settings, list }
    }

    /// How codes are made.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The factor of this method, if it is in the list.
    pub fn of(&self, method: CodeMethod) -> Option<&dyn Factor> {
        self.list.iter().map(AsRef::as_ref).find(|factor| factor.method() == method)
    }

    /// The methods that reach this account, with their masked destinations, in the order of the list.
    pub fn reaching(&self, account: &Account) -> Vec<(CodeMethod, String)> {
        self.list.iter().filter_map(|factor| Some((factor.method(), factor.masked(account)?))).collect()
    }
}
