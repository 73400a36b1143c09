//! Networks: which peers may send forwarding headers, and where clients come from.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

use crate::domain::client::{ClientAddress, Peer};

/// An address or a network. IPv4 written as IPv6 (`::ffff:10.0.0.0/104`) is treated as IPv4, in comparisons too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network(IpNet);

/// The text is neither an address nor a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a network is an address (`192.0.2.1`) or an address with a prefix length (`10.0.0.0/8`)")]
pub struct NotANetwork;

/// One entry of `server.trusted_proxies`: an address, a network, or `unix` for peers on a unix socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrustedProxy {
    /// Every peer in this network.
    Network(Network),
    /// Every peer on one of our unix sockets.
    Unix,
}

/// The trusted proxies. Empty by default: no peer is trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<TrustedProxy>);

/// The text does not name a peer.
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
    /// Whether the network contains the address.
    pub fn contains(&self, address: IpAddr) -> bool {
        self.0.contains(&address.to_canonical())
    }

    /// Whether the client is in this network. An unknown address is in no network.
    pub fn holds(&self, client: ClientAddress) -> bool {
        client.ip().is_some_and(|address| self.contains(address))
    }

    /// Whether the network contains all of `other`.
    pub fn covers(&self, other: &Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Its first address.
    pub fn first(&self) -> IpAddr {
        self.0.network()
    }

    /// Prefix length in bits.
    pub fn bits(&self) -> u8 {
        self.0.prefix_len()
    }
}

/// How many addresses of the public Internet a list of networks covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reach {
    /// IPv4 addresses.
    pub ipv4: u64,
    /// IPv6 addresses.
    pub ipv6: u128,
}

/// IPv4 ranges outside the public Internet: the IANA registry of special-purpose addresses (RFC 6890) and multicast.
/// The ranges do not overlap.
const SPECIAL: [(Ipv4Addr, u8); 12] = [
    (Ipv4Addr::UNSPECIFIED, 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

/// Global unicast (RFC 4291 §2.4 as IANA hands it out).
const GLOBAL_UNICAST: (Ipv6Addr, u8) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

impl Reach {
    /// The whole public Internet.
    pub(crate) fn everything() -> Self {
        Self::of(&[Network(IpNet::V4(Ipv4Net::default())), Network(IpNet::V6(Ipv6Net::default()))])
    }

    /// The size of the union of the networks; each address is counted once.
    pub(crate) fn of(networks: &[Network]) -> Self {
        let all: Vec<IpNet> = networks.iter().map(|network| network.0).collect();
        let special = SPECIAL.into_iter().filter_map(|(address, bits)| Ipv4Net::new(address, bits).ok());
        let special: Vec<Ipv4Net> = special.collect();
        let global = Ipv6Net::new(GLOBAL_UNICAST.0, GLOBAL_UNICAST.1).ok();
        let mut reach = Self { ipv4: 0, ipv6: 0 };
        // After merging, the networks do not overlap.
        for network in IpNet::aggregate(&all) {
            match network {
                IpNet::V4(four) => {
                    let inside: u64 = special
                        .iter()
                        .filter(|other| four.contains(*other))
                        .map(|other| 1 << (32 - other.prefix_len()))
                        .sum();
                    let is_special = special.iter().any(|other| other.contains(&four));
                    let size = if is_special { 0 } else { (1_u64 << (32 - four.prefix_len())).saturating_sub(inside) };
                    reach.ipv4 = reach.ipv4.saturating_add(size);
                }
                IpNet::V6(six) => {
                    let bits = match global {
                        Some(global) if global.contains(&six) => six.prefix_len(),
                        Some(global) if six.contains(&global) => global.prefix_len(),
                        Some(_) | None => continue,
                    };
                    reach.ipv6 = reach.ipv6.saturating_add(1_u128 << (128 - bits));
                }
            }
        }
        reach
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
    /// Trusts exactly these peers.
    pub const fn new(proxies: Vec<TrustedProxy>) -> Self {
        Self(proxies)
    }

    /// Whether no peer is trusted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The list with `peer` appended, as written in the configuration.
    pub fn written_with(&self, peer: Peer) -> String {
        let entry = |proxy: &TrustedProxy| match proxy {
            TrustedProxy::Network(network) => format!("\"{network}\""),
            TrustedProxy::Unix => "\"unix\"".to_owned(),
        };
        let all = self.0.iter().map(entry).chain([format!("\"{peer}\"")]);
        format!("[{}]", all.collect::<Vec<_>>().join(", "))
    }

    /// Whether forwarding headers from `peer` are trusted.
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
    fn what_networks_hold_together_is_counted_once_and_without_private_addresses() {
        let reach = |networks: &[&str]| {
            Reach::of(&networks.iter().map(|network| network.parse().unwrap()).collect::<Vec<Network>>())
        };
        let all = Reach::everything();
        assert_eq!(reach(&["0.0.0.0/1", "128.0.0.0/1", "::/1", "8000::/1"]), all);
        // RFC 6890: what is left of 2^32 without the special-purpose blocks and 224.0.0.0/3.
        assert_eq!(
            (all.ipv4, all.ipv6),
            (
                (1 << 32) - 3 * (1 << 24) - (1 << 22) - 2 * (1 << 16) - (1 << 20) - (1 << 17) - 3 * 256 - (1 << 29),
                1 << 125
            )
        );
        assert_eq!(
            reach(&["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8", "127.0.0.1"]),
            Reach { ipv4: 0, ipv6: 0 }
        );
        assert_eq!(reach(&["8.0.0.0/8", "8.8.8.0/24", "2001:db8::/32"]), Reach { ipv4: 1 << 24, ipv6: 1 << 96 });
        assert_eq!(reach(&["192.0.0.0/8"]).ipv4, (1 << 24) - (1 << 16) - 256);
    }

    #[test]
    fn an_ipv4_peer_on_a_dual_stack_socket_is_found_in_an_ipv4_network() {
        let trusted = TrustedProxies::new(vec!["127.0.0.0/8".parse().unwrap()]);
        assert!(trusted.include(Peer::Address("::ffff:127.0.0.1".parse().unwrap())));
        assert!(!trusted.include(Peer::Address("::1".parse().unwrap())));
        assert!(!trusted.include(Peer::Unix));
    }
}
