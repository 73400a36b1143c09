//! TLS to one site: which authorities are trusted, which name is expected, and our own certificate.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::{ClientConfig, DigitallySignedStruct, RootCertStore, SignatureScheme};
use rustls_pki_types::pem::{self, PemObject as _};
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};

/// The TLS settings of one site (`sites.tls`).
#[derive(Debug, Clone, Default)]
pub struct SiteTls {
    /// The only authorities that are trusted for this site, in PEM; `None`: the public ones.
    pub ca: Option<PathBuf>,
    /// The name that the site's certificate must contain; `None`: the host of its address.
    pub server_name: Option<ServerName<'static>>,
    /// Our own certificate and key for the site; `None`: no client authentication.
    pub client: Option<ClientCertificate>,
    /// Whether the site's certificate is verified.
    pub verification: Verification,
}

/// A client certificate for a site, in PEM.
#[derive(Debug, Clone)]
pub struct ClientCertificate {
    /// The certificate and the intermediates up to its authority.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Whether the site's certificate is verified (`insecure`).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Verification {
    /// The certificate must be valid.
    #[default]
    Full,
    /// Any certificate is accepted. Anybody on the network path can impersonate the site.
    Off,
}

/// The setting that names an unusable file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TlsSetting {
    /// `ca`.
    Ca,
    /// `certificate`.
    Certificate,
    /// `key`.
    Key,
}

/// A file that is needed for TLS to a site cannot be used.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}: {why}", .file.display())]
pub struct SiteTlsError {
    /// The setting that names the file.
    pub setting: TlsSetting,
    pub file: PathBuf,
    /// The reason, without the file name.
    pub why: String,
}

impl SiteTls {
    /// Builds the TLS client configuration. `public` are the authorities used if `ca` is not set.
    pub fn config(&self, public: &RootCertStore) -> Result<ClientConfig, SiteTlsError> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .map_err(|error| self.wrong_key(error.to_string()))?;
        let builder = match (self.verification, &self.ca) {
            (Verification::Off, _) => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(TakesAnyCertificate(provider)))
            }
            (Verification::Full, Some(file)) => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(Authorities::read(file, provider)?))
            }
            (Verification::Full, None) => builder.with_root_certificates(public.clone()),
        };
        let Some(client) = &self.client else { return Ok(builder.with_no_client_auth()) };
        let chain = certificates(&client.certificate, TlsSetting::Certificate)?;
        let key = PrivateKeyDer::from_pem_file(&client.key)
            .map_err(|error| wrong(TlsSetting::Key, &client.key, explain(&error)))?;
        builder.with_client_auth_cert(chain, key).map_err(|error| self.wrong_key(pair(client, &error)))
    }

    fn wrong_key(&self, why: String) -> SiteTlsError {
        let file = self.client.as_ref().map(|client| client.key.clone()).unwrap_or_default();
        SiteTlsError { setting: TlsSetting::Key, file, why }
    }
}

fn pair(client: &ClientCertificate, error: &rustls::Error) -> String {
    if matches!(error, rustls::Error::InconsistentKeys(_)) {
        return format!("the key does not belong to the certificate {}", client.certificate.display());
    }
    error.to_string()
}

fn wrong(setting: TlsSetting, file: &Path, why: String) -> SiteTlsError {
    SiteTlsError { setting, file: file.to_owned(), why }
}

fn certificates(file: &Path, setting: TlsSetting) -> Result<Vec<CertificateDer<'static>>, SiteTlsError> {
    let read = CertificateDer::pem_file_iter(file).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let read = read.map_err(|error| wrong(setting, file, explain(&error)))?;
    if read.is_empty() { Err(wrong(setting, file, "there is no certificate in it".to_owned())) } else { Ok(read) }
}

fn explain(error: &pem::Error) -> String {
    if let pem::Error::Io(io) = error {
        return io.to_string();
    }
    if matches!(error, pem::Error::NoItemsFound) {
        return "there is nothing of the kind in it".to_owned();
    }
    error.to_string()
}

/// Verifier for `ca`: accepts certificates that its authorities signed, and the certificates in the file themselves.
/// Appliances use a self-signed certificate that is marked as an authority, which verifiers reject as a server's. An
/// operator who lists it intends to trust it.
#[derive(Debug)]
struct Authorities {
    named: Vec<CertificateDer<'static>>,
    chains: Arc<WebPkiServerVerifier>,
}

impl Authorities {
    fn read(file: &Path, provider: Arc<CryptoProvider>) -> Result<Self, SiteTlsError> {
        let named = certificates(file, TlsSetting::Ca)?;
        let mut roots = RootCertStore::empty();
        for certificate in &named {
            roots.add(certificate.clone()).map_err(|error| wrong(TlsSetting::Ca, file, error.to_string()))?;
        }
        let chains = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider).build();
        let chains = chains.map_err(|error| wrong(TlsSetting::Ca, file, error.to_string()))?;
        Ok(Self { named, chains })
    }
}

impl ServerCertVerifier for Authorities {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        if self.named.iter().any(|named| named.as_ref() == shown.as_ref()) {
            return Ok(ServerCertVerified::assertion());
        }
        self.chains.verify_server_cert(shown, between, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.chains.verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.chains.verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.chains.supported_verify_schemes()
    }
}

/// Verifier for `insecure`: accepts any certificate, but still checks that the handshake is signed with its key.
struct TakesAnyCertificate(Arc<CryptoProvider>);

impl fmt::Debug for TakesAnyCertificate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TakesAnyCertificate")
    }
}

impl ServerCertVerifier for TakesAnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
