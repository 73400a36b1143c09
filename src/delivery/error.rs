//! Why delivery cannot be set up.

/// A client cannot be built, or a setting of a provider is missing or wrong. The gateway does not start.
#[derive(Debug, thiserror::Error)]
#[error("delivery of codes cannot be set up: {0}")]
pub struct DeliverySetupError(pub String);
