//! Limits on open connections and on exchanges in progress: in all, per client network and per site.
//!
//! What is over a limit is refused at once. In a queue, legitimate visitors would wait behind an attacker.
//!
//! A network may hold a part of what is still free, not of the total. The more is taken, the less each network gets, so
//! that ten addresses cannot take everything. The last places go to networks that hold few.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Arc;

use dashmap::DashMap;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::client::{ClientAddress, Peer};
use crate::domain::network::TrustedProxies;
use crate::domain::site::SiteId;

/// One network may hold a tenth of what is free besides its own. Ten networks then hold three fifths in all, and even
/// forty not everything.
const SHARE: usize = 10;

/// Minimum per network, so that a low limit still admits a browser and a few programs. One HTTP/2 connection has a
/// hundred streams.
const LEAST_CONNECTIONS: usize = 16;
const LEAST_EXCHANGES: usize = 100;

/// The limit on connections.
#[derive(Debug)]
pub(super) struct Limits {
    all: Pool,
    networks: Shares<u128>,
    trusted: TrustedProxies,
}

/// The limit on exchanges with sites. Each holds a connection to a site while it lasts, and one HTTP/2 connection can
/// carry a hundred of them.
#[derive(Debug)]
pub(super) struct Exchanges {
    all: Pool,
    networks: Shares<u128>,
    sites: Shares<SiteId>,
}

/// The place of one connection, freed on drop.
#[derive(Debug)]
pub(super) struct ConnectionPermit {
    _all: OwnedSemaphorePermit,
    _network: Option<Share<u128>>,
}

/// The place of one exchange. Dropped with the last byte of its response, or with the tunnel that it opens.
#[derive(Debug)]
pub(super) struct ExchangePermit {
    _all: OwnedSemaphorePermit,
    _network: Option<Share<u128>>,
    _site: Share<SiteId>,
}

/// Why an exchange may not begin now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OverLimit {
    /// The limit of the gateway is reached.
    All,
    /// The client's network has used its share.
    Network,
    /// The site has used its share.
    Site,
}

/// The places that are still free.
#[derive(Debug)]
struct Pool {
    free: Arc<Semaphore>,
}

/// The number of places that each key holds.
#[derive(Debug)]
struct Shares<K: Eq + Hash>(Arc<DashMap<K, usize>>);

/// One place held by a key, freed on drop.
#[derive(Debug)]
struct Share<K: Eq + Hash> {
    held: Arc<DashMap<K, usize>>,
    by: K,
}

impl Limits {
    pub(super) fn new(most: usize, trusted: TrustedProxies) -> Self {
        Self { all: Pool::of(most), networks: Shares::default(), trusted }
    }

    /// Admits a connection from `peer`. `None` if a limit is reached.
    pub(super) fn admit(&self, peer: Peer) -> Option<ConnectionPermit> {
        let most = (self.all.free() / SHARE).max(LEAST_CONNECTIONS);
        let all = self.all.take()?;
        let network = match peer {
            // All visitors come through a trusted proxy or our own socket, so there the peer says nothing about them.
            Peer::Address(address) if !self.trusted.include(peer) => Some(self.networks.take(network(address), most)?),
            Peer::Address(_) | Peer::Unix => None,
        };
        Some(ConnectionPermit { _all: all, _network: network })
    }
}

impl Exchanges {
    pub(super) fn new(most: usize) -> Self {
        Self { all: Pool::of(most), networks: Shares::default(), sites: Shares::default() }
    }

    /// Admits an exchange of `client` with `site`. A client without an address (one that a proxy did not name) is not
    /// limited by network.
    pub(super) fn admit(&self, client: &ClientAddress, site: SiteId) -> Result<ExchangePermit, OverLimit> {
        let free = self.all.free();
        let all = self.all.take().ok_or(OverLimit::All)?;
        let network = match client.ip() {
            Some(address) => {
                let most = (free / SHARE).max(LEAST_EXCHANGES);
                Some(self.networks.take(network(address), most).ok_or(OverLimit::Network)?)
            }
            None => None,
        };
        // A site may hold as many places as are still free. Two slow sites then leave a quarter for all others.
        let site = self.sites.take(site, free.max(LEAST_EXCHANGES)).ok_or(OverLimit::Site)?;
        Ok(ExchangePermit { _all: all, _network: network, _site: site })
    }
}

impl OverLimit {
    /// The explanation for the log.
    pub(super) const fn explanation(self) -> &'static str {
        match self {
            Self::All => "too many exchanges are under way (server.max_connections)",
            Self::Network => "too many exchanges of this client's network are under way",
            Self::Site => "too many exchanges with this site are under way",
        }
    }
}

impl Pool {
    fn of(most: usize) -> Self {
        Self { free: Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS))) }
    }

    fn free(&self) -> usize {
        self.free.available_permits()
    }

    fn take(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.free).try_acquire_owned().ok()
    }
}

impl<K: Eq + Hash> Default for Shares<K> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<K: Eq + Hash + Copy> Shares<K> {
    /// Takes one more place for `by`, which may hold `most`.
    fn take(&self, by: K, most: usize) -> Option<Share<K>> {
        let mut held = self.0.entry(by).or_insert(0);
        if *held >= most {
            return None;
        }
        *held += 1;
        drop(held);
        Some(Share { held: Arc::clone(&self.0), by })
    }
}

/// The network of an address: an IPv4 address, or an IPv6 /64, which one household has to itself.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
        IpAddr::V6(six) => six.to_bits() & (u128::MAX << 64),
    }
}

impl<K: Eq + Hash> Drop for Share<K> {
    fn drop(&mut self) {
        let empty = match self.held.get_mut(&self.by) {
            Some(mut held) => {
                *held = held.saturating_sub(1);
                *held == 0
            }
            None => false,
        };
        if empty {
            self.held.remove_if(&self.by, |_, held| *held == 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> Peer {
        Peer::Address(text.parse().unwrap())
    }

    fn address(number: u32) -> IpAddr {
        IpAddr::from(std::net::Ipv4Addr::from(0xc000_0000 + number))
    }

    #[test]
    fn no_network_holds_more_than_its_share_and_places_come_back() {
        let limits = Limits::new(220, TrustedProxies::new(vec!["10.0.0.1".parse().unwrap()]));
        let mut held: Vec<_> = std::iter::from_fn(|| limits.admit(peer("192.0.2.1"))).take(220).collect();
        assert_eq!(held.len(), 20, "a tenth of what is free beside them");
        assert!(limits.admit(peer("192.0.2.2")).is_some());
        held.pop();
        assert!(limits.admit(peer("192.0.2.1")).is_some());
        let _proxy: Vec<_> = (0..120).map(|_| limits.admit(peer("10.0.0.1")).unwrap()).collect();
        let _home: Vec<_> = (1..=16).map(|n| limits.admit(peer(&format!("2001:db8::{n}"))).unwrap()).collect();
        assert!(limits.admit(peer("2001:db8::ffff:1")).is_none() && limits.admit(peer("2001:db8:0:1::1")).is_some());
        drop(held);
        assert!(!limits.networks.0.contains_key(&network("192.0.2.1".parse().unwrap())), "nothing is kept of who left");
    }

    #[test]
    fn no_more_connections_than_allowed_in_all() {
        let limits = Limits::new(2, TrustedProxies::default());
        let _one = limits.admit(Peer::Unix).unwrap();
        let two = limits.admit(peer("192.0.2.1")).unwrap();
        assert!(limits.admit(peer("192.0.2.2")).is_none());
        drop(two);
        assert!(limits.admit(peer("192.0.2.2")).is_some());
    }

    #[test]
    fn ten_addresses_leave_room_for_everybody_else() {
        let limits = Limits::new(10_000, TrustedProxies::default());
        let mut held = Vec::new();
        for number in 0..10 {
            held.extend(std::iter::from_fn(|| limits.admit(Peer::Address(address(number)))));
        }
        assert_eq!(limits.all.free(), 3_858);
        assert!((0..16).all(|_| limits.admit(peer("198.51.100.1")).is_some()));
    }

    #[test]
    fn exchanges_are_shared_by_networks_and_sites() {
        let exchanges = Exchanges::new(4_000);
        let of = |number, site| exchanges.admit(&ClientAddress::of_peer(Peer::Address(address(number))), SiteId(site));
        let mut held: Vec<_> = std::iter::from_fn(|| of(0, 0).ok()).collect();
        assert_eq!(of(0, 0).unwrap_err(), OverLimit::Network);
        for number in 1..60 {
            held.extend(std::iter::from_fn(|| of(number, 0).ok()));
        }
        assert_eq!(of(100, 0).unwrap_err(), OverLimit::Site);
        assert!(of(100, 1).is_ok(), "another site is served");
        drop(held);
        assert!(of(0, 0).is_ok());
    }
}
