//! Floor 10: sockets, TLS, connections, requests.
//!
//! A connection is accepted ([`listen`]), bytes become requests ([`connection`], with [`framing`] reading along), one
//! `RequestContext` is made for each and every error ends ([`receive`]), and [`router`] picks the handler. It alone
//! turns a `Problem` into an answer, and writes the one log line of each request. It decides nothing about who may
//! pass. Called by `startup`.

mod access_log;
mod activity;
mod connection;
mod connection_info;
mod descriptors;
mod error;
mod framing;
mod http2;
mod limits;
mod listen;
mod oversized;
mod parts;
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

pub(crate) use error::ServerError;
pub(crate) use parts::{ErrorPages, Parts, Portal, Readiness, Ready};
pub(crate) use running::{RunningServer, Server};
pub(crate) use settings::{ListenAddress, Settings, TlsPair};

/// What the fuzz target of the framing drives; nothing else of the room is shown.
pub(crate) mod fuzzing {
    pub use super::activity::Activity;
    pub use super::framing::{FramedSocket, FramingRules, FramingVerdict, FramingVerdicts, Patience};
}

#[cfg(test)]
mod tests;
