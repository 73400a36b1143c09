//! Who may ask.

use std::sync::atomic::{AtomicBool, Ordering};

use tracing::warn;

use crate::domain::client::Peer;
use crate::domain::network::TrustedProxies;
use crate::platform::telemetry::GATEWAY;
use crate::web::Problem;

/// The peers whose questions are answered: those whose forwarding headers count.
pub(super) struct Trust {
    proxies: TrustedProxies,
    /// The operator is told once what to write: anybody can make us tell it again.
    told: AtomicBool,
}

impl Trust {
    pub(super) const fn new(proxies: TrustedProxies) -> Self {
        Self { proxies, told: AtomicBool::new(false) }
    }

    /// Refuses every other peer, whatever it asks: an answer would reveal which cookies are valid, to a stranger who
    /// could claim any address.
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
