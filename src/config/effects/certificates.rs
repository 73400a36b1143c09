//! Finds certificates that no browser will accept: over, not yet valid, or for other hosts.
//!
//! `config check` fails on all of them. `serve` only warns of dates: a restart must not turn a certificate that ran out in
//! the night into a gateway that is down, and behind a clock that was never set every certificate looks wrong. A host that
//! no certificate names is a mistake for `serve` too: no time mends it, and nobody gets to that host.

use crate::config::key_path::KeyPath;
use crate::config::origin::Origins;
use crate::config::settings::Settings;
use crate::domain::host::{HostName, HostPattern};
use crate::platform::clock::Timestamp;
use crate::server::Certificate;

/// The key of each certificate and that of their list, with the place where it was set.
pub(in crate::config) struct CertificateKeys {
    list: String,
    certificates: Vec<String>,
}

impl CertificateKeys {
    pub(in crate::config) fn of(settings: &Settings, origins: &Origins) -> Self {
        let at = KeyPath::of("server").key("tls");
        let named = |at: &KeyPath| format!("{at} ({})", origins.of(at));
        let certificate = |index: usize| named(&at.index(index).key("certificate"));
        Self { list: named(&at), certificates: (0..settings.server.tls.len()).map(certificate).collect() }
    }
}

/// One line for each certificate that is over or not yet valid. The files were read before: pairs that do not match are
/// mistakes.
pub(in crate::config) fn outdated_ones(settings: &Settings, keys: &CertificateKeys, now: Timestamp) -> Vec<String> {
    let dated = read(settings).into_iter().zip(&keys.certificates);
    dated.filter_map(|(certificate, key)| Some(format!("{key}: {}", outdated(&certificate?, now)?))).collect()
}

/// One line for each host that no certificate is for. A proxy in front has the certificate that visitors see.
pub(in crate::config) fn uncovered_hosts(settings: &Settings, keys: &CertificateKeys) -> Vec<String> {
    if settings.server.tls.is_empty() || !settings.server.trusted_proxies.is_empty() {
        return Vec::new();
    }
    let certificates: Vec<Certificate> = read(settings).into_iter().flatten().collect();
    let is_covered = |host: &String| certificates.iter().any(|certificate| certificate.is_for(host));
    let uncovered = hosts(settings).into_iter().filter(|host| !is_covered(host));
    uncovered.map(|host| format!("{}: no certificate is for {host}; add one that names it", keys.list)).collect()
}

/// One for each pair. `None`: it cannot be read any more.
fn read(settings: &Settings) -> Vec<Option<Certificate>> {
    settings.server.tls.iter().map(|pair| Certificate::open(pair).ok()).collect()
}

fn outdated(certificate: &Certificate, now: Timestamp) -> Option<String> {
    let validity = certificate.validity()?;
    if now > validity.until {
        return Some(format!(
            "the certificate ended at {}; renew it, or set the clock of this machine, which says {now}",
            validity.until
        ));
    }
    (now < validity.from).then(|| {
        format!(
            "the certificate begins at {}; set the clock of this machine, which says {now}, or use one that is valid now",
            validity.from
        )
    })
}

/// The names that visitors type, as certificates have them; below a wildcard, one example.
fn hosts(settings: &Settings) -> Vec<String> {
    let named = |host: &HostName| host.address().map_or_else(|| host.to_string(), |address| address.to_string());
    let portal = settings.web.portal.as_ref().map(|portal| named(portal.authority().host()));
    let sites = settings.sites.iter().filter_map(|site| match &site.host {
        HostPattern::Exact(host) => Some(named(host)),
        HostPattern::Below(host) => Some(format!("any-host.{host}")),
        HostPattern::Any => None,
    });
    sites.chain(portal).collect()
}
