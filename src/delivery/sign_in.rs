//! Signs in to a provider and sends nothing: for whoever examines a configuration before people depend on it.

use crate::delivery::cpaas::Cpaas;
use crate::delivery::email::smtp::SmtpMessages;
use crate::delivery::peer_fault::SignInError;
use crate::delivery::settings::{CpaasSettings, SmtpSettings};
use crate::platform::clock::Clock;
use crate::platform::random::Random;

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
