//! Warns if `server.trusted_proxies` contains too many public addresses.

use crate::config::key_path::KeyPath;
use crate::config::mistakes::MistakeCollector;
use crate::config::section::server::Server;
use crate::domain::network::{Network, Reach, TrustedProxy};

/// The number of addresses in a /8. The published networks of the largest content networks together have fewer than a
/// quarter of that, so a larger set includes strangers.
const MOST_IPV4: u64 = 1 << 24;

/// The number of addresses in a /16. Providers announce networks of /29 to /32, and a list of them fits many times into
/// a /16; a registry assigns little more than one /12 to a continent.
const MOST_IPV6: u128 = 1 << 112;

pub(super) fn judge(server: &Server, mistakes: &mut MistakeCollector<'_>) {
    let at = KeyPath::of("server").key("trusted_proxies");
    // A network of prefix length 0 has its own warning.
    let networks: Vec<Network> = server
        .trusted_proxies
        .iter()
        .filter_map(|proxy| match &proxy.0 {
            TrustedProxy::Network(network) if network.bits() > 0 => Some(*network),
            TrustedProxy::Network(_) | TrustedProxy::Unix => None,
        })
        .collect();
    let reach = Reach::of(&networks);
    let everything = Reach::everything();
    let advice = "any client there can claim any address and host: list only the addresses of your own proxies";
    if reach.ipv4 > MOST_IPV4 {
        let whole = if reach.ipv4 == everything.ipv4 {
            "every public IPv4 address"
        } else {
            "more public IPv4 addresses than a /8"
        };
        mistakes.warning(&at, format!("these networks together contain {whole}; {advice}"));
    }
    if reach.ipv6 > MOST_IPV6 {
        let whole = if reach.ipv6 == everything.ipv6 {
            "every public IPv6 address"
        } else {
            "more public IPv6 addresses than a /16"
        };
        mistakes.warning(&at, format!("these networks together contain {whole}; {advice}"));
    }
}
