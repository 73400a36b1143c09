//! The fixes for the faults that `doctor` finds. `instructions` turns each into the lines for one proxy.

/// What has to be done to fix a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Fix {
    /// Make the deployment reachable.
    Reach,
    /// Serve https, and redirect plain http to it.
    Https,
    /// Install a valid certificate.
    Certificate,
    /// Start the gateway and make it reachable for the proxy.
    Gateway,
    /// Pass the host to the gateway, and configure it as a site.
    Host,
    /// Pass the scheme `https` to the gateway, and list the proxy in `server.trusted_proxies`.
    Believe,
    /// Pass our own pages to the gateway without a forward-auth request.
    Portal,
    /// Refuse forward-auth requests from outside.
    Decisions,
    /// Ask the gateway about every request.
    Ask,
    /// Pass scheme, host and path to the gateway as the visitor sees them, whatever the visitor sends.
    Original,
    /// Remove visitors' fields that replace the path in some apps.
    Replacements,
    /// Pass the gateway the address that the visitor connects from, and no other.
    Client,
    /// Ask about static files as well.
    StaticFiles,
    /// Pass the gateway's refusal on unchanged.
    Refusal,
    /// Do not change our cookies.
    Cookies,
    /// Give each site its own cookie, unless every host below the domain is trusted.
    Domain,
    /// Do not cache our answers.
    Caching,
    /// Do not change our security headers.
    Headers,
    /// Send Strict-Transport-Security.
    Hsts,
    /// Pass the identity to the app, and remove identity headers from any other source.
    Identity,
    /// Pass paths on unchanged.
    Paths,
    /// Pass headers that name a second target to the gateway.
    SecondTarget,
    /// Refuse TRACE.
    Trace,
    /// Do not let a header change the method.
    Override,
}

impl Fix {
    /// All variants, for the tests.
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
