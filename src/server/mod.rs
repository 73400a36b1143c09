//! Floor 10: sockets, TLS, connections, requests.
//!
//! A connection arrives ([`listen`]), bytes become requests ([`connection`], with [`framing`] reading along), one
//! `Visit` is opened for each and every error ends ([`receive`]), and [`route`] picks the door. It alone turns a
//! `Problem` into an answer, and writes the one log line of each request. It decides nothing about who may pass.
//! Called by `startup`.
//!
//! Everything up to the doors is generic over [`Handler`], so that it is tested on real sockets without them.

mod access_log;
mod activity;
mod connection;
mod connection_info;
mod descriptors;
mod error;
mod framing;
mod handler;
mod http2;
mod limits;
mod listen;
mod oversized;
mod problem_response;
mod receive;
mod request_target;
mod router;
mod running;
mod settings;
mod stalled;
mod stream;
mod tls;
mod unix_file;

pub use error::ServerError;
pub use handler::{ErrorContext, ErrorPages, ProbeRequest, Readiness, Ready};
pub use router::Parts;
pub use running::{RunningServer, Server};
pub use settings::{ListenAddress, Settings, TlsPair};

/// What the fuzz target of the framing drives; nothing else of the room is shown.
#[cfg(fuzzing)]
pub mod fuzzing {
    pub use super::activity::Activity;
    pub use super::framing::{FramedSocket, FramingVerdict, FramingVerdicts, Judged, Patience};
}

#[cfg(test)]
mod tests;
