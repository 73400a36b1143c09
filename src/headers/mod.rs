//! Floor 2: header families.
//!
//! What a header field means to us, what of it may reach the protected site and what may come back. Each family has
//! one file; [`clean`] applies them in order, and [`clean::CleanHeaders`], without which `upstream/forward` sends
//! nothing, can be made only there. Pure: no clock, no network. Called by `proxy` (cleaning), `upstream` (sending),
//! `server` (forwarding headers, security headers, log), `authz` (identity, credentials) and `web` (credentials).

pub(crate) mod audience;
pub(crate) mod authorization;
pub(crate) mod clean;
pub(crate) mod connection_auth;
pub(crate) mod content_length;
pub(crate) mod cookie;
pub(crate) mod forwarded;
pub(crate) mod hop_by_hop;
pub(crate) mod identity;
pub mod known_identity;
pub(crate) mod method_override;
pub(crate) mod redaction;
pub(crate) mod security;
pub(crate) mod spelling;
pub mod target_fields;
pub(crate) mod via;
