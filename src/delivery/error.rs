//! Why delivery cannot be set up.

/// The outgoing client cannot be built, or a setting of a provider is missing or wrong. The gateway does not start.
#[derive(Debug, thiserror::Error)]
#[error("the outgoing HTTPS client cannot be built: {0}")]
pub struct DeliverySetupError(pub String);
