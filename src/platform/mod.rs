//! Floor 0: what every other room stands on.
//!
//! The only reader of time ([`clock`]), of chance ([`random`]), the keeper of secrets ([`secret`]) and the list of
//! log field names ([`telemetry`]). Nothing here knows what a session or an account is.

pub mod clock;
pub mod private_file;
pub mod random;
pub mod secret;
pub mod telemetry;
