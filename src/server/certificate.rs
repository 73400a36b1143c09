//! What a configured certificate says of itself: whose key it has, when it is valid, for which hosts. For the check of
//! the configuration; TLS itself does not judge its own certificate.

use std::sync::Arc;

use rustls::crypto::ring::default_provider;
use rustls::sign::CertifiedKey;
use rustls_pki_types::ServerName;
use x509_cert::der::Decode as _;
use x509_cert::time::Time;

use crate::platform::clock::Timestamp;
use crate::server::error::ServerError;
use crate::server::settings::TlsPair;
use crate::server::tls;

/// A certificate with its key.
pub(crate) struct Certificate(Arc<CertifiedKey>);

/// The time for which a certificate is issued.
pub(crate) struct Validity {
    /// `notBefore`.
    pub from: Timestamp,
    /// `notAfter`.
    pub until: Timestamp,
}

impl Certificate {
    /// Reads the pair. Fails if the key does not belong to the certificate.
    pub(crate) fn open(pair: &TlsPair) -> Result<Self, ServerError> {
        tls::read(pair, &default_provider()).map(Self)
    }

    /// Whether it is issued for this host.
    pub(crate) fn is_for(&self, host: &str) -> bool {
        ServerName::try_from(host).is_ok_and(|name| tls::covers(&self.0, &name))
    }

    /// The time for which it is issued; `None` if it is not written as RFC 5280 says.
    pub(crate) fn validity(&self) -> Option<Validity> {
        validity(self.0.cert.first()?)
    }
}

/// The field `validity` (RFC 5280 §4.1.2.5).
fn validity(der: &[u8]) -> Option<Validity> {
    let certificate = x509_cert::Certificate::from_der(der).ok()?;
    let validity = certificate.tbs_certificate().validity();
    Some(Validity { from: moment(&validity.not_before)?, until: moment(&validity.not_after)? })
}

fn moment(time: &Time) -> Option<Timestamp> {
    i64::try_from(time.to_unix_duration().as_millis()).ok().map(Timestamp::from_millis)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dates_are_read_in_both_notations() {
        for (from, until, expected) in [
            ((2024, 2, 29), (2049, 12, 31), ["2024-02-29T00:00:00.000Z", "2049-12-31T00:00:00.000Z"]),
            ((1999, 1, 1), (2050, 1, 1), ["1999-01-01T00:00:00.000Z", "2050-01-01T00:00:00.000Z"]),
        ] {
            let mut params = rcgen::CertificateParams::new(["app.example".to_owned()]).unwrap();
            params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
            params.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
            let made = params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap();
            let found = validity(made.der()).unwrap();
            assert_eq!([found.from.to_string(), found.until.to_string()], expected);
        }
    }

    #[test]
    fn what_is_cut_off_or_no_certificate_has_no_dates() {
        let made = rcgen::generate_simple_self_signed(["app.example".to_owned()]).unwrap();
        let der = made.cert.der();
        assert!(validity(der).is_some());
        for length in 0..der.len() {
            assert!(validity(&der[..length]).is_none(), "{length}");
        }
        assert!(validity(b"\x30\xff").is_none() && validity(&[0x30; 64]).is_none());
    }
}
