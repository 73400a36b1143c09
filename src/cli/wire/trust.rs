//! TLS configuration that verifies no certificate, and the ALPN of every request.

use rustls::{ClientConfig, RootCertStore};

use crate::upstream::{SiteTls, Verification};

/// Accepts any certificate. Only for requests without secrets, whose answer grants nothing.
pub(in crate::cli) fn any_certificate() -> anyhow::Result<ClientConfig> {
    let insecure = SiteTls { verification: Verification::Off, ..SiteTls::default() };
    Ok(http_1(insecure.config(&RootCertStore::empty())?))
}

/// Requests are written in HTTP/1.1, so ALPN offers nothing else.
pub(super) fn http_1(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    config
}
