//! Errors that prevent the server from starting.

use std::path::PathBuf;

use crate::headers::security::NotAHeader;

/// An error that prevents the server from starting.
#[derive(Debug, thiserror::Error)]
pub enum ServerError {
    /// `server.listen` is empty.
    #[error("`server.listen` is empty")]
    NoAddress,
    /// Another process listens on the address.
    #[error("cannot listen on {0}: another process is listening there")]
    InUse(String),
    /// Binding the address failed for another reason.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address as configured.
        address: String,
        /// The error of the operating system.
        source: std::io::Error,
    },
    /// The path of a unix socket is a file of another kind.
    #[error("cannot listen on unix:{0}: a file that is no socket stands there")]
    NotASocket(PathBuf),
    /// A certificate or key file cannot be used.
    #[error("`server.tls`: {file}: {why}")]
    Certificate {
        /// The certificate or key file.
        file: PathBuf,
        /// Why the file cannot be used.
        why: String,
    },
    /// TLS cannot be set up.
    #[error("`server.tls`: {0}")]
    Tls(#[from] rustls::Error),
    /// `server.hsts` is not a valid header value.
    #[error(transparent)]
    Hsts(#[from] NotAHeader),
}
