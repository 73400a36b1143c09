//! The requests that a rule applies to: path, method, network of the client.

use std::fmt;

use http::Method;

use crate::domain::client::ClientAddress;
use crate::domain::network::Network;
use crate::policy::pattern::PathPattern;

/// The conditions of a rule. All of them have to match; a condition that is left out matches everything.
#[derive(Debug, Clone)]
pub struct Selection {
    pub path: PathPattern,
    /// The methods; empty: all. `GET` includes `HEAD` (RFC 9110 §9.3.2: the same without the body).
    pub methods: Vec<Method>,
    /// The client's networks; empty: all clients.
    pub networks: Vec<Network>,
}

/// Why a rule did not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// The path differs.
    Path,
    /// The method differs.
    Method,
    /// The client is in none of the networks, or its address is not known.
    Network,
}

impl Default for Selection {
    fn default() -> Self {
        Self { path: PathPattern::ANY, methods: Vec::new(), networks: Vec::new() }
    }
}

impl Selection {
    /// Why the rule does not match this request; `None` if it matches.
    pub(super) fn mismatch(&self, path: &str, method: &Method, client: ClientAddress) -> Option<Mismatch> {
        if !self.path.matches(path) {
            return Some(Mismatch::Path);
        }
        if !self.takes(method) {
            return Some(Mismatch::Method);
        }
        (!self.is_for(client)).then_some(Mismatch::Network)
    }

    /// Whether the methods include this one.
    pub(super) fn takes(&self, method: &Method) -> bool {
        self.methods.is_empty()
            || self.methods.contains(method)
            || (*method == Method::HEAD && self.methods.contains(&Method::GET))
    }

    /// Whether the networks include this client.
    pub(super) fn is_for(&self, client: ClientAddress) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network.holds(client))
    }

    /// Whether this selection certainly matches every request that `other` matches. A later rule with `other` then
    /// never applies.
    pub fn covers(&self, other: &Self) -> bool {
        let methods = self.methods.is_empty()
            || (!other.methods.is_empty() && other.methods.iter().all(|method| self.takes(method)));
        let holds = |inner: &Network| self.networks.iter().any(|network| network.covers(inner));
        let networks = self.networks.is_empty() || (!other.networks.is_empty() && other.networks.iter().all(holds));
        methods && networks && self.path.covers(&other.path)
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "another path",
            Self::Method => "another method",
            Self::Network => "the client is in none of its networks",
        })
    }
}
