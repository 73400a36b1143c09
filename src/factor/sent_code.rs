//! The contract of a factor whose code is sent somewhere, and what is said about a send.

use std::time::Duration;

use crate::delivery::{Alphabet, DeliveryError, Destination};
use crate::domain::identifier::ChallengeId;
use crate::domain::language::Language;
use crate::domain::method::CodeMethod;
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
pub(crate) struct Sending<'a> {
    /// Whose sign-in.
    pub account: &'a Account,
    /// Which challenge the code belongs to.
    pub challenge: ChallengeId,
    /// What was sent for it before: dead from now on.
    pub before: Option<&'a Challenge>,
    /// The site's host, where the configuration names it: for the origin-bound line of the message.
    pub host: Option<&'a str>,
    /// The language that the person reads.
    pub language: Language,
}

/// What a message is written from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessageContext<'a> {
    /// The language of the page that the code was requested on.
    pub language: Language,
    /// `portal.name`.
    pub product: &'a str,
    /// The site's host, where the configuration names it.
    pub host: Option<&'a str>,
}

/// What is sent: `text` has `{code}` where the code goes.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// Where it goes.
    pub to: Destination,
    /// The text.
    pub text: String,
    /// The line behind an SMS that binds the code to the site's host.
    pub origin_line: Option<String>,
    /// The subject of a mail.
    pub subject: Option<String>,
}

/// A code that is on its way.
#[derive(Debug, Clone)]
pub(crate) struct Dispatched {
    /// Which provider sent it.
    pub provider: &'static str,
    /// How it is checked.
    pub proof: Proof,
}

/// Why no code is on its way, or nobody can say whether one is right.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FactorError {
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
pub(crate) trait SentCode: Send + Sync {
    /// Which one.
    fn method(&self) -> CodeMethod;
    /// Where codes for this account go; `None`: the account has no such destination.
    fn destination(&self, account: &Account) -> Option<Destination>;
    /// What the person reads.
    fn message(&self, to: Destination, about: MessageContext<'_>) -> Message;
}
