//! What mends a fault: exact lines for the proxy in front where its configuration is to blame, words where nothing else
//! is. One file for each proxy; a proxy says `None` where [`general`] says all there is to say.

mod apache;
mod caddy;
mod envoy;
mod general;
mod haproxy;
mod ingress_nginx;
mod nginx;
mod traefik;

use super::deployment::Deployment;
use super::proxy::Proxy;

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
    /// Tell the gateway scheme, host and path as the visitor sees them, whatever he says himself.
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

    /// The lines, with this deployment's host and prefix. The addresses are those of the files in `config`:
    /// the gateway at port 9091, the app at port 3000.
    pub(super) fn lines(self, proxy: Option<Proxy>, deployment: &Deployment) -> String {
        if self == Self::Believe && proxy != Some(Proxy::None) {
            // Either side may be the one that lacks its line, and from outside both look the same.
            return format!("{}\n{}", Self::Original.lines(proxy, deployment), general::lines(self));
        }
        let own = self.own(proxy);
        let lines = match own {
            // The proxy may pass the host on, and the gateway not know it: from outside both look the same.
            Some(own) if self == Self::Host && proxy != Some(Proxy::None) => format!("{own}\n{SITE}"),
            own => own.unwrap_or_else(|| general::lines(self)).to_owned(),
        };
        lines.replace("PREFIX", &deployment.prefix).replace("HOST", deployment.host())
    }

    fn own(self, proxy: Option<Proxy>) -> Option<&'static str> {
        match proxy {
            Some(Proxy::Nginx) => nginx::lines(self),
            Some(Proxy::IngressNginx) => ingress_nginx::lines(self),
            Some(Proxy::Traefik) => traefik::lines(self),
            Some(Proxy::Caddy) => caddy::lines(self),
            Some(Proxy::Haproxy) => haproxy::lines(self),
            Some(Proxy::Envoy) => envoy::lines(self),
            Some(Proxy::Apache) => apache::lines(self),
            Some(Proxy::None) => general::without_proxy(self),
            None => None,
        }
    }
}

const SITE: &str = "# in portcullis.toml\n[[sites]]\nhost = \"HOST\"";

#[cfg(test)]
mod tests;
