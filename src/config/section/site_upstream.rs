//! `upstream`, `upstream_host` and `tls` of a site: where it runs and how it is reached.

use http::Uri;
use rustls::RootCertStore;

use crate::config::key_path::KeyPath;
use crate::config::mistake::Fault;
use crate::config::mistakes::MistakeCollector;
use crate::config::reader::{Switch, Text, section};
use crate::config::section::sites::Site;
use crate::config::value::path::FilePath;
use crate::config::value::upstream_host::ServerHost;
use crate::config::value::url::UpstreamUrl;
use crate::domain::origin::Scheme;
use crate::platform::private_file;
use crate::policy::AmbiguousPaths;
use crate::upstream::{ClientCertificate, SiteTls, SiteUpstream, TlsSetting, UpstreamAddress, Verification};

section! {
    /// TLS towards a site whose address begins with `https://`. Files are read at start.
    Tls {
        /// The authorities that may vouch for the site, in PEM. They take the place of the public ones.
        ca: Option<Text<FilePath>>,
        /// The name that the site's certificate must hold, where it is not the host of the address.
        server_name: Option<Text<ServerHost>>,
        /// Our own certificate for a site that wants one, with those between it and its authority, in PEM.
        certificate: Option<Text<FilePath>>,
        /// Its private key, in PEM, readable by its owner alone.
        key: Option<Text<FilePath>>,
        /// Take any certificate. Whoever is on the network between can be the site and read everything.
        insecure: Switch = Switch::Off,
    }
}

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
        // `/../x` would leave the path that stands before it.
        let what = "`pass` beside an upstream with a path";
        let remedy = "write `refuse`: dot segments could leave that path, and reach what no rule of this site is about";
        mistakes.mistake(&site_at.key("ambiguous_paths"), Fault::new(what, remedy));
    }
    let tls = site.tls.as_ref().map(|tls| tls.to_settings(&site_at.key("tls"), mistakes)).unwrap_or_default();
    let speaks_tls = |upstream: &Text<UpstreamUrl>| matches!(&upstream.0, UpstreamUrl::Http(origin, _) if origin.scheme() == Scheme::Https);
    if site.tls.is_some() && !mistakes.is_mistaken(&at) && !site.upstream.iter().all(speaks_tls) {
        // Somebody who writes it believes that the way is encrypted.
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
                mistakes.mistake(&at.index(place), Fault::new("this upstream stands here twice", "remove one of them"));
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

impl Tls {
    fn to_settings(&self, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) -> SiteTls {
        let file = |file: &Option<Text<FilePath>>| file.as_ref().map(|file| file.0.0.clone());
        let client = match (file(&self.certificate), file(&self.key)) {
            (Some(certificate), Some(key)) => Some(ClientCertificate { certificate, key }),
            (None, None) => None,
            (Some(_), None) => {
                mistakes.missing(&at.key("key"), "write the private key of `certificate`");
                None
            }
            (None, Some(_)) => {
                mistakes.missing(&at.key("certificate"), "write the certificate of `key`");
                None
            }
        };
        let verification = match self.insecure {
            Switch::On => Verification::Off,
            Switch::Off => Verification::Full,
        };
        let server_name = self.server_name.as_ref().map(|name| name.0.0.clone());
        let tls = SiteTls { ca: file(&self.ca), server_name, client, verification };
        self.check(&tls, at, mistakes);
        tls
    }

    /// What can be known before a connection is made.
    fn check(&self, tls: &SiteTls, at: &KeyPath, mistakes: &mut MistakeCollector<'_>) {
        if let Some(client) = &tls.client
            && let Err(error) = private_file::check(&client.key)
        {
            return mistakes
                .mistake(&at.key("key"), Fault::new(error.to_string(), "the key says to the site who we are"));
        }
        if self.insecure == Switch::On && self.ca.is_some() {
            let what = "`true` beside `ca`, which then vouches for nothing";
            mistakes.mistake(&at.key("insecure"), Fault::new(what, "remove one of them"));
        }
        if let Err(error) = tls.config(&RootCertStore::empty()) {
            let key = match error.setting {
                TlsSetting::Ca => "ca",
                TlsSetting::Certificate => "certificate",
                TlsSetting::Key => "key",
            };
            mistakes.mistake(&at.key(key), Fault::new(error.to_string(), "write a PEM file with what belongs here"));
        }
        if self.insecure == Switch::On {
            mistakes.warning(
                &at.key("insecure"),
                "the certificate of this site is not verified: whoever is on the network between can be the site and read \
                 everything; name its authority in `ca`",
            );
        }
    }
}
