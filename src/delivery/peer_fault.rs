//! Why a provider did not let us in, as far as the operator has to know it to find the key.

use crate::delivery::error::DeliverySetupError;

/// What about a provider is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PeerFault {
    /// The client cannot be built from the settings.
    Setup,
    /// Nothing answers there, or not in time.
    Unreachable,
    /// Something answers, but TLS with it fails.
    Tls,
    /// Something answers, but not as such a provider does, or it fails itself.
    Answer,
    /// The mail server offers no STARTTLS, without which nothing may be sent.
    NoStartTls,
    /// The CPaaS does not know the client, or refuses its secret.
    Client,
    /// The provider refuses the account or its secret.
    Credentials,
}

/// Why a provider did not let us in. `Display` is one line for the operator, without secrets and addresses of people.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub(crate) struct SignInError {
    pub fault: PeerFault,
    pub reason: String,
}

impl From<DeliverySetupError> for SignInError {
    fn from(error: DeliverySetupError) -> Self {
        Self { fault: PeerFault::Setup, reason: error.0 }
    }
}
