//! Floor 10: sockets, TLS, connections, requests.
//!
//! [`listen`] accepts connections. [`connection`] turns bytes into requests, while [`framing`] checks them. [`receive`]
//! makes one `RequestContext` for each request and handles every error, and [`router`] selects the handler. Only this
//! room turns a `Problem` into a response and writes the access log. It does not decide who may pass. Called by
//! `startup`.

mod access_log;
mod activity;
mod certificate;
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
mod plain_http;
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

pub(crate) use certificate::Certificate;
pub(crate) use error::ServerError;
pub(crate) use parts::{ErrorPages, Parts, Portal, Readiness, Ready};
pub(crate) use running::{RunningServer, Server};
pub(crate) use settings::{ListenAddress, Settings, TlsPair};

/// What the fuzz target for the framing uses.
pub(crate) mod fuzzing {
    pub use super::activity::Activity;
    pub use super::framing::{FramedSocket, FramingRules, FramingVerdict, FramingVerdicts, Patience};
}

#[cfg(test)]
mod tests;
