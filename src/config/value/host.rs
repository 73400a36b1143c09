//! Hosts of sites, and the domain of cookies.

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;
use crate::config::public_suffix::is_public_suffix;
use crate::domain::host::{Authority, HostName, HostPattern};

/// `sites.host`: the hosts, and the port that people type after them if it is not that of `portal.url`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct SiteHost {
    pub(in crate::config) pattern: HostPattern,
    pub(in crate::config) port: Option<u16>,
}

impl ConfigValue for SiteHost {
    const EXAMPLE: &'static str = "app.example.com";

    fn kind() -> String {
        "a host, or `*.` and a host".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        if text == "*" {
            return Err(Fault::new("`*` is not a host", "remove `host` for a site that answers for every host"));
        }
        let remedy = format!(
            "write only the host, without scheme and path, such as `{}`; a port only if people type one",
            Self::EXAMPLE
        );
        let (below, written) = match text.strip_prefix("*.") {
            Some(parent) => (true, parent),
            None => (false, text),
        };
        let authority: Authority =
            written.parse().map_err(|_| Fault::new(format!("{} is not {}", quoted(text), Self::kind()), remedy))?;
        let host = authority.host().clone();
        let pattern = if below { HostPattern::Below(host) } else { HostPattern::Exact(host) };
        Ok(Self { pattern, port: authority.port() })
    }

    fn text(&self) -> String {
        match self.port {
            Some(port) => format!("{}:{port}", self.pattern),
            None => self.pattern.to_string(),
        }
    }
}

/// `session.cookie_domain`: a domain that contains all sites.
pub(in crate::config) struct CookieDomain(pub(in crate::config) HostName);

impl ConfigValue for CookieDomain {
    const EXAMPLE: &'static str = "example.com";

    fn kind() -> String {
        "a domain".to_owned()
    }

    /// Browsers refuse cookies for addresses and for top-level domains: nobody could stay signed in.
    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = format!("write the domain that all sites share, such as `{}`", Self::EXAMPLE);
        if let Some(suffix) = text.parse::<HostName>().ok().filter(is_public_suffix) {
            // RFC 6265 §5.3 step 5: browsers refuse such a cookie, because it would be sent to every stranger's host
            // below it.
            let what =
                format!("`{suffix}` is a public suffix, for which browsers refuse cookies: nobody could sign in");
            return Err(Fault::new(what, format!("write your own domain, such as `example.{suffix}`")));
        }
        let host = text.parse::<HostName>().ok().filter(|host| host.address().is_none() && host.as_str().contains('.'));
        host.map(Self).ok_or_else(|| Fault::new(format!("{} is not a domain for cookies", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        self.0.to_string()
    }
}
