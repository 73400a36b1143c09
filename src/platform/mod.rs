//! Floor 0: what every other room builds on.
//!
//! The only reader of time ([`clock`]) and of entropy ([`random`]), the holders of secrets ([`secret`],
//! [`private_file`]), system calls about this process ([`process`]), the log writer ([`log_writer`]) and the names of
//! log targets ([`telemetry`]).
//! Nothing here knows what a session or an account is.

pub mod clock;
pub mod log_writer;
pub mod private_file;
pub mod process;
pub mod random;
pub mod secret;
pub mod telemetry;
