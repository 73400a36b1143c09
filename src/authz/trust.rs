//! Which peers may send forward-auth requests.

use std::sync::atomic::{AtomicBool, Ordering};

use tracing::warn;

use crate::domain::client::Peer;
use crate::domain::network::TrustedProxies;
use crate::platform::telemetry::GATEWAY;
use crate::web::Problem;

/// The peers that are answered: those whose forwarding headers are trusted.
pub(super) struct Trust {
    proxies: TrustedProxies,
    /// Whether the warning was logged. It is logged once, because anybody can trigger it.
    told: AtomicBool,
}

impl Trust {
    pub(super) const fn new(proxies: TrustedProxies) -> Self {
        Self { proxies, told: AtomicBool::new(false) }
    }

    /// Refuses every peer that is not trusted. Otherwise any client could test which cookies are valid, and from which
    /// address, since it writes the client address itself.
    pub(super) fn check(&self, peer: Peer) -> Result<&TrustedProxies, Problem> {
        if self.proxies.include(peer) {
            return Ok(&self.proxies);
        }
        if !self.told.swap(true, Ordering::Relaxed) {
            warn!(
                target: GATEWAY,
                "a question to authz came from {peer}, which is no trusted proxy, and was refused; if it is your proxy, \
                 write: server.trusted_proxies = {}",
                self.proxies.written_with(peer)
            );
        }
        Err(Problem::Forbidden("questions are answered for server.trusted_proxies alone"))
    }
}
