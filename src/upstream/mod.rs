//! Floor 5: the protected sites.
//!
//! Sends a request that may pass to its site and brings the answer back, as a stream both ways with bounded buffers;
//! opens WebSocket tunnels and ends them with their session. It takes a `Pass` and `CleanHeaders`, so that
//! neither the decision nor the cleaning can be skipped, and it never sends anything twice. It decides nothing about
//! who may pass. Called by `gate`.

mod addresses;
mod answer;
mod body;
mod connector;
mod error;
mod forward;
mod length;
mod pool;
mod progress;
mod settings;
mod tunnel;

pub use body::{AnswerBody, BodyError, VisitorBody};
pub use error::UpstreamError;
pub use forward::Ask;
pub use pool::Upstreams;
pub use settings::{Settings, SiteUpstream};
pub use tunnel::Lifeline;

#[cfg(test)]
mod tests;
