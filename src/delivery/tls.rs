//! TLS of outgoing connections: certificates are verified against the public roots and the operator's own.

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;

use crate::delivery::error::DeliverySetupError;

/// A client that trusts the public roots and `extra`. Without ALPN: the protocol's own file sets it.
pub(crate) fn client(extra: &[CertificateDer<'static>]) -> Result<rustls::ClientConfig, DeliverySetupError> {
    let mut roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    for certificate in extra {
        roots.add(certificate.clone()).map_err(|error| DeliverySetupError(error.to_string()))?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    Ok(rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| DeliverySetupError(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth())
}

/// Whether TLS failed, and not what is below it: some cause of the error is one of rustls.
pub(super) fn is_error_of_tls(error: &(dyn Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(current) = cause {
        if current.is::<rustls::Error>() {
            return true;
        }
        // An `io::Error` stands in for what it wraps: its source is that of the wrapped error.
        let wrapped = current.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        cause = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => current.source(),
        };
    }
    false
}

/// Reads PEM files, each with at least one certificate of an authority.
pub(crate) fn certificates(files: &[PathBuf]) -> Result<Vec<CertificateDer<'static>>, DeliverySetupError> {
    let mut all = Vec::new();
    for file in files {
        all.extend(of_file(file).map_err(|why| DeliverySetupError(format!("{}: {why}", file.display())))?);
    }
    Ok(all)
}

/// Why a file holds no certificate of an authority, if it does not: for `config`.
pub(crate) fn root_certificate_problem(file: &Path) -> Option<String> {
    of_file(file).err()
}

fn of_file(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let pem = std::fs::read(file).map_err(|error| error.to_string())?;
    let found: Vec<_> =
        CertificateDer::pem_slice_iter(&pem).collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    let mut roots = rustls::RootCertStore::empty();
    for certificate in &found {
        roots.add(certificate.clone()).map_err(|error| error.to_string())?;
    }
    if found.is_empty() { Err("no certificate in PEM form".to_owned()) } else { Ok(found) }
}
