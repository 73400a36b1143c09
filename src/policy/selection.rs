//! Which requests a rule is about: path, method, network of the client.

use std::fmt;

use http::Method;

use crate::domain::client::ClientAddress;
use crate::domain::network::Network;
use crate::policy::pattern::PathPattern;

/// What selects a rule. All of it has to match; what is left out matches everything.
#[derive(Debug, Clone)]
pub struct Selection {
    /// The paths.
    pub path: PathPattern,
    /// The methods; none: every one. `GET` includes `HEAD` (RFC 9110 §9.3.2: the same without its body).
    pub methods: Vec<Method>,
    /// The networks of the client; none: every client.
    pub networks: Vec<Network>,
}

/// Why a rule was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mismatch {
    /// Another path.
    Path,
    /// Another method.
    Method,
    /// The client comes from elsewhere, or its address is not known.
    Network,
}

impl Default for Selection {
    fn default() -> Self {
        Self { path: PathPattern::ANY, methods: Vec::new(), networks: Vec::new() }
    }
}

impl Selection {
    /// Why it does not match a request with this path; `None` where it does.
    pub(super) fn mismatch(&self, path: &str, method: &Method, client: ClientAddress) -> Option<Mismatch> {
        if !self.path.matches(path) {
            return Some(Mismatch::Path);
        }
        if !self.takes(method) {
            return Some(Mismatch::Method);
        }
        (!self.is_for(client)).then_some(Mismatch::Network)
    }

    /// Whether it is about this method.
    pub(super) fn takes(&self, method: &Method) -> bool {
        self.methods.is_empty()
            || self.methods.contains(method)
            || (*method == Method::HEAD && self.methods.contains(&Method::GET))
    }

    /// Whether it is about this client.
    pub(super) fn is_for(&self, client: ClientAddress) -> bool {
        self.networks.is_empty() || self.networks.iter().any(|network| network.holds(client))
    }

    /// Whether whatever `other` matches is certainly matched by this one: behind it, the other never counts.
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
