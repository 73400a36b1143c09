//! Whose certificates are taken.

use rustls::{ClientConfig, RootCertStore};

use crate::upstream::{SiteTls, Verification};

/// Takes any certificate. Only for a question without secrets, whose answer opens nothing.
pub(in crate::cli) fn any_certificate() -> anyhow::Result<ClientConfig> {
    let insecure = SiteTls { verification: Verification::Off, ..SiteTls::default() };
    Ok(http_1(insecure.config(&RootCertStore::empty())?))
}

/// The question is written in HTTP/1.1, so nothing else is offered.
pub(super) fn http_1(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}
