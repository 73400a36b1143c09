//! Floor 5: the protected sites.
//!
//! Sends a request that may pass to its site and brings the answer back, as a stream both ways with bounded buffers;
//! opens WebSocket tunnels and ends them with their session. It takes a `Permit` and `CleanHeaders`, so that neither
//! the decision nor the cleaning can be skipped. It sends nothing twice, but for a request without a body that a site
//! closed a kept connection upon (`forward`). It decides nothing about who may pass. Called by `proxy`.

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
mod response;
mod settings;
mod site_tls;
mod socket;
mod trailers;
mod tunnel;
mod visitor_body;

pub(crate) use answer_body::AnswerBody;
pub(crate) use error::UpstreamError;
pub(crate) use pinned::{ClientConnection, PinnedConnections};
pub(crate) use pool::Upstreams;
pub(crate) use settings::{HostPolicy, Settings, SiteUpstream, UpstreamAddress};
pub(crate) use site_tls::{ClientCertificate, SiteTls, TlsSetting, Verification};
pub(crate) use tunnel::TunnelGuard;
pub(crate) use visitor_body::VisitorBody;

#[cfg(test)]
mod tests;
