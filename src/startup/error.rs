//! The reasons why the gateway does not start.

use crate::account::AccountError;
use crate::delivery::DeliverySetupError;
use crate::events::EventsError;
use crate::keys::KeyError;
use crate::password::PasswordError;
use crate::platform::random::EntropyUnavailable;
use crate::server::ServerError;
use crate::store::StoreError;
use crate::upstream::UpstreamError;

/// Why the gateway did not start; prints as one line for the operator.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The key file cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyError),
    /// The database cannot be opened.
    #[error("the store cannot be opened: {0}")]
    Store(#[from] StoreError),
    /// The hashing threads cannot be started.
    #[error("the password threads cannot be started: {0}")]
    Passwords(#[from] PasswordError),
    /// The client for the CPaaS cannot be built.
    #[error(transparent)]
    Delivery(#[from] DeliverySetupError),
    /// The client for the protected sites cannot be built.
    #[error("the client for the protected sites cannot be built: {0}")]
    Upstream(#[from] UpstreamError),
    /// Events cannot be sent to a receiver.
    #[error(transparent)]
    Events(#[from] EventsError),
    /// The account of the one-person environment cannot be created.
    #[error("the account of TEST_EMAIL cannot be created: {0}")]
    Person(#[from] AccountError),
    /// Passkeys belong to another domain than the configuration says.
    #[error(
        "passkeys.rp_id is `{now}`, but {passkeys} passkeys belong to `{before}` and would no longer work; set \
         `passkeys.rp_id = \"{before}\"`, or `passkeys.accept_new_rp_id = true` to give them up"
    )]
    RelyingParty {
        /// The domain before.
        before: String,
        /// The domain of the configuration.
        now: String,
        /// How many passkeys belong to the domain before.
        passkeys: i64,
    },
    /// Stored factors cannot be encrypted again.
    #[error("stored factors cannot be encrypted with the newest version of the key: {0}")]
    Factors(String),
    /// The system has no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// A socket or certificate cannot be used.
    #[error(transparent)]
    Server(#[from] ServerError),
}
