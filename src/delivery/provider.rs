//! The two provider traits and the types that both use.

use std::time::Duration;

use futures_util::future::BoxFuture;

use crate::domain::code::{Alphabet, OneTimeCode};
use crate::domain::email::EmailAddress;
use crate::domain::phone::PhoneNumber;

/// The recipient of a code or message.
#[derive(Debug, Clone)]
pub(crate) enum Destination {
    /// A telephone number, by SMS.
    Phone(PhoneNumber),
    /// An e-mail address.
    Email(EmailAddress),
}

/// Masked, as pages may show it.
impl std::fmt::Display for Destination {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Phone(number) => number.fmt(f),
            Self::Email(address) => address.fmt(f),
        }
    }
}

/// A request for a code that the provider creates and sends.
#[derive(Debug, Clone)]
pub(crate) struct CodeRequest {
    /// The recipient.
    pub to: Destination,
    /// The text, with `{code}` exactly once: it is not known whether a provider replaces a second one.
    pub text: String,
    /// The line behind an SMS that binds the code to the site's host: `{code}` once more.
    pub origin_line: Option<String>,
    /// The subject of a mail, without which a mail is refused.
    pub subject: Option<String>,
    /// Number of characters, 4 to 10; other values are clamped.
    pub length: u8,
    /// The characters of the code.
    pub alphabet: Alphabet,
    /// How long the code is valid; clamped to the provider's range.
    pub lifetime: Duration,
}

/// The provider's reference to a code that it keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CodeReference(pub String);

/// The provider's answer to a guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeVerdict {
    /// Right, and now spent.
    Right,
    /// Wrong, expired, spent or unknown. Providers do not always distinguish these, and neither do we.
    Wrong,
}

/// Whether a failed call may have had its effect: a message sent or, for `verify`, a code spent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sent {
    /// Certainly not: nothing reached the provider, or it refused.
    No,
    /// Perhaps: the response was lost, late, or not understood.
    Perhaps,
}

/// A provider failed. `Display` is one line for the operator, without secrets, codes, numbers or addresses.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{provider}: {reason}")]
pub(crate) struct DeliveryError {
    /// The name of the provider, such as `cpaas`.
    pub provider: &'static str,
    /// What happened, in one line.
    pub reason: String,
    /// Whether the call may have had its effect nevertheless.
    pub sent: Sent,
}

/// A provider that creates, sends, keeps and checks codes.
pub(crate) trait CodeProvider: Send + Sync {
    /// Creates a code and sends it.
    fn create<'a>(&'a self, request: &'a CodeRequest) -> BoxFuture<'a, Result<CodeReference, DeliveryError>>;

    /// Creates a new code and sends it. The old one becomes invalid; it may already be gone at the provider.
    fn resend<'a>(
        &'a self,
        old: &'a CodeReference,
        request: &'a CodeRequest,
    ) -> BoxFuture<'a, Result<CodeReference, DeliveryError>>;

    /// Checks a guess. The caller has to count it first.
    fn verify<'a>(
        &'a self,
        reference: &'a CodeReference,
        guess: &'a OneTimeCode,
    ) -> BoxFuture<'a, Result<CodeVerdict, DeliveryError>>;

    /// Deletes a code. Succeeds if it no longer exists.
    fn delete<'a>(&'a self, reference: &'a CodeReference) -> BoxFuture<'a, Result<(), DeliveryError>>;
}

/// A provider that sends a text. The code is ours.
pub(crate) trait MessageProvider: Send + Sync {
    /// Sends `text`; `subject` is for mail.
    fn send<'a>(
        &'a self,
        to: &'a Destination,
        text: &'a str,
        subject: Option<&'a str>,
    ) -> BoxFuture<'a, Result<(), DeliveryError>>;
}

/// One configured provider.
pub(crate) enum Provider {
    /// The provider keeps the code.
    Codes(Box<dyn CodeProvider>),
    /// We keep the code.
    Messages(Box<dyn MessageProvider>),
}
