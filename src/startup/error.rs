//! Why the gateway did not start.

use crate::account::AccountError;
use crate::delivery::DeliverySetupError;
use crate::keys::KeyError;
use crate::password::PasswordError;
use crate::platform::random::EntropyUnavailable;
use crate::server::ServerError;
use crate::store::StoreError;
use crate::upstream::UpstreamError;

/// Why the gateway did not start: one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The key file.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database.
    #[error("the store cannot be opened: {0}")]
    Store(#[from] StoreError),
    /// The hashing threads.
    #[error("the password threads cannot be started: {0}")]
    Passwords(#[from] PasswordError),
    /// The outgoing client.
    #[error(transparent)]
    Delivery(#[from] DeliverySetupError),
    /// The client for the protected sites.
    #[error("the client for the protected sites cannot be built: {0}")]
    Upstream(#[from] UpstreamError),
    /// The account of the one-person environment.
    #[error("the account of TEST_EMAIL cannot be made: {0}")]
    Person(#[from] AccountError),
    /// No random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The sockets or certificates.
    #[error(transparent)]
    Server(#[from] ServerError),
}
