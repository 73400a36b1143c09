//! Who may sign in to the sandbox, and how strict it is.

use std::time::Duration;

use secrecy::SecretString;

/// How the sandbox behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The project key that the grant `client_credentials` takes.
    pub client_id: String,
    /// Its secret.
    pub client_secret: SecretString,
    /// The client id that the grant `password` takes.
    pub account_client_id: String,
    /// The account's e-mail address, which is its user id too.
    pub account_email: String,
    /// The account's password.
    pub account_password: SecretString,
    /// How long a token counts.
    pub token_life: Duration,
    /// After how many wrong guesses a code is dead; `None`: never, since no limit of the real one is known.
    pub attempt_limit: Option<u32>,
    /// What a resent code is called.
    pub resend: ResendNames,
    /// The number a message comes from where the sender is `default`.
    pub default_number: String,
}

/// What a resent code is called: its clients read the name again, so either must work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResendNames {
    /// The same id as before.
    Keep,
    /// A new id; the old one is unknown from then on.
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
