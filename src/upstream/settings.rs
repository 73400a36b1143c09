//! What the configuration says of upstreams.

use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;

use crate::upstream::site_tls::SiteTls;

/// The upstream of one site (at the same place as `domain::site::SiteId`).
#[derive(Debug, Clone, Default)]
pub struct SiteUpstream {
    /// Several are used in turn.
    pub addresses: Vec<UpstreamAddress>,
    /// What stands before every path: empty, or a path without a slash at its end.
    pub base_path: String,
    /// `sites.tls`.
    pub tls: SiteTls,
    /// `sites.upstream_host`.
    pub host: HostPolicy,
}

/// Where a site runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpstreamAddress {
    /// `http://host:port` or `https://host:port`, without a path.
    Url(http::Uri),
    /// `unix:/path`: plain HTTP over a unix socket.
    Unix(PathBuf),
}

/// Which `Host` the site gets.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HostPolicy {
    /// The visitor's.
    #[default]
    Keep,
    /// That of the address.
    Upstream,
    /// This one.
    Name(HeaderValue),
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
