//! Why events cannot be sent at all.

use crate::platform::random::EntropyUnavailable;
use crate::store::StoreError;

/// The gateway does not start.
#[derive(Debug, thiserror::Error)]
pub enum EventsError {
    /// A client for a receiver cannot be built.
    #[error("events cannot be sent to {sink}: {reason}")]
    Client {
        /// The receiver.
        sink: String,
        /// What is wrong.
        reason: String,
    },
    /// The receivers cannot be written to the store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system has no random bytes.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
}
