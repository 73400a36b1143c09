//! Why delivery cannot be set up.

/// The gateway does not start: the outgoing client cannot be built, or a setting of a provider is missing or wrong.
#[derive(Debug, thiserror::Error)]
#[error("the outgoing HTTPS client cannot be built: {0}")]
pub struct DeliverySetupError(pub String);
