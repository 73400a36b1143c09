//! How many connections are open, in all and from one network.
//!
//! A connection over the limit is closed at once: whoever waits in a queue for it would wait behind an attacker.

use std::net::IpAddr;
use std::sync::Arc;

use dashmap::DashMap;
use dashmap::Entry;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::domain::client::Peer;
use crate::domain::network::TrustedProxies;

/// One network may hold this part of all connections, so that no single client can keep everybody out.
const SHARE: usize = 10;

/// Even a small limit lets a browser and a few programs of one network in.
const LEAST_FOR_NETWORK: usize = 16;

/// The limits, and what is open.
#[derive(Debug)]
pub(super) struct Limits {
    total: Arc<Semaphore>,
    networks: Arc<DashMap<u128, usize>>,
    most_for_network: usize,
    trusted: TrustedProxies,
}

/// The place of one connection; dropped when it is closed.
#[derive(Debug)]
pub(super) struct Place {
    _total: OwnedSemaphorePermit,
    network: Option<(Arc<DashMap<u128, usize>>, u128)>,
}

impl Limits {
    pub(super) fn new(most: usize, trusted: TrustedProxies) -> Self {
        let total = Arc::new(Semaphore::new(most.min(Semaphore::MAX_PERMITS)));
        let most_for_network = (most / SHARE).max(LEAST_FOR_NETWORK);
        Self { total, networks: Arc::new(DashMap::new()), most_for_network, trusted }
    }

    /// A place for a connection of `peer`, if there is one left.
    pub(super) fn admit(&self, peer: Peer) -> Option<Place> {
        let total = Arc::clone(&self.total).try_acquire_owned().ok()?;
        let network = match peer {
            // All visitors come through a trusted proxy or our own socket: there the peer says nothing about them.
            Peer::Address(address) if !self.trusted.include(peer) => Some(network(address)),
            Peer::Address(_) | Peer::Unix => None,
        };
        let Some(network) = network else { return Some(Place { _total: total, network: None }) };
        let mut open = self.networks.entry(network).or_insert(0);
        if *open >= self.most_for_network {
            return None;
        }
        *open += 1;
        drop(open);
        Some(Place { _total: total, network: Some((Arc::clone(&self.networks), network)) })
    }
}

/// An IPv4 address, or an IPv6 /64: one household has that many addresses.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(four) => four.to_ipv6_mapped().to_bits(),
        IpAddr::V6(six) => six.to_bits() & (u128::MAX << 64),
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((networks, network)) = &self.network else { return };
        if let Entry::Occupied(mut open) = networks.entry(*network) {
            *open.get_mut() = open.get().saturating_sub(1);
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer(text: &str) -> Peer {
        Peer::Address(text.parse().unwrap())
    }

    #[test]
    fn no_network_holds_more_than_its_share_and_places_come_back() {
        let limits = Limits::new(200, TrustedProxies::new(vec!["10.0.0.1".parse().unwrap()]));
        let mut held: Vec<_> = (0..20).map(|_| limits.admit(peer("192.0.2.1")).unwrap()).collect();
        assert!(limits.admit(peer("192.0.2.1")).is_none());
        assert!(limits.admit(peer("192.0.2.2")).is_some());
        held.pop();
        assert!(limits.admit(peer("192.0.2.1")).is_some());
        let _proxy: Vec<_> = (0..150).map(|_| limits.admit(peer("10.0.0.1")).unwrap()).collect();
        let _home: Vec<_> = (1..20).map(|n| limits.admit(peer(&format!("2001:db8::{n}"))).unwrap()).collect();
        assert!(limits.admit(peer("2001:db8::ffff:1")).is_some());
        drop(held);
        assert!(!limits.networks.contains_key(&network("192.0.2.1".parse().unwrap())), "nothing is kept of who left");
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
}
