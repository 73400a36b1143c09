//! The layout of our cookies and hand-over tokens: fixed width, opaque, signed.
//!
//! | bytes | field |
//! |---|---|
//! | 1 | version of this layout: 1 |
//! | 1 | key id |
//! | 16 | the id of the session, sign-in, device or hand-over |
//! | 16 | audience: the host (or cookie domain) it is for |
//! | 8 | issued at, milliseconds since 1970, big endian |
//! | 32 | HMAC-SHA256 over all of the above, with the key of its purpose |
//!
//! Encoded as 99 characters of base64url without padding. It contains no name, address, number or group (NIST SP
//! 800-63B-4 §5.1.1). The signature is checked before anything else is used.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::keys::{KeyId, KeyRing, Purpose};
use crate::platform::clock::Timestamp;

const VERSION: u8 = 1;
const SIGNED: usize = 1 + 1 + 16 + 16 + 8;
const WHOLE: usize = SIGNED + 32;

/// Length of the encoded value in characters.
pub(crate) const WRITTEN: usize = WHOLE.div_ceil(3) * 4 - 1;

/// The content of a cookie or token whose signature was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct UnsealedCookie {
    /// The id of the session, sign-in, device or hand-over.
    pub id: [u8; 16],
    /// When it was issued.
    pub issued_at: Timestamp,
}

/// Creates the value of a cookie or token.
pub(crate) fn seal(keys: &KeyRing, purpose: Purpose, id: &[u8; 16], audience: &[u8; 16], now: Timestamp) -> String {
    let issued = now.millis().to_be_bytes();
    // The key ring includes the key id in every signature.
    let (key, tag) = keys.sign(purpose, &[&[VERSION], id, audience, &issued]);
    let mut bytes = Vec::with_capacity(WHOLE);
    bytes.extend_from_slice(&[VERSION, key.number()]);
    for field in [&id[..], audience, &issued, &tag] {
        bytes.extend_from_slice(field);
    }
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Reads the value of a cookie or token. Fails unless it has exactly this layout and audience and a valid signature.
pub(crate) fn open(keys: &KeyRing, purpose: Purpose, audience: &[u8; 16], value: &[u8]) -> Option<UnsealedCookie> {
    // Fixed length, one alphabet, no padding and no spare bits: every accepted value has exactly one encoding.
    let mut bytes = [0_u8; WHOLE + 2];
    if value.len() != WRITTEN || URL_SAFE_NO_PAD.decode_slice(value, &mut bytes).ok()? != WHOLE {
        return None;
    }
    let (signed, rest) = bytes.split_at(SIGNED);
    let tag = rest.get(..32)?;
    let (&[version, key], body) = signed.split_first_chunk::<2>()?;
    if version != VERSION || !keys.verify(purpose, KeyId::new(key), &[&[version], body], tag) {
        return None;
    }
    let (id, body) = body.split_first_chunk::<16>()?;
    let (for_whom, issued) = body.split_first_chunk::<16>()?;
    let issued = i64::from_be_bytes(issued.try_into().ok()?);
    (for_whom == audience).then_some(UnsealedCookie { id: *id, issued_at: Timestamp::from_millis(issued) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Settings, audience};
    use crate::platform::random::Random;

    fn keys() -> (tempfile::TempDir, KeyRing) {
        let folder = tempfile::tempdir().unwrap();
        let settings = Settings { file: folder.path().join("keys") };
        let ring = KeyRing::open_or_create(&settings, Timestamp::from_millis(0), &mut Random::system()).unwrap();
        (folder, ring)
    }

    #[test]
    fn a_sealed_cookie_opens_for_its_host_and_purpose_alone() {
        let (_folder, keys) = keys();
        let now = Timestamp::from_millis(1_234_567);
        let value = seal(&keys, Purpose::SessionCookie, &[7; 16], &audience("app.example"), now);
        assert_eq!(value.len(), WRITTEN);
        let open_for = |purpose, host| open(&keys, purpose, &audience(host), value.as_bytes());
        assert_eq!(
            open_for(Purpose::SessionCookie, "app.example"),
            Some(UnsealedCookie { id: [7; 16], issued_at: now })
        );
        assert_eq!(open_for(Purpose::SessionCookie, "other.example"), None);
        assert_eq!(open_for(Purpose::SignInCookie, "app.example"), None);
    }

    #[test]
    fn no_changed_bit_and_no_other_spelling_opens() {
        let (_folder, keys) = keys();
        let here = audience("app.example");
        let value = seal(&keys, Purpose::SessionCookie, &[7; 16], &here, Timestamp::from_millis(0));
        let opens = |bytes: &[u8]| open(&keys, Purpose::SessionCookie, &here, bytes).is_some();
        assert!(opens(value.as_bytes()));
        for at in 0..value.len() {
            for bit in 0..8 {
                let mut changed = value.clone().into_bytes();
                changed[at] ^= 1 << bit;
                assert!(!opens(&changed), "byte {at}, bit {bit}");
            }
        }
        for other in [
            format!("{value}="),
            format!(" {value}"),
            format!("\"{value}\""),
            value[..98].to_owned(),
            String::new(),
            "A".repeat(8192),
        ] {
            assert!(!opens(other.as_bytes()), "{other}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_make_the_reader_fail(bytes in proptest::collection::vec(0_u8.., 0..200)) {
            let (_folder, keys) = keys();
            proptest::prop_assert!(open(&keys, Purpose::SessionCookie, &[0; 16], &bytes).is_none());
        }
    }
}
