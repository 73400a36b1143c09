//! `[server]` of the configuration.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use crate::domain::network::TrustedProxies;

/// One entry of `server.listen`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListenAddress {
    /// `host:port`, resolved. Port 0 lets the system choose.
    Tcp(SocketAddr),
    /// `unix:/path`.
    Unix(PathBuf),
}

/// One entry of `server.tls`.
#[derive(Debug, Clone)]
pub struct TlsPair {
    /// The certificate and those between it and its authority, in PEM.
    pub certificate: PathBuf,
    /// Its private key, in PEM.
    pub key: PathBuf,
}

/// `[server]`.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Where to listen.
    pub listen: Vec<ListenAddress>,
    /// Certificates, chosen by name. Where there is one, every TCP address speaks TLS.
    pub tls: Vec<TlsPair>,
    /// Whose forwarding headers count.
    pub trusted_proxies: TrustedProxies,
    /// `server.header_timeout`, 10 s: for the first byte, the TLS handshake, and a whole head.
    pub header_timeout: Duration,
    /// `server.body_timeout`, 30 s without a byte of the body.
    pub body_timeout: Duration,
    /// `server.drain_timeout`, 10 s for what is under way at shutdown.
    pub drain_timeout: Duration,
    /// `server.max_connections`, 10000.
    pub max_connections: usize,
    /// `server.max_head`, 32 KiB.
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
