//! Lists of peers: whose forwarding headers count.

use std::str::FromStr;

use ipnet::IpNet;

use crate::domain::client::Peer;

/// One entry of `server.trusted_proxies`: an address, a network, or `unix` for peers on a unix socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustedProxy {
    /// Every peer in this network.
    Network(IpNet),
    /// Every peer on a unix socket of ours.
    Unix,
}

/// The proxies before us. Empty by default: nobody is believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<TrustedProxy>);

/// A text that names no peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a trusted proxy is an address (`192.0.2.1`), a network (`10.0.0.0/8`) or `unix`")]
pub struct NotATrustedProxy;

impl FromStr for TrustedProxy {
    type Err = NotATrustedProxy;

    fn from_str(text: &str) -> Result<Self, NotATrustedProxy> {
        if text == "unix" {
            return Ok(Self::Unix);
        }
        let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<std::net::IpAddr>().ok().map(IpNet::from));
        network.map(|network| Self::Network(network.trunc())).ok_or(NotATrustedProxy)
    }
}

impl TrustedProxies {
    /// Trusts these peers and no others.
    pub const fn new(proxies: Vec<TrustedProxy>) -> Self {
        Self(proxies)
    }

    /// The list with `peer` at its end, as the configuration writes it.
    pub fn written_with(&self, peer: Peer) -> String {
        let entry = |proxy: &TrustedProxy| match proxy {
            TrustedProxy::Network(network) if network.prefix_len() == network.max_prefix_len() => {
                format!("\"{}\"", network.addr())
            }
            TrustedProxy::Network(network) => format!("\"{network}\""),
            TrustedProxy::Unix => "\"unix\"".to_owned(),
        };
        let all = self.0.iter().map(entry).chain([format!("\"{peer}\"")]);
        format!("[{}]", all.collect::<Vec<_>>().join(", "))
    }

    /// Whether forwarding headers of `peer` count.
    pub fn include(&self, peer: Peer) -> bool {
        self.0.iter().any(|proxy| match (proxy, peer) {
            (TrustedProxy::Network(network), Peer::Address(address)) => network.contains(&address.to_canonical()),
            (TrustedProxy::Unix, Peer::Unix) => true,
            (TrustedProxy::Network(_), Peer::Unix) | (TrustedProxy::Unix, Peer::Address(_)) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_trusted_by_default() {
        assert!(!TrustedProxies::default().include(Peer::Address("127.0.0.1".parse().unwrap())));
        assert!(!TrustedProxies::default().include(Peer::Unix));
    }

    #[test]
    fn an_ipv4_peer_on_a_dual_stack_socket_is_found_in_an_ipv4_network() {
        let trusted = TrustedProxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
        assert!(trusted.include(Peer::Address("::ffff:127.0.0.1".parse().unwrap())));
        assert!(!trusted.include(Peer::Address("::1".parse().unwrap())));
        assert!(!trusted.include(Peer::Unix));
    }
}
