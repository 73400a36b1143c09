//! Where a request comes from.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

/// The other end of the connection: the visitor, or a proxy before us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Peer {
    /// Over TCP.
    Address(IpAddr),
    /// Over a unix socket, which has no address.
    Unix,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => write!(f, "{}", address.to_canonical()),
            Self::Unix => f.write_str("unix"),
        }
    }
}

/// Written when the address is unknown (RFC 7239 §6.2).
const UNKNOWN: &str = "unknown";

/// The visitor's address: the peer itself or, if the peer is trusted, the address in its forwarding headers
/// (`headers/forwarded`). Nothing else may create one. It may be unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(Option<IpAddr>);

impl ClientAddress {
    /// Unknown: over a unix socket, or through a trusted proxy that does not name the client. It is in no network.
    pub const UNKNOWN: Self = Self(None);

    /// The address of the peer itself.
    pub const fn of_peer(peer: Peer) -> Self {
        match peer {
            Peer::Address(address) => Self(Some(address)),
            Peer::Unix => Self::UNKNOWN,
        }
    }

    /// The address that a trusted proxy names. Only `headers/forwarded` calls this, after it checked the peer.
    pub const fn named_by_trusted_proxy(address: IpAddr) -> Self {
        Self(Some(address))
    }

    /// The address, if known.
    pub fn ip(&self) -> Option<IpAddr> {
        self.0.map(|address| address.to_canonical())
    }

    /// The key for counting failures: an IPv4 address, an IPv6 /64 (one household has that many addresses, so a single
    /// address would be no limit), or `unknown`.
    pub fn network(&self) -> String {
        match self.ip() {
            Some(IpAddr::V4(four)) => four.to_string(),
            Some(IpAddr::V6(six)) => {
                let prefix = six.to_bits() & (u128::MAX << 64);
                format!("{}/64", Ipv6Addr::from_bits(prefix))
            }
            None => UNKNOWN.to_owned(),
        }
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.ip() {
            Some(address) => write!(f, "{address}"),
            None => f.write_str(UNKNOWN),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> ClientAddress {
        ClientAddress::of_peer(Peer::Address(text.parse().unwrap()))
    }

    #[test]
    fn all_addresses_of_one_ipv6_household_are_counted_together() {
        assert_eq!(client("2001:db8:1:2:3::4").network(), client("2001:db8:1:2:ffff::1").network());
        assert_ne!(client("2001:db8:1:2::1").network(), client("2001:db8:1:3::1").network());
    }

    #[test]
    fn an_ipv4_address_is_the_same_on_a_dual_stack_socket() {
        assert_eq!(client("::ffff:192.0.2.1").network(), "192.0.2.1");
    }
}
