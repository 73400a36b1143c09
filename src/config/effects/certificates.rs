//! Finds certificates that no browser will accept: over, not yet valid, or for other hosts.
//!
//! `config check` fails on them. `serve` only warns: a restart must not turn a certificate that ran out in the night into
//! a gateway that is down, and behind a clock that was never set every certificate looks wrong.

use crate::config::key_path::KeyPath;
use crate::config::origin::Origins;
use crate::config::settings::Settings;
use crate::domain::host::HostPattern;
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

/// One line for each fault. The files were read before: pairs that do not match are mistakes.
pub(in crate::config) fn judge(settings: &Settings, keys: &CertificateKeys, now: Timestamp) -> Vec<String> {
    let certificates: Vec<Certificate> =
        settings.server.tls.iter().filter_map(|pair| Certificate::open(pair).ok()).collect();
    let dated = certificates.iter().zip(&keys.certificates);
    let mut faults: Vec<String> =
        dated.filter_map(|(certificate, key)| Some(format!("{key}: {}", outdated(certificate, now)?))).collect();
    // A proxy in front has the certificate that visitors see.
    if settings.server.tls.is_empty() || !settings.server.trusted_proxies.is_empty() {
        return faults;
    }
    for host in hosts(settings) {
        if !certificates.iter().any(|certificate| certificate.is_for(&host)) {
            faults.push(format!("{}: no certificate is for {host}; add one that names it", keys.list));
        }
    }
    faults
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

/// The names that visitors type; below a wildcard, one example.
fn hosts(settings: &Settings) -> Vec<String> {
    let portal = settings.web.portal.as_ref().map(|portal| portal.authority().host().to_string());
    let sites = settings.sites.iter().filter_map(|site| match &site.host {
        HostPattern::Exact(host) => Some(host.to_string()),
        HostPattern::Below(host) => Some(format!("any-host.{host}")),
        HostPattern::Any => None,
    });
    sites.chain(portal).collect()
}
