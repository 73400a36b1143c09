//! The credentials that the sandbox accepts, and how strict it is.

use std::time::Duration;

use secrecy::SecretString;

/// The settings of the sandbox.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project key for the grant `client_credentials`.
    pub client_id: String,
    /// The secret of the project.
    pub client_secret: SecretString,
    /// The client id for the grant `password`.
    pub account_client_id: String,
    /// The account's e-mail address, which is also its user id.
    pub account_email: String,
    /// The account's password.
    pub account_password: SecretString,
    /// How long a token is valid.
    pub token_life: Duration,
    /// The number of wrong guesses after which a code is deleted. `None` for no limit: none is known of the real CPaaS.
    pub attempt_limit: Option<u32>,
    /// The id of a resent code.
    pub resend: ResendNames,
    /// The number that a message comes from if the sender is `default`.
    pub default_number: String,
}

/// The id of a resent code. The gateway reads it from the response, so it must work with both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendNames {
    /// Unchanged.
    Keep,
    /// A new id; the old one becomes unknown.
    Change,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            client_id: "PRIV-demo".to_owned(),
            client_secret: SecretString::from("sandbox-secret"),
            account_client_id: "PUB-demo".to_owned(),
            account_email: "operator@sandbox.example".to_owned(),
            account_password: SecretString::from("sandbox-password"),
            token_life: Duration::from_hours(8),
            attempt_limit: None,
            resend: ResendNames::Keep,
            default_number: "+15005550000".to_owned(),
        }
    }
}
