//! Names of a site on its own network: in `Host`, and in its certificate.

use http::HeaderValue;
use rustls_pki_types::ServerName;

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;
use crate::domain::host::Authority;
use crate::upstream::HostPolicy;

/// `sites.upstream_host`.
pub(in crate::config) struct UpstreamHost(pub(in crate::config) HostPolicy);

/// `sites.tls.server_name`.
pub(in crate::config) struct ServerHost(pub(in crate::config) ServerName<'static>);

impl ConfigValue for UpstreamHost {
    const EXAMPLE: &'static str = "upstream";

    fn kind() -> String {
        "`keep`, `upstream` or a host".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let policy = match text {
            "keep" => HostPolicy::Keep,
            "upstream" => HostPolicy::Upstream,
            // Hosts are case-insensitive, these words are not.
            word if ["keep", "upstream"].iter().any(|known| word.eq_ignore_ascii_case(known)) => {
                let fix = format!("write `{}`", word.to_ascii_lowercase());
                return Err(Fault::new(format!("{} is not {}", quoted(word), Self::kind()), fix));
            }
            name => {
                let remedy = "write `keep` for the visitor's host, `upstream` for that of the address, or a host";
                let wrong = || Fault::new(format!("{} is not {}", quoted(name), Self::kind()), remedy);
                let authority: Authority = name.parse().map_err(|_| wrong())?;
                HostPolicy::Name(HeaderValue::from_str(&authority.to_string()).map_err(|_| wrong())?)
            }
        };
        Ok(Self(policy))
    }

    fn text(&self) -> String {
        match &self.0 {
            HostPolicy::Keep => "keep".to_owned(),
            HostPolicy::Upstream => "upstream".to_owned(),
            HostPolicy::Name(name) => String::from_utf8_lossy(name.as_bytes()).into_owned(),
        }
    }
}

impl ConfigValue for ServerHost {
    const EXAMPLE: &'static str = "app.internal";

    fn kind() -> String {
        "a host name".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let remedy = format!("write a name from the certificate, such as `{}`", Self::EXAMPLE);
        let name = ServerName::try_from(text.to_owned());
        name.map(Self).map_err(|_| Fault::new(format!("{} is not {}", quoted(text), Self::kind()), remedy))
    }

    fn text(&self) -> String {
        self.0.to_str().into_owned()
    }
}
