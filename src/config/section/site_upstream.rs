//! `upstream` and `upstream_host` of a site: its addresses and how it is reached.

use http::Uri;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::Text;
use crate::config::section::sites::Site;
use crate::config::value::url::UpstreamUrl;
use crate::domain::origin::Scheme;
use crate::policy::AmbiguousPaths;
use crate::upstream::{SiteUpstream, UpstreamAddress};

/// The upstreams of all sites, in their order.
pub(super) fn to_settings(sites: &[Site], mistakes: &mut MistakeCollector<'_>) -> Vec<SiteUpstream> {
    let root = KeyPath::of("sites");
    sites.iter().enumerate().map(|(index, site)| one(site, &root.index(index), mistakes)).collect()
}

fn one(site: &Site, site_at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> SiteUpstream {
    let at = site_at.key("upstream");
    if site.upstream.is_empty() {
        mistakes.missing(&at, "write where the site runs, such as `[\"http://127.0.0.1:3000\"]`");
    }
    let base_path = site.upstream.first().map(|first| first.0.base_path()).unwrap_or_default();
    if site.upstream.iter().any(|other| other.0.base_path() != base_path) {
        let what = "addresses with different paths";
        mistakes.mistake(&at, Fault::new(what, "give all addresses of a site the same path"));
    }
    if !base_path.is_empty() && site.ambiguous_paths.0 == AmbiguousPaths::Pass {
        // `/../x` would leave the base path.
        let what = "`pass` together with an upstream with a path";
        let remedy =
            "write `refuse`: dot segments could leave that path, and reach places that no rule of this site covers";
        mistakes.mistake(&site_at.key("ambiguous_paths"), Fault::new(what, remedy));
    }
    let tls = site.tls.as_ref().map(|tls| tls.to_settings(&site_at.key("tls"), mistakes)).unwrap_or_default();
    let speaks_tls = |upstream: &Text<UpstreamUrl>| matches!(&upstream.0, UpstreamUrl::Http(origin, _) if origin.scheme() == Scheme::Https);
    if site.tls.is_some() && !mistakes.is_mistaken(&at) && !site.upstream.iter().all(speaks_tls) {
        // The operator believes that the connection is encrypted.
        let what = "no effect: not every address in `upstream` begins with `https://`";
        mistakes.mistake(&site_at.key("tls"), Fault::new(what, "write `https://`, or remove `tls`"));
    }
    SiteUpstream {
        addresses: addresses(site, &at, mistakes),
        base_path: base_path.to_owned(),
        tls,
        host: site.upstream_host.0.0.clone(),
    }
}

fn addresses(site: &Site, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> Vec<UpstreamAddress> {
    let judged = mistakes.is_mistaken(at);
    let mut addresses: Vec<UpstreamAddress> = Vec::with_capacity(site.upstream.len());
    for (place, Text(written)) in site.upstream.iter().enumerate() {
        match address(written) {
            Ok(address) if !judged && addresses.contains(&address) => {
                mistakes.mistake(&at.index(place), Fault::new("this upstream is listed twice", "remove one of them"));
            }
            Ok(address) => addresses.push(address),
            Err(error) => mistakes.mistake(&at.index(place), Fault::new(error, "write another URL")),
        }
    }
    addresses
}

fn address(written: &UpstreamUrl) -> Result<UpstreamAddress, String> {
    match written {
        UpstreamUrl::Http(origin, _) => {
            Uri::try_from(origin.to_string()).map(UpstreamAddress::Url).map_err(|error| error.to_string())
        }
        UpstreamUrl::Unix(path) => Ok(UpstreamAddress::Unix(path.clone())),
    }
}
