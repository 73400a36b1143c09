//! Floor 9: sockets, TLS, connections, requests.
//!
//! A connection arrives ([`listen`]), bytes become requests ([`connection`], with [`framing`] reading along), one
//! `Visit` is opened for each and every error ends ([`receive`]), and [`route`] picks the door. It alone turns a
//! `Problem` into an answer, and writes the one log line of each request. It decides nothing about who may pass.
//! Called by `startup`.
//!
//! Everything up to the doors is generic over [`House`], so that it is tested on real sockets without them.

mod activity;
mod answer;
mod connection;
mod descriptors;
mod error;
mod facts;
mod framing;
mod house;
mod http2;
mod limits;
mod line;
mod listen;
mod oversized;
mod reading;
mod receive;
mod route;
mod running;
mod settings;
mod stalled;
mod stream;
mod tls;
mod unix_file;

pub use error::ServerError;
pub use house::{ErrorContext, ErrorPages, Knock, Readiness, Ready};
pub use route::Parts;
pub use running::{RunningServer, Server};
pub use settings::{ListenAddress, Settings, TlsPair};

/// What the fuzz target of the framing drives; nothing else of the room is shown.
#[cfg(fuzzing)]
pub mod fuzzing {
    pub use super::activity::Activity;
    pub use super::framing::{FramedSocket, Judged, Judgement, Patience, Verdicts};
}

#[cfg(test)]
mod tests;
