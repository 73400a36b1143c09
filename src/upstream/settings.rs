//! The settings of upstreams.

use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;

use crate::upstream::site_tls::SiteTls;

/// The upstream of one site, at the index given by its `domain::site::SiteId`.
#[derive(Debug, Clone, Default)]
pub struct SiteUpstream {
    /// Where the site runs; several addresses are used in turn.
    pub addresses: Vec<UpstreamAddress>,
    /// The prefix of every path: empty, or a path without a slash at its end.
    pub base_path: String,
    /// `sites.tls`.
    pub tls: SiteTls,
    /// `sites.upstream_host`.
    pub host: HostPolicy,
}

/// The address of a site's server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UpstreamAddress {
    /// `http://host:port` or `https://host:port`, without a path.
    Url(http::Uri),
    /// `unix:/path`: plain HTTP over a unix socket.
    Unix(PathBuf),
}

/// Which `Host` the site gets (`sites.upstream_host`).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum HostPolicy {
    /// The visitor's `Host`.
    #[default]
    Keep,
    /// The host and port of the address.
    Upstream,
    /// A fixed name.
    Name(HeaderValue),
}

/// All upstreams and their timeouts.
#[derive(Debug, Clone)]
pub struct Settings {
    /// One for each site, in the order of the configuration.
    pub sites: Vec<SiteUpstream>,
    /// `upstream.connect_timeout`, 5 s.
    pub connect_timeout: Duration,
    /// `upstream.response_timeout`, 60 s: the time until the head of the answer. It restarts while the request still
    /// arrives.
    pub response_timeout: Duration,
    /// `upstream.idle_timeout`, 30 s: how long an unused connection is kept.
    pub idle_timeout: Duration,
    /// `upstream.max_idle_connections`, 1,024: the limit for each address.
    pub max_idle_connections: usize,
}
