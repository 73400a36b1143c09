//! Floor 2: header families.
//!
//! Decides what a header field means, which fields may reach the protected site and which may come back. Each family
//! has one file. [`clean`] applies them in order and is the only place that can make [`clean::CleanHeaders`], without
//! which `upstream/forward` sends nothing. Pure: no clock, no network. Called by `proxy` (cleaning), `upstream`
//! (sending), `server` (forwarding headers, security headers, log), `authorize` (audience, credentials, second
//! targets), `authz` (identity, credentials, overrides), `web` (method overrides) and `config` (names).

pub(crate) mod audience;
pub(crate) mod authorization;
pub(crate) mod clean;
pub(crate) mod connection_auth;
pub(crate) mod content_length;
pub(crate) mod cookie;
pub(crate) mod cors;
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
