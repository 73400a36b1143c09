//! The settings of `[server]`.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::network::TrustedProxies;

/// An entry of `server.listen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddress {
    /// `host:port`, resolved. With port 0 the system chooses a port.
    Tcp(SocketAddr),
    /// `unix:/path`.
    Unix(PathBuf),
}

/// An entry of `server.tls`.
#[derive(Debug, Clone)]
pub struct TlsPair {
    /// PEM file with the certificate and its intermediates.
    pub certificate: PathBuf,
    /// PEM file with the private key.
    pub key: PathBuf,
}

/// `[server]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Addresses to listen on.
    pub listen: Vec<ListenAddress>,
    /// Certificates, chosen by server name. If there is one, every TCP address uses TLS.
    pub tls: Vec<TlsPair>,
    /// Proxies whose forwarding headers are trusted.
    pub trusted_proxies: TrustedProxies,
    /// `server.header_timeout`, default 10 s: for the first byte, the TLS handshake, and a whole head.
    pub header_timeout: Duration,
    /// `server.body_timeout`, default 30 s: longest pause in a request body.
    pub body_timeout: Duration,
    /// `server.drain_timeout`, default 10 s: for requests in progress at shutdown.
    pub drain_timeout: Duration,
    /// `server.max_connections`, default 10000.
    pub max_connections: usize,
    /// `server.max_head`, default 32 KiB.
    pub max_head: usize,
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => write!(f, "{address}"),
            Self::Unix(path) => write!(f, "unix:{}", path.display()),
        }
    }
}
