//! Floor 2: header families.
//!
//! What a header field means to us, what of it may reach the protected site and what may come back. Each family has
//! one file; [`clean`] applies them in order, and [`clean::CleanHeaders`], without which `upstream/forward` sends
//! nothing, can be made only there. Pure: no clock, no network. Called by `proxy` (cleaning), `upstream` (sending),
//! `server` (forwarding headers, security headers, log), `authz` (identity, credentials) and `web` (credentials).

pub mod audience;
pub mod authorization;
pub mod clean;
pub mod connection_auth;
pub mod content_length;
pub mod cookie;
pub mod forwarded;
pub mod hop_by_hop;
pub mod identity;
pub mod known_identity;
pub mod method_override;
pub mod redaction;
pub mod security;
pub mod spelling;
pub mod target_fields;
pub mod via;
