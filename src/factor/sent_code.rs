//! The trait for factors whose code is sent somewhere, and the types that describe a send.

use std::time::Duration;

use webauthn_rs_core::error::WebauthnError;

use crate::delivery::{DeliveryError, Destination};
use crate::domain::code::Alphabet;
use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::ChallengeId;
use crate::domain::language::Language;
use crate::domain::method::CodeMethod;
use crate::factor::passkey::RelyingParty;
use crate::keys::EncryptionFailed;
use crate::platform::random::EntropyUnavailable;
use crate::store::{Account, Challenge, Proof};

/// The settings of codes.
#[derive(Debug, Clone)]
pub struct Settings {
    /// `delivery.code_lifetime`: 30 s to 10 min (OWASP ASVS 6.5.5).
    pub code_lifetime: Duration,
    /// `delivery.code_length`: 4 to 10 characters.
    pub code_length: u8,
    /// `delivery.code_alphabet`.
    pub code_alphabet: Alphabet,
    /// `portal.name`, which messages and authenticator apps show.
    pub product: String,
    /// `factors.totp_window`: how many time steps before and after the current one are accepted from an app.
    pub totp_steps: u16,
    /// `factors.recovery_delay`: how long after a recovery code was used nothing that the account had can be removed.
    pub recovery_delay: Duration,
    /// `[passkeys]`. `None`: there are none.
    pub passkeys: Option<RelyingParty>,
}

/// The context of a send.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sending<'a> {
    /// The account that is signing in.
    pub account: &'a Account,
    /// The challenge that the code belongs to.
    pub challenge: ChallengeId,
    /// The challenge as it was before this send, if there was one. The new code replaces its code.
    pub before: Option<&'a Challenge>,
    /// The site's host, if the configuration names it, for the origin-bound line of the message.
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

/// A message to send.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    /// The recipient.
    pub to: Destination,
    /// The text, with `{code}` in place of the code.
    pub text: String,
    /// The line behind an SMS that binds the code to the site's host.
    pub origin_line: Option<String>,
    /// The subject; only for mail.
    pub subject: Option<String>,
}

/// A code that was handed to a provider.
#[derive(Debug, Clone)]
pub(crate) struct Dispatched {
    /// The name of the provider that sent it.
    pub provider: &'static str,
    /// How it is checked.
    pub proof: Proof,
}

/// Why a code could not be sent or checked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FactorError {
    /// The account has no number or address for the method, or no provider is configured.
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
    /// A factor cannot be decrypted: its key version was removed, or its row was changed.
    #[error(
        "a stored factor ({0}) cannot be decrypted: the version of the key that it was encrypted with is gone, or its row was changed"
    )]
    Unreadable(FactorKind),
    /// Nothing was encrypted.
    #[error(transparent)]
    Encryption(#[from] EncryptionFailed),
    /// A challenge of a passkey could not be made.
    #[error("a challenge for a passkey could not be made: {0}")]
    Passkey(#[from] WebauthnError),
}

/// A factor whose code is sent somewhere.
pub(crate) trait SentCode: Send + Sync {
    /// The method that selects this factor.
    fn method(&self) -> CodeMethod;
    /// Where codes for this account go; `None` if the account has no such destination.
    fn destination(&self, account: &Account) -> Option<Destination>;
    /// The message that the person receives. `host` is the site's host, for the origin-bound line of the message.
    fn message(&self, to: Destination, about: MessageContext<'_>) -> Message;
}
