//! The authorities whose certificates `doctor` accepts.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context as _;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};

use super::trust::http_1;

/// Trusts the public authorities and those of a PEM file.
pub(in crate::cli) fn known_authorities(file: Option<&Path>) -> anyhow::Result<ClientConfig> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(file) = file {
        let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
        let certificates = read.with_context(|| format!("{} cannot be read as PEM", file.display()))?;
        anyhow::ensure!(!certificates.is_empty(), "{} contains no certificate", file.display());
        for certificate in certificates {
            let added = roots.add(certificate);
            added.with_context(|| format!("{} contains something that is not a certificate", file.display()))?;
        }
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(http_1(builder.with_root_certificates(roots).with_no_client_auth()))
}
