//! Names of log targets: one name for each topic, so that a search over the log finds every line about it.

/// One line for each request, written by `server/receive`.
pub(crate) const REQUEST: &str = "request";
/// One line for each security decision, written by `audit`.
pub(crate) const AUDIT: &str = "audit";
/// Events about the gateway itself: start, reload, shutdown, a peer that fails.
pub(crate) const GATEWAY: &str = "gateway";
