//! The addresses of one site. They are used in turn; an address that refused a connection is skipped for a while.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use http::HeaderValue;
use tokio::time::Instant;

use crate::upstream::idle::IdleConnections;
use crate::upstream::settings::UpstreamAddress;

/// How long an address that refused a connection is skipped: long enough that not every request of a busy site tries it
/// first, short enough that a restarted server is back soon.
const REST: Duration = Duration::from_secs(5);

/// One address of a site, with its idle connections and when it may be tried again.
#[derive(Debug)]
pub(super) struct Address {
    place: UpstreamAddress,
    /// The `Host` for this address.
    authority: HeaderValue,
    /// The address as shown in log messages.
    label: Arc<str>,
    idle: Arc<IdleConnections>,
    /// Milliseconds since `Addresses::born`.
    rests_until: AtomicU64,
}

/// All addresses of one site.
#[derive(Debug)]
pub(super) struct Addresses {
    list: Vec<Address>,
    turn: AtomicUsize,
    born: Instant,
}

impl Address {
    pub(super) const fn place(&self) -> &UpstreamAddress {
        &self.place
    }

    pub(super) const fn authority(&self) -> &HeaderValue {
        &self.authority
    }

    pub(super) const fn label(&self) -> &Arc<str> {
        &self.label
    }

    /// The connections to this address that wait for a request.
    pub(super) const fn idle(&self) -> &Arc<IdleConnections> {
        &self.idle
    }
}

impl Addresses {
    pub(super) fn new(places: &[UpstreamAddress], idle: impl Fn() -> IdleConnections) -> Self {
        let address = |place: &UpstreamAddress| Address {
            place: place.clone(),
            authority: authority(place),
            label: label(place).into(),
            idle: Arc::new(idle()),
            rests_until: AtomicU64::new(0),
        };
        Self { list: places.iter().map(address).collect(), turn: AtomicUsize::new(0), born: Instant::now() }
    }

    /// The address whose turn it is. Addresses that refused recently are skipped, unless all of them did.
    pub(super) fn next(&self) -> Option<&Address> {
        match self.list.as_slice() {
            [] => None,
            [only] => Some(only),
            several => {
                let start = self.turn.fetch_add(1, Ordering::Relaxed) % several.len();
                let round = || several.iter().cycle().skip(start).take(several.len());
                let now = self.now();
                round().find(|address| address.rests_until.load(Ordering::Relaxed) <= now).or_else(|| round().next())
            }
        }
    }

    /// The addresses to try for a connection, in order: `chosen`, then the others, those that refused recently last.
    pub(super) fn from(&self, chosen: &Address) -> Vec<&Address> {
        let now = self.now();
        let mut order: Vec<&Address> = self.list.iter().collect();
        order.sort_by_key(|address| {
            (!std::ptr::eq(*address, chosen), address.rests_until.load(Ordering::Relaxed) > now)
        });
        order
    }

    /// Records that the address refused a connection.
    pub(super) fn refused(&self, address: &Address) {
        let rest = u64::try_from(REST.as_millis()).unwrap_or(u64::MAX);
        address.rests_until.store(self.now().saturating_add(rest), Ordering::Relaxed);
    }

    fn now(&self) -> u64 {
        u64::try_from(self.born.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// The address as shown in log messages.
fn label(place: &UpstreamAddress) -> String {
    match place {
        UpstreamAddress::Url(uri) => uri.to_string().trim_end_matches('/').to_owned(),
        UpstreamAddress::Unix(path) => format!("unix:{}", path.display()),
    }
}

/// The `Host` for an address. A unix socket has no name, and apps behind one expect `localhost`.
fn authority(place: &UpstreamAddress) -> HeaderValue {
    let localhost = HeaderValue::from_static("localhost");
    match place {
        UpstreamAddress::Url(uri) => {
            uri.authority().and_then(|authority| HeaderValue::from_str(authority.as_str()).ok()).unwrap_or(localhost)
        }
        UpstreamAddress::Unix(_) => localhost,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hosts(addresses: &Addresses, turns: usize) -> String {
        (0..turns).filter_map(|_| addresses.next()?.authority().to_str().ok()?.get(..1)).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn addresses_are_used_in_turn_and_one_that_refused_rests() {
        let uris: Vec<UpstreamAddress> = ["http://a:1", "http://b:1", "http://c:1"]
            .iter()
            .map(|uri| UpstreamAddress::Url(uri.parse().unwrap()))
            .collect();
        let addresses = Addresses::new(&uris, || IdleConnections::new(REST, 1));
        assert_eq!(hosts(&addresses, 6), "abcabc");
        addresses.refused(&addresses.list[1]);
        assert_eq!(hosts(&addresses, 6), "accacc");
        let order: String = addresses.from(&addresses.list[2]).iter().map(|address| &address.label()[7..8]).collect();
        assert_eq!(order, "cab");
        tokio::time::advance(REST).await;
        assert_eq!(hosts(&addresses, 3), "abc");
        for address in &addresses.list {
            addresses.refused(address);
        }
        assert_eq!(hosts(&addresses, 3), "abc", "where all rest, none does");
    }
}
