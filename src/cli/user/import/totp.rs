//! Secrets of authenticator apps. [`destination`] is the one place that says what becomes of them.

use zeroize::Zeroizing;

/// A secret that an app and another program share (RFC 6238).
pub(super) struct ImportedTotp {
    /// The user name as the file has it.
    #[cfg_attr(not(test), expect(dead_code, reason = "`destination` stores nothing yet"))]
    pub(super) username: String,
    pub(super) algorithm: TotpAlgorithm,
    pub(super) digits: u8,
    /// Seconds of one step.
    pub(super) period: u16,
    /// The bytes of the key.
    #[cfg_attr(not(test), expect(dead_code, reason = "`destination` stores nothing yet"))]
    pub(super) secret: Zeroizing<Vec<u8>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TotpAlgorithm {
    Sha1,
    Sha256,
    Sha512,
}

/// What becomes of a secret.
pub(super) enum TotpDestination {
    /// It is stored nowhere.
    NotImported(&'static str),
}

/// Where the secret of an account goes.
pub(super) fn destination(_totp: &ImportedTotp) -> TotpDestination {
    TotpDestination::NotImported("authenticator apps are no factor of this version; codes are sent by SMS or mail")
}

impl TotpAlgorithm {
    pub(super) fn parse(word: &str) -> Option<Self> {
        match word.to_ascii_uppercase().as_str() {
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }
}

/// The numbers of a secret, as a file has them.
#[derive(Clone, Copy)]
pub(super) struct RawTotp<'a> {
    pub(super) username: &'a str,
    pub(super) algorithm: &'a str,
    pub(super) digits: &'a str,
    pub(super) period: &'a str,
}

impl RawTotp<'_> {
    /// Checks the numbers. `secret`: the key, `None` if it could not be read.
    pub(super) fn parse(&self, secret: Option<Vec<u8>>) -> Result<ImportedTotp, String> {
        let Some(algorithm) = TotpAlgorithm::parse(self.algorithm) else {
            return Err(format!("algorithm: {:?} is not SHA1, SHA256 or SHA512", self.algorithm));
        };
        let Some(digits) = self.digits.parse().ok().filter(|digits| (6..=8).contains(digits)) else {
            return Err(format!("digits: {:?} is not 6, 7 or 8", self.digits));
        };
        let Some(period) = self.period.parse().ok().filter(|period| (15..=300).contains(period)) else {
            return Err(format!("period: {:?} is not between 15 and 300 seconds", self.period));
        };
        let Some(secret) = secret.map(Zeroizing::new).filter(|secret| !secret.is_empty()) else {
            return Err("the secret cannot be read".to_owned());
        };
        Ok(ImportedTotp { username: self.username.to_owned(), algorithm, digits, period, secret })
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
        let raw = RawTotp { username: "ada", algorithm: "sha512", digits: "8", period: "60" };
        let parsed = raw.parse(Some(vec![1; 20])).ok().unwrap();
        assert_eq!((parsed.algorithm, parsed.digits, parsed.period), (TotpAlgorithm::Sha512, 8, 60));
        for raw in [
            RawTotp { algorithm: "MD5", ..raw },
            RawTotp { digits: "5", ..raw },
            RawTotp { digits: "4294967297", ..raw },
            RawTotp { period: "0", ..raw },
        ] {
            assert!(raw.parse(Some(vec![1; 20])).is_err());
        }
        assert!(raw.parse(None).is_err() && raw.parse(Some(Vec::new())).is_err());
    }
}
