//! An authenticator app of our own: RFC 4226 and RFC 6238 as they are written, with another crate than the gateway's.

use ring::hmac;

use crate::response::Response;

/// An app with its secret.
#[derive(Clone)]
pub struct Authenticator {
    key: Vec<u8>,
    hash: hmac::Algorithm,
    digits: u32,
    /// Seconds of a time step.
    pub period: u64,
}

impl Authenticator {
    /// With SHA-1, six digits and steps of thirty seconds.
    pub fn usual(key: &[u8]) -> Self {
        Self { key: key.to_vec(), hash: hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, digits: 6, period: super::STEP }
    }

    /// With SHA-512, eight digits and steps of a minute.
    pub fn strict(key: &[u8]) -> Self {
        Self { key: key.to_vec(), hash: hmac::HMAC_SHA512, digits: 8, period: 60 }
    }

    /// With the key that a page shows.
    pub fn typed_from(page: &Response) -> Self {
        let text = page.text();
        let key = text.split("class=\"key\"").nth(1).and_then(|rest| rest.split("<code>").nth(1));
        let key = key.and_then(|rest| rest.split("</code>").next()).unwrap_or_else(|| panic!("no key: {page:?}"));
        Self::usual(&base32(key))
    }

    /// With the key as somebody types it.
    pub fn of_key(key: &str) -> Self {
        Self::usual(&base32(key))
    }

    /// Whether the key stands in these bytes, as it is or in Base32.
    pub fn is_in(&self, bytes: &[u8]) -> bool {
        let letters = self.key.len() * 8 / 5;
        let is_key = |text: &[u8]| {
            text.iter().all(|letter| matches!(letter, b'A'..=b'Z' | b'2'..=b'7'))
                && std::str::from_utf8(text).is_ok_and(|text| base32(text) == self.key)
        };
        bytes.windows(self.key.len()).any(|window| window == self.key) || bytes.windows(letters).any(is_key)
    }

    /// The code at this time.
    pub fn code(&self, seconds: u64) -> String {
        let key = hmac::Key::new(self.hash, &self.key);
        let tag = hmac::sign(&key, &(seconds / self.period).to_be_bytes());
        let bytes = tag.as_ref();
        let offset = usize::from(bytes[bytes.len() - 1] & 0xf);
        let number = u32::from_be_bytes(bytes[offset..offset + 4].try_into().unwrap()) & 0x7fff_ffff;
        let width = self.digits as usize;
        format!("{:0width$}", number % 10_u32.pow(self.digits))
    }
}

/// RFC 4648 §6, without padding.
fn base32(text: &str) -> Vec<u8> {
    let (mut bytes, mut buffer, mut bits) = (Vec::new(), 0_u32, 0);
    for letter in text.bytes().filter(|byte| *byte != b' ') {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            other => panic!("no letter of Base32: {other}"),
        };
        buffer = (buffer << 5) | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((buffer >> bits) & 0xff).unwrap());
        }
    }
    bytes
}

#[test]
fn the_app_of_the_tests_is_right_itself() {
    // RFC 6238, appendix B, the last six digits.
    let app = Authenticator::usual(b"12345678901234567890");
    assert_eq!((app.code(59), app.code(1_111_111_109)), ("287082".to_owned(), "081804".to_owned()));
    assert!(app.is_in(b"x12345678901234567890x") && app.is_in(b"1GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ2"));
    assert!(!app.is_in(b"1234567890123456789") && !app.is_in(b"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJR"));
    let key: Vec<u8> = b"1234567890".iter().copied().cycle().take(64).collect();
    let app = Authenticator { period: super::STEP, ..Authenticator::strict(&key) };
    assert_eq!((app.code(59), app.code(1_111_111_109)), ("90693936".to_owned(), "25091201".to_owned()));
    assert_eq!(base32("GEZD GNBV GY3T QOJQ"), b"1234567890");
}
