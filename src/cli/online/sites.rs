//! Reaches every address of every site.

use futures_util::StreamExt as _;
use futures_util::stream;
use http::HeaderValue;

use super::report::{Finding, Kind, Report};
use crate::config::load::Config;
use crate::domain::host::HostPattern;
use crate::policy::SiteSettings;
use crate::upstream::{Destination, UpstreamAddress, UpstreamError, reach};

/// So many at once: a configuration with a thousand sites must not run out of open files.
const AT_ONCE: usize = 32;

pub(super) async fn check(config: &Config) -> Report {
    let mut trials = Vec::new();
    for (site, upstream) in config.settings.upstream.sites.iter().enumerate() {
        trials.extend((0..upstream.addresses.len()).map(|index| one(config, site, index)));
    }
    Report::join(stream::iter(trials).buffered(AT_ONCE).collect().await)
}

async fn one(config: &Config, site: usize, index: usize) -> Report {
    let settings = &config.settings.upstream;
    let Some(upstream) = settings.sites.get(site) else { return Report::default() };
    let Some(address) = upstream.addresses.get(index) else { return Report::default() };
    let host = config.settings.sites.get(site).and_then(host);
    let at = config.places.upstream(site, index);
    match reach(settings, &Destination { upstream, address, host }).await {
        Ok(status) => Report::reached(format!("{}: {} answers {}", at.key, shown(address), status.as_u16())),
        Err(error) => {
            let (what, remedy) = explained(&error, address, site);
            let kind =
                if matches!(error, UpstreamError::Tls(_)) { Kind::WrongConfiguration } else { Kind::Unreachable };
            Report::found(Finding { at, what, remedy, kind })
        }
    }
}

/// What visitors type, where it is one host.
fn host(site: &SiteSettings) -> Option<HeaderValue> {
    let HostPattern::Exact(host) = &site.host else { return None };
    let port = site.port.map(|port| format!(":{port}")).unwrap_or_default();
    HeaderValue::from_str(&format!("{host}{port}")).ok()
}

fn shown(address: &UpstreamAddress) -> String {
    match address {
        UpstreamAddress::Url(url) => url.to_string().trim_end_matches('/').to_owned(),
        UpstreamAddress::Unix(path) => format!("unix:{}", path.display()),
    }
}

fn explained(error: &UpstreamError, address: &UpstreamAddress, site: usize) -> (String, String) {
    let address = shown(address);
    match error {
        UpstreamError::Handshake(_) => (
            format!("TLS with the app fails: {error}"),
            format!(
                "name the authority of its certificate in `sites[{site}].tls.ca`, or its name in \
                 `sites[{site}].tls.server_name`; or write `http://` if the app speaks no TLS"
            ),
        ),
        UpstreamError::TimedOut => (
            format!("{address} does not answer in time"),
            "start the app, correct the address, or let this machine connect to it".to_owned(),
        ),
        UpstreamError::InvalidAnswer(_) => (
            format!("what answers there is not an app: {error}"),
            "write the address at which the app speaks http; `https://` if it speaks TLS".to_owned(),
        ),
        UpstreamError::Unreachable(_) | UpstreamError::Visitor(_) | UpstreamError::Target | UpstreamError::Tls(_) => {
            (format!("the app cannot be reached: {error}"), "start it, or correct the address".to_owned())
        }
    }
}
