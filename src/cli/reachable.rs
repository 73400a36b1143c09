//! What `serve` says of itself at the start: where it can be reached and what it protects. `config check` also says what
//! cannot be reached.

use crate::config::settings::Settings;
use crate::domain::host::HostPattern;
use crate::policy::SiteSettings;
use crate::server::ListenAddress;
use crate::web::PlainHttp;

/// More URLs than this are counted, not listed.
const LISTED: usize = 5;

/// The sites and how visitors come to them; made of the settings before the start.
pub(super) struct Reachable {
    sites: Vec<SiteSettings>,
    portal: Option<String>,
    front: Front,
    plain_http: PlainHttp,
}

/// What visitors speak to first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Front {
    /// A trusted proxy, which is assumed to speak https on the usual port.
    Proxy,
    /// The gateway's own TLS port.
    Tls,
    /// The gateway's own port without TLS.
    Plain,
}

impl Reachable {
    pub(super) fn of(settings: &Settings) -> Self {
        let front = if !settings.server.tls.is_empty() {
            Front::Tls
        } else if settings.server.trusted_proxies.is_empty() {
            Front::Plain
        } else {
            Front::Proxy
        };
        let portal = settings.web.portal.as_ref().map(ToString::to_string);
        Self { sites: settings.sites.clone(), portal, front, plain_http: settings.web.plain_http }
    }

    /// One line: the URLs of the sites that can be reached, for people who ask where to go now.
    pub(super) fn line(&self, listening: &[ListenAddress]) -> String {
        let address = listening.iter().find_map(|address| match address {
            ListenAddress::Tcp(address) => Some(address),
            ListenAddress::Unix(_) => None,
        });
        let sites: Vec<&SiteSettings> = self.sites.iter().filter(|site| self.refused_host(site).is_none()).collect();
        if sites.is_empty() {
            return "no site can be reached".to_owned();
        }
        let urls: Vec<String> = sites.iter().take(LISTED).map(|site| self.url(site, address.copied())).collect();
        let more = sites.len().saturating_sub(LISTED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let portal = self.portal.as_ref().map(|portal| format!("; people sign in at {portal}")).unwrap_or_default();
        format!("reachable at {}{more}{portal}", urls.join(", "))
    }

    fn url(&self, site: &SiteSettings, address: Option<std::net::SocketAddr>) -> String {
        let (scheme, usual) = match self.front {
            Front::Proxy | Front::Tls => ("https", 443),
            Front::Plain => ("http", 80),
        };
        let own = address.filter(|_| self.front != Front::Proxy).map(|address| address.port());
        let port = site.port.or(own).filter(|port| *port != usual).map(|port| format!(":{port}")).unwrap_or_default();
        match (&site.host, address) {
            (HostPattern::Any, Some(address)) if self.front != Front::Proxy => format!("{scheme}://{address}/"),
            (HostPattern::Any, _) => "every host that the proxy passes on".to_owned(),
            (HostPattern::Exact(_) | HostPattern::Below(_), _) => format!("{scheme}://{}{port}/", site.host),
        }
    }

    /// One line: how much there is.
    pub(super) fn count(&self, accounts: usize) -> String {
        format!("{}, {}", counted(self.sites.len(), "site"), counted(accounts, "account"))
    }

    /// The sites that no visitor reaches, with what to do.
    pub(super) fn refused(&self) -> Option<String> {
        let refused: Vec<String> = self.sites.iter().filter_map(|site| self.refused_host(site)).collect();
        (!refused.is_empty()).then(|| {
            format!(
                "{} cannot be reached: plain http is for hosts of this machine; set `server.tls`, or \
                 `server.trusted_proxies` to the proxy in front that ends TLS",
                refused.join(", ")
            )
        })
    }

    /// The host of a site that is not served, because passwords would cross a network in plain text.
    fn refused_host(&self, site: &SiteSettings) -> Option<String> {
        let plain = self.front == Front::Plain && self.plain_http == PlainHttp::Loopback;
        match &site.host {
            HostPattern::Exact(host) | HostPattern::Below(host) if plain && !host.is_loopback() => {
                Some(site.host.to_string())
            }
            HostPattern::Any | HostPattern::Exact(_) | HostPattern::Below(_) => None,
        }
    }
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
