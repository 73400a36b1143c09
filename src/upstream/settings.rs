//! What the configuration says of upstreams.

use std::time::Duration;

/// The upstream of one site (at the same place as `access::SiteId`).
#[derive(Debug, Clone)]
pub struct SiteUpstream {
    /// `http://host:port` or `https://host:port`, no path; several are used in turn.
    pub addresses: Vec<http::Uri>,
}

/// All upstreams and their timeouts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// One for each site.
    pub sites: Vec<SiteUpstream>,
    /// `upstream.connect_timeout`, 5 s.
    pub connect_timeout: Duration,
    /// `upstream.response_timeout`, 60 s: until the head of the answer, counted anew while the request still arrives.
    pub response_timeout: Duration,
    /// `upstream.idle_timeout` of pooled connections, 30 s.
    pub idle_timeout: Duration,
    /// `upstream.max_idle_connections` of one address, 1,024.
    pub max_idle_connections: usize,
}
