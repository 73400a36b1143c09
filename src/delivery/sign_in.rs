//! Signs in to a provider and sends nothing: for whoever examines a configuration before people depend on it.

use crate::delivery::cpaas::Cpaas;
use crate::delivery::email::smtp::SmtpMessages;
use crate::delivery::error::DeliverySetupError;
use crate::delivery::settings::{CpaasSettings, SmtpSettings};
use crate::platform::clock::Clock;
use crate::platform::random::Random;

/// What about a provider is wrong, as far as the operator has to know it to find the key.
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

/// Requests a token with the configured grant.
pub(crate) async fn sign_in_to_cpaas(settings: &CpaasSettings, clock: &Clock) -> Result<(), SignInError> {
    Cpaas::new(settings, clock)?.sign_in().await
}

/// Connects, encrypts, greets, and signs in if there is an account. Sends no mail.
pub(crate) async fn sign_in_to_mail_server(
    settings: &SmtpSettings,
    clock: &Clock,
    random: &Random,
) -> Result<(), SignInError> {
    SmtpMessages::new(settings, clock, random)?.sign_in().await
}
