//! The two contracts of a provider, and the words both speak.

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::domain::code::OneTimeCode;
use crate::domain::email::EmailAddress;
use crate::domain::phone::PhoneNumber;

/// Where a code or message goes.
#[derive(Debug, Clone)]
pub(crate) enum Destination {
    /// By SMS.
    Phone(PhoneNumber),
    /// By mail.
    Email(EmailAddress),
}

/// Masked, as a page may show it.
impl std::fmt::Display for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Phone(number) => number.fmt(f),
            Self::Email(address) => address.fmt(f),
        }
    }
}

/// The characters of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Digits.
    Numeric,
    /// Letters and digits.
    Alphanumeric,
}

/// A code to be made and sent by the provider.
#[derive(Debug, Clone)]
pub(crate) struct CodeRequest {
    /// Where it goes.
    pub to: Destination,
    /// The text, with `{code}` exactly once.
    pub text: String,
    /// The line behind an SMS that binds the code to the site's host: `{code}` once more.
    pub origin_line: Option<String>,
    /// The subject of a mail; a mail without one is refused.
    pub subject: Option<String>,
    /// 4 to 10; brought into that range where it is not.
    pub length: u8,
    /// The characters it is made of.
    pub alphabet: Alphabet,
    /// How long it counts; brought into the provider's range where it is not.
    pub lifetime: Duration,
}

/// The provider's name for a code it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeReference(pub String);

/// What the provider said of a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeVerdict {
    /// Right, and now spent.
    Right,
    /// Wrong, expired, spent or unknown: the provider does not always tell them apart, and neither do we.
    Wrong,
}

/// Whether the call may have had its effect although it failed: a message sent, or (verify) a code spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Surely not: nothing reached the provider, or it refused.
    No,
    /// Perhaps: the answer was lost, late, or not understood.
    Perhaps,
}

/// The provider could not do it. Its `Display` is one clear line for the operator, without secrets, codes, numbers
/// or addresses.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{provider}: {reason}")]
pub(crate) struct DeliveryError {
    /// The name of the provider, such as `cpaas`.
    pub provider: &'static str,
    /// What happened, in one line.
    pub reason: String,
    /// Whether it may have had its effect all the same.
    pub sent: Sent,
}

/// A provider that makes, sends, holds and checks codes.
pub(crate) trait CodeProvider: Send + Sync {
    /// Makes a code and sends it.
    fn create<'a>(&'a self, request: &'a CodeRequest) -> BoxFuture<'a, Result<CodeReference, DeliveryError>>;

    /// Makes a new code and sends it; the old one is dead. The old one may already be gone at the provider.
    fn resend<'a>(
        &'a self,
        old: &'a CodeReference,
        request: &'a CodeRequest,
    ) -> BoxFuture<'a, Result<CodeReference, DeliveryError>>;

    /// Checks a guess. Whoever calls counts the guess first.
    fn verify<'a>(
        &'a self,
        reference: &'a CodeReference,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, DeliveryError>>;

    /// Forgets a code. A code that is already gone is no failure.
    fn delete<'a>(&'a self, reference: &'a CodeReference) -> BoxFuture<'a, Result<(), DeliveryError>>;
}

/// A provider that sends a text; we hold the code.
pub(crate) trait MessageProvider: Send + Sync {
    /// Sends `text`.
    fn send<'a>(
        &'a self,
        to: &'a Destination,
        text: &'a str,
        subject: Option<&'a str>,
    ) -> BoxFuture<'a, Result<(), DeliveryError>>;
}

/// One configured way.
pub(crate) enum Provider {
    /// The provider holds the code.
    Codes(Box<dyn CodeProvider>),
    /// We hold the code.
    Messages(Box<dyn MessageProvider>),
}
