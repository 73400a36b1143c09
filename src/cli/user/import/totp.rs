//! Secrets of authenticator apps, as files of other programs have them.

use zeroize::Zeroizing;

use crate::domain::factor_name::FactorName;
use crate::factor::{TotpAlgorithm, TotpSecret};

/// The name of an app where the file has none that fits.
const NAME: &str = "Authenticator app";

/// A secret that an app and another program share (RFC 6238), and how the account page will name it.
#[derive(Debug, Clone)]
pub(super) struct ImportedTotp {
    pub(super) name: FactorName,
    pub(super) secret: TotpSecret,
}

/// The numbers of a secret, as a file has them.
#[derive(Clone, Copy)]
pub(super) struct RawTotp<'a> {
    /// What the app shows above its codes, or empty.
    pub(super) issuer: &'a str,
    pub(super) algorithm: &'a str,
    pub(super) digits: &'a str,
    pub(super) period: &'a str,
}

impl RawTotp<'_> {
    /// Checks the numbers. `key`: `None` if it could not be read.
    pub(super) fn parse(&self, key: Option<Vec<u8>>) -> Result<ImportedTotp, String> {
        let Some(algorithm) = TotpAlgorithm::parse(self.algorithm) else {
            return Err(format!("algorithm: {:?} is not SHA1, SHA256 or SHA512", self.algorithm));
        };
        let Ok(digits) = self.digits.parse() else {
            return Err(format!("digits: {:?} is not 6, 7 or 8", self.digits));
        };
        let Ok(period) = self.period.parse() else {
            return Err(format!("period: {:?} is not a number of seconds", self.period));
        };
        let Some(key) = key.map(Zeroizing::new).filter(|key| !key.is_empty()) else {
            return Err("the secret cannot be read".to_owned());
        };
        let secret = TotpSecret::imported(&key, algorithm, digits, period).map_err(|why| why.to_string())?;
        let name = self.issuer.parse().or_else(|_| NAME.parse::<FactorName>()).map_err(|why| why.to_string())?;
        Ok(ImportedTotp { name, secret })
    }
}

/// Decodes base32 (RFC 4648 §6), in either letter case, with or without padding.
pub(super) fn base32(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let mut bits = 0_u32;
    let mut count = 0_u32;
    for letter in text.trim_end_matches('=').bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'a'..=b'z' => letter - b'a',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => return None,
        };
        bits = (bits << 5 | u32::from(value)) & 0xfff;
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap_or_default());
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_is_that_of_rfc_4648() {
        for (text, bytes) in
            [("", ""), ("MY======", "f"), ("MZXW6===", "foo"), ("mzxw6yq", "foob"), ("MZXW6YTBOI======", "foobar")]
        {
            assert_eq!(base32(text).as_deref(), Some(bytes.as_bytes()), "{text}");
        }
        assert!(base32("MZXW1").is_none() && base32("MZ XW").is_none());
    }

    #[test]
    fn numbers_outside_what_apps_compute_are_refused() {
        let raw = RawTotp { issuer: "Authelia", algorithm: "sha512", digits: "8", period: "60" };
        let key = || Some(vec![1; 20]);
        let parsed = raw.parse(key()).unwrap();
        assert_eq!(parsed.secret.parameters(), "SHA512, 8 digits, 60 s");
        assert_eq!(parsed.name.as_str(), "Authelia");
        for issuer in ["", "a\u{202e}b", &"x".repeat(41)] {
            assert_eq!(RawTotp { issuer, ..raw }.parse(key()).unwrap().name.as_str(), "Authenticator app");
        }
        for (raw, why) in [
            (RawTotp { algorithm: "MD5", ..raw }, "algorithm: \"MD5\" is not SHA1, SHA256 or SHA512"),
            (RawTotp { digits: "5", ..raw }, "digits: 5 is not 6, 7 or 8"),
            (RawTotp { digits: "4294967297", ..raw }, "digits: \"4294967297\" is not 6, 7 or 8"),
            (RawTotp { period: "0", ..raw }, "period: 0 is not between 15 and 120 seconds"),
            (RawTotp { period: "300", ..raw }, "period: 300 is not between 15 and 120 seconds"),
            (RawTotp { period: "-30", ..raw }, "period: \"-30\" is not a number of seconds"),
        ] {
            assert_eq!(raw.parse(key()).unwrap_err(), why);
        }
        assert_eq!(raw.parse(None).unwrap_err(), "the secret cannot be read");
        assert_eq!(raw.parse(Some(Vec::new())).unwrap_err(), "the secret cannot be read");
    }
}
