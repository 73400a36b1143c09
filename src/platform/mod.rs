//! Floor 0: what every other room stands on.
//!
//! The only reader of time ([`clock`]), of chance ([`random`]), the keeper of secrets ([`secret`], [`private_file`]),
//! what this process asks of the system about itself ([`process`]), the writer of the log ([`log_writer`]) and the names of log
//! targets ([`telemetry`]).
//! Nothing here knows what a session or an account is.

pub mod clock;
pub mod log_writer;
pub mod private_file;
pub mod process;
pub mod random;
pub mod secret;
pub mod telemetry;
