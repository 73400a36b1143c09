//! Networks: whose forwarding headers count, and where clients come from.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net};

use crate::domain::client::{ClientAddress, Peer};

/// An address or a network. IPv4 written as IPv6 (`::ffff:10.0.0.0/104`) is IPv4: the address is compared so too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpNet);

/// A text that is neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a network is an address (`192.0.2.1`) or an address and the bits that count (`10.0.0.0/8`)")]
pub struct NotANetwork;

/// One entry of `server.trusted_proxies`: an address, a network, or `unix` for peers on a unix socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustedProxy {
    /// Every peer in this network.
    Network(Network),
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
        text.parse().map(Self::Network).map_err(|_| NotATrustedProxy)
    }
}

impl FromStr for Network {
    type Err = NotANetwork;

    fn from_str(text: &str) -> Result<Self, NotANetwork> {
        let network = text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
        Ok(Self(as_ipv4(network.ok_or(NotANetwork)?.trunc())))
    }
}

/// The bits before an IPv4 address that is written as IPv6 (RFC 4291 §2.5.5.2).
const MAPPED: u8 = 96;

fn as_ipv4(network: IpNet) -> IpNet {
    let IpNet::V6(six) = network else { return network };
    let four = six.addr().to_ipv4_mapped().zip(six.prefix_len().checked_sub(MAPPED));
    four.and_then(|(address, bits)| Ipv4Net::new(address, bits).ok()).map_or(network, IpNet::V4)
}

impl Network {
    /// Whether the address lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// Whether the client comes from it. One whose address is not known comes from no network.
    pub fn holds(&self, client: ClientAddress) -> bool {
        client.ip().is_some_and(|address| self.contains(address))
    }

    /// Whether all of `other` lies in it.
    pub fn covers(&self, other: &Self) -> bool {
        self.0.contains(&other.0)
    }

    /// How many bits of the address count.
    pub fn bits(&self) -> u8 {
        self.0.prefix_len()
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            write!(f, "{}", self.0.addr())
        } else {
            write!(f, "{}", self.0)
        }
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
            TrustedProxy::Network(network) => format!("\"{network}\""),
            TrustedProxy::Unix => "\"unix\"".to_owned(),
        };
        let all = self.0.iter().map(entry).chain([format!("\"{peer}\"")]);
        format!("[{}]", all.collect::<Vec<_>>().join(", "))
    }

    /// Whether forwarding headers of `peer` count.
    pub fn include(&self, peer: Peer) -> bool {
        self.0.iter().any(|proxy| match (proxy, peer) {
            (TrustedProxy::Network(network), Peer::Address(address)) => network.contains(address),
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
    fn a_client_is_found_in_its_network_however_either_is_written() {
        let inside = |network: &str, address: &str| {
            let client = ClientAddress::of_peer(Peer::Address(address.parse().unwrap()));
            network.parse::<Network>().unwrap().holds(client)
        };
        for network in ["10.0.0.0/8", "10.9.9.9/8", "::ffff:10.0.0.0/104", "0.0.0.0/0"] {
            assert!(inside(network, "10.1.2.3") && inside(network, "::ffff:10.1.2.3"), "{network}");
        }
        assert!(inside("2001:db8::/32", "2001:db8::1") && !inside("2001:db8::/32", "2001:db9::1"));
        assert!(!inside("::/0", "10.1.2.3") && !inside("0.0.0.0/0", "2001:db8::1"));
        assert!(!"0.0.0.0/0".parse::<Network>().unwrap().holds(ClientAddress::of_peer(Peer::Unix)));
        assert_eq!("10.1.2.3/8".parse::<Network>().unwrap().to_string(), "10.0.0.0/8");
        assert_eq!("::ffff:192.0.2.1".parse::<Network>().unwrap().to_string(), "192.0.2.1");
        assert!("10.0.0.0/33".parse::<Network>().is_err() && "unix".parse::<Network>().is_err());
    }

    #[test]
    fn an_ipv4_peer_on_a_dual_stack_socket_is_found_in_an_ipv4_network() {
        let trusted = TrustedProxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
        assert!(trusted.include(Peer::Address("::ffff:127.0.0.1".parse().unwrap())));
        assert!(!trusted.include(Peer::Address("::1".parse().unwrap())));
        assert!(!trusted.include(Peer::Unix));
    }
}
