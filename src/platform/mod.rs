//! Floor 0: what every other room builds on.
//!
//! The only reader of time ([`clock`]) and of entropy ([`random`]), the holders of secrets ([`secret`],
//! [`private_file`]), system calls about this process ([`process`]) and its terminal ([`terminal_mode`]), the log writer ([`log_writer`]), the
//! restart of background loops ([`supervisor`]) and the names of log targets ([`telemetry`]).
//! Nothing here knows what a session or an account is.

pub(crate) mod clock;
pub(crate) mod log_writer;
pub(crate) mod private_file;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod secret;
pub(crate) mod supervisor;
pub(crate) mod telemetry;
pub(crate) mod terminal_mode;
