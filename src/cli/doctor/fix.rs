//! What fixes a fault.

/// The closed list of what has to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fix {
    /// Make it reachable.
    Reach,
    /// Serve https, and lead plain http there.
    Https,
    /// Give a certificate that holds.
    Certificate,
    /// Make the gateway run and be reached by the proxy.
    Gateway,
    /// Tell the gateway the host, and make it a site.
    Host,
    /// Tell the gateway that visitors come by https, and make it believe the proxy.
    Believe,
    /// Pass our own pages to the gateway without asking.
    Portal,
    /// Refuse the questions of proxies from outside.
    Decisions,
    /// Ask the gateway about every request.
    Ask,
    /// Tell the gateway scheme, host and path as the visitor sees them, whatever the visitor sends.
    Original,
    /// Drop fields of visitors that replace the path at some apps.
    Replacements,
    /// Tell the gateway the address that the visitor connects from, and no other.
    Client,
    /// Ask about static files as well.
    StaticFiles,
    /// Hand the gateway's refusal on as it is.
    Refusal,
    /// Leave our cookies alone.
    Cookies,
    /// Give each site a cookie of its own, unless every host below the domain is trusted.
    Domain,
    /// Keep nothing of ours in a cache.
    Caching,
    /// Leave our security headers alone.
    Headers,
    /// Say that there is https alone.
    Hsts,
    /// Tell the app who is there, and let nobody else tell it.
    Identity,
    /// Pass paths on as they came.
    Paths,
    /// Show the gateway which second target a header names.
    SecondTarget,
    /// Refuse TRACE.
    Trace,
    /// Do not let a header change the method.
    Override,
}

impl Fix {
    /// All of them, for the tests.
    #[cfg(test)]
    pub(super) const ALL: [Self; 24] = [
        Self::Reach,
        Self::Https,
        Self::Certificate,
        Self::Gateway,
        Self::Host,
        Self::Believe,
        Self::Portal,
        Self::Decisions,
        Self::Ask,
        Self::Original,
        Self::Replacements,
        Self::Client,
        Self::StaticFiles,
        Self::Refusal,
        Self::Cookies,
        Self::Domain,
        Self::Caching,
        Self::Headers,
        Self::Hsts,
        Self::Identity,
        Self::Paths,
        Self::SecondTarget,
        Self::Trace,
        Self::Override,
    ];
}
