//! TLS 1.2 and 1.3 by rustls, without early data. The certificate is chosen by server name.

use std::path::Path;
use std::sync::Arc;

use arc_swap::ArcSwap;
use rustls::ServerConfig;
use rustls::client::verify_server_name;
use rustls::crypto::CryptoProvider;
use rustls::crypto::ring::default_provider;
use rustls::server::{ClientHello, ParsedCertificate, ResolvesServerCert};
use rustls::sign::CertifiedKey;
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use tokio_rustls::TlsAcceptor;

use crate::server::error::ServerError;
use crate::server::settings::TlsPair;

/// The protocols offered by ALPN, preferred first.
const PROTOCOLS: [&[u8]; 2] = [b"h2", b"http/1.1"];

/// The TLS configuration. Its certificates can be reloaded, because they are renewed more often than a gateway
/// restarts.
pub(super) struct Tls {
    acceptor: TlsAcceptor,
    certificates: Arc<Certificates>,
    pairs: Vec<TlsPair>,
}

/// All certificates, in the order of the configuration.
#[derive(Debug)]
struct Certificates(ArcSwap<Vec<Arc<CertifiedKey>>>);

impl Tls {
    /// Reads the certificates. `None` if none are configured.
    pub(super) fn open(pairs: &[TlsPair]) -> Result<Option<Self>, ServerError> {
        if pairs.is_empty() {
            return Ok(None);
        }
        let certificates = Arc::new(Certificates(ArcSwap::from_pointee(read_all(pairs)?)));
        let mut config = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()?
            .with_no_client_auth()
            .with_cert_resolver(Arc::clone(&certificates) as Arc<dyn ResolvesServerCert>);
        config.alpn_protocols = PROTOCOLS.iter().map(|name| name.to_vec()).collect();
        // A request in early data could be replayed (RFC 8470).
        config.max_early_data_size = 0;
        // Session tickets under a key that rotates by itself: a returning visitor saves half of the handshake.
        config.ticketer = rustls::crypto::ring::Ticketer::new()?;
        Ok(Some(Self { acceptor: TlsAcceptor::from(Arc::new(config)), certificates, pairs: pairs.to_vec() }))
    }

    /// Turns TCP connections into TLS connections.
    pub(super) fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.clone()
    }

    /// Reads the files again, for the next handshakes. On error the old certificates stay in use.
    pub(super) fn reload(&self) -> Result<(), ServerError> {
        self.certificates.0.store(Arc::new(read_all(&self.pairs)?));
        Ok(())
    }
}

fn read_all(pairs: &[TlsPair]) -> Result<Vec<Arc<CertifiedKey>>, ServerError> {
    let provider = default_provider();
    pairs.iter().map(|pair| read(pair, &provider)).collect()
}

pub(super) fn read(pair: &TlsPair, provider: &CryptoProvider) -> Result<Arc<CertifiedKey>, ServerError> {
    let wrong = |file: &Path, why: String| ServerError::Certificate { file: file.to_owned(), why };
    let certificates = CertificateDer::pem_file_iter(&pair.certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|error| wrong(&pair.certificate, explain(&error)))?;
    let Some(first) = certificates.first() else {
        return Err(wrong(&pair.certificate, lacking(&pair.certificate, "certificate")));
    };
    ParsedCertificate::try_from(first).map_err(|error| wrong(&pair.certificate, error.to_string()))?;
    let key = PrivateKeyDer::from_pem_file(&pair.key).map_err(|error| {
        let none = matches!(error, rustls_pki_types::pem::Error::NoItemsFound);
        wrong(&pair.key, if none { lacking(&pair.key, "private key") } else { explain(&error) })
    })?;
    let certified = CertifiedKey::from_der(certificates, key, provider).map_err(|error| {
        let foreign = matches!(error, rustls::Error::InconsistentKeys(_));
        let of = || format!("the key does not belong to the certificate {}", pair.certificate.display());
        wrong(&pair.key, if foreign { of() } else { error.to_string() })
    })?;
    Ok(Arc::new(certified))
}

fn explain(error: &rustls_pki_types::pem::Error) -> String {
    if let rustls_pki_types::pem::Error::Io(io) = error {
        return io.to_string();
    }
    error.to_string()
}

/// Why a file has no certificate or no key: it is encrypted, it is the other file, or something else.
fn lacking(file: &Path, what: &str) -> String {
    let text = std::fs::read_to_string(file).map(zeroize::Zeroizing::new).unwrap_or_default();
    if text.contains("ENCRYPTED") {
        return "the key is encrypted, and nobody is there to type its passphrase: remove it with `openssl pkey`"
            .to_owned();
    }
    let other = if what == "certificate" { "PRIVATE KEY-----" } else { "-----BEGIN CERTIFICATE-----" };
    let swapped = if text.contains(other) { ": `certificate` and `key` are swapped" } else { "" };
    format!("there is no {what} in it{swapped}")
}

impl ResolvesServerCert for Certificates {
    fn resolve(&self, hello: ClientHello<'_>) -> Option<Arc<CertifiedKey>> {
        let name = hello.server_name().and_then(|name| ServerName::try_from(name).ok());
        let keys = self.0.load();
        let named = name.and_then(|name| keys.iter().find(|key| covers(key, &name)));
        // No server name (an address, a health check), or one without a certificate: use the first.
        named.or_else(|| keys.first()).cloned()
    }
}

pub(super) fn covers(key: &CertifiedKey, name: &ServerName<'_>) -> bool {
    let certificate = key.cert.first().and_then(|first| ParsedCertificate::try_from(first).ok());
    certificate.is_some_and(|certificate| verify_server_name(&certificate, name).is_ok())
}
