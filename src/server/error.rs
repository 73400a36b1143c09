//! Why the server cannot start.

use std::path::PathBuf;

use crate::headers::security::NotAHeader;

/// Why the server cannot start.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// Nothing to listen on.
    #[error("`server.listen` is empty")]
    NoAddress,
    /// The address is taken.
    #[error("cannot listen on {0}: another process is listening there")]
    InUse(String),
    /// The address cannot be had for another reason.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// As configured.
        address: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The path of a unix socket holds something that is no socket.
    #[error("cannot listen on unix:{0}: a file that is no socket stands there")]
    NotASocket(PathBuf),
    /// A certificate or key file cannot be used.
    #[error("`server.tls`: {file}: {why}")]
    Certificate {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// TLS itself cannot be set up.
    #[error("`server.tls`: {0}")]
    Tls(#[from] rustls::Error),
    /// `server.hsts` is no header value.
    #[error(transparent)]
    Hsts(#[from] NotAHeader),
}
