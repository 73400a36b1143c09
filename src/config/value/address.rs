//! Addresses to listen on, and peers to trust.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use super::{ConfigValue, not_a, quoted};
use crate::config::mistake::Fault;
use crate::domain::network::TrustedProxy;
use crate::server::ListenAddress;

impl ConfigValue for ListenAddress {
    const EXAMPLE: &'static str = "0.0.0.0:8443";

    fn kind() -> String {
        "an address with a port, or `unix:/path`".to_owned()
    }

    /// Names other than `localhost` are not looked up: a name can resolve differently at two starts, and the gateway
    /// must not listen on an unintended address.
    fn parse(text: &str) -> Result<Self, Fault> {
        if let Some(path) = text.strip_prefix("unix:") {
            if !path.starts_with('/') || path.len() > 100 {
                let what = format!("{} is not the path of a unix socket", quoted(text));
                return Err(Fault::new(what, "write `unix:` and an absolute path of at most 100 bytes"));
            }
            return Ok(Self::Unix(PathBuf::from(path)));
        }
        if let Ok(address) = text.parse::<SocketAddr>() {
            return Ok(Self::Tcp(address));
        }
        let (host, port) = text.rsplit_once(':').unwrap_or((text, ""));
        match (host, port.parse::<u16>()) {
            ("localhost", Ok(port)) => Ok(Self::Tcp(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))),
            ("" | "*", Ok(port)) => {
                let remedy = format!("write `0.0.0.0:{port}` for every address or `127.0.0.1:{port}` for this machine");
                Err(Fault::new(format!("{} contains no address", quoted(text)), remedy))
            }
            (_, Ok(_)) => {
                let what = format!("{} is a name, not an address", quoted(text));
                Err(Fault::new(what, format!("write an address of this machine, such as `{}`", Self::EXAMPLE)))
            }
            (_, Err(_)) => Err(not_a::<Self>(text)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Tcp(address) => address.to_string(),
            Self::Unix(path) => format!("unix:{}", path.display()),
        }
    }
}

impl ConfigValue for TrustedProxy {
    const EXAMPLE: &'static str = "10.0.0.0/8";

    fn kind() -> String {
        "an address, a network or `unix`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        text.parse().map_err(|_| not_a::<Self>(text))
    }

    fn text(&self) -> String {
        match self {
            Self::Network(network) => network.to_string(),
            Self::Unix => "unix".to_owned(),
        }
    }
}
