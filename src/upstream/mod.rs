//! Floor 5: forwards requests to the protected sites.
//!
//! Sends a permitted request to its site and returns the answer. Both bodies are streamed with bounded buffers. Opens
//! WebSocket tunnels and closes them when their session ends. It requires a `Permit` and `CleanHeaders`, so neither the
//! decision nor the cleaning can be skipped; it never decides who may pass. It sends no request twice, except a
//! repeatable one without a body when the site closed an idle connection (`forward`). Called by `proxy`.

mod addresses;
mod answer_body;
mod connection;
mod connector;
mod error;
mod forward;
mod idle;
mod lease;
mod length;
mod pinned;
mod pool;
mod progress;
mod reach;
mod response;
mod settings;
mod site_tls;
mod socket;
mod touch;
mod trailers;
mod tunnel;
mod visitor_body;

pub(crate) use answer_body::AnswerBody;
pub(crate) use error::UpstreamError;
pub(crate) use pinned::{ClientConnection, PinnedConnections};
pub(crate) use pool::Upstreams;
pub(crate) use reach::{Destination, reach};
pub(crate) use settings::{HostPolicy, Settings, SiteUpstream, UpstreamAddress};
pub(crate) use site_tls::{ClientCertificate, SiteTls, TlsSetting, Verification};
pub(crate) use touch::{Touch, may_be_long};
pub(crate) use tunnel::TunnelGuard;
pub(crate) use visitor_body::VisitorBody;

#[cfg(test)]
mod tests;
