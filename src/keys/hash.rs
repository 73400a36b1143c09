//! Hashes without a key, for inputs that are not secret or too long to be guessed.

use ring::digest::{Context, SHA256};
use subtle::ConstantTimeEq as _;

/// The hash of the nonce that another host stored in a browser, for use in a URL: nobody who reads the URL can derive
/// the cookie from it.
pub(crate) fn nonce_hash(nonce: &[u8; 16]) -> [u8; 32] {
    sha256(&[b"portcullis nonce ", nonce])
}

/// The fixed-width id of a host (or cookie domain) in a cookie, so that a cookie for one host is refused on another. It
/// is not secret, only short, and needs no key.
pub(crate) fn audience(host: &str) -> [u8; 16] {
    let digest = sha256(&[host.as_bytes()]);
    let mut short = [0; 16];
    short.copy_from_slice(digest.split_at(16).0);
    short
}

/// The stored form of an access token: SHA-256 of its secret. Its 256 random bits cannot be guessed, so it needs no
/// key, no salt and no work factor.
pub(crate) fn token_hash(secret: &[u8]) -> [u8; 32] {
    sha256(&[secret])
}

/// Whether `secret` has this hash, in constant time.
pub(crate) fn token_matches(secret: &[u8], hash: &[u8; 32]) -> bool {
    token_hash(secret).ct_eq(hash).into()
}

/// The stored form of a recovery code, which belongs to one account. The code has 120 random bits: too many to guess, so
/// it needs no work factor (OWASP ASVS 6.5.2 asks for one below 112), and no key, so that it outlives every rotation.
pub(crate) fn recovery_hash(account: &[u8; 16], code: &[u8]) -> [u8; 32] {
    sha256(&[b"portcullis recovery code ", account, code])
}

/// SHA-256 of the concatenated parts.
pub(super) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = Context::new(&SHA256);
    for part in parts {
        context.update(part);
    }
    let mut hash = [0; 32];
    hash.copy_from_slice(context.finish().as_ref());
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_access_token_is_known_by_its_hash_alone() {
        let hash = token_hash(&[7; 32]);
        assert!(token_matches(&[7; 32], &hash));
        assert!(!token_matches(&[8; 32], &hash) && !token_matches(&[7; 31], &hash));
    }

    #[test]
    fn parts_are_hashed_one_after_the_other() {
        // "abc", the first example of FIPS 180-2.
        let abc = 0xba78_16bf_8f01_cfea_4141_40de_5dae_2223_u128.to_be_bytes();
        assert_eq!(sha256(&[b"a", b"bc"])[..16], abc);
    }
}
