//! The message for an address that another process listens on.

use crate::server::ServerError;
use crate::startup::StartError;

/// Adds what to do: `key` is what names another address.
pub(super) fn taken_address(error: &impl std::fmt::Display, key: &str) -> anyhow::Error {
    anyhow::anyhow!("{error}; stop that one, or name another address with {key}")
}

/// The same for a gateway that does not start; other reasons stay as they are.
pub(super) fn of_gateway(error: StartError, key: &str) -> anyhow::Error {
    if matches!(error, StartError::Server(ServerError::InUse(_))) { taken_address(&error, key) } else { error.into() }
}
