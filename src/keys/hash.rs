//! Hashes without a key: what they cover is no secret, or too long to be guessed.

use ring::digest::{Context, SHA256};
use subtle::ConstantTimeEq as _;

/// What another host left in a browser, as its address may show it: who reads the address cannot make the cookie of it.
pub(crate) fn nonce_hash(nonce: &[u8; 16]) -> [u8; 32] {
    sha256(&[b"portcullis nonce ", nonce])
}

/// The fixed-width name of a host (or cookie domain) inside a cookie: a cookie of one host is refused on another.
/// It is no secret, only short, so it needs no key.
pub(crate) fn audience(host: &str) -> [u8; 16] {
    let digest = sha256(&[host.as_bytes()]);
    let mut short = [0; 16];
    short.copy_from_slice(digest.split_at(16).0);
    short
}

/// What the store keeps of an access token: SHA-256 over its secret. 256 random bits cannot be guessed from it, so it
/// needs no key, no salt and no work factor.
pub(crate) fn token_hash(secret: &[u8]) -> [u8; 32] {
    sha256(&[secret])
}

/// Whether `secret` has this hash, in constant time.
pub(crate) fn token_matches(secret: &[u8], hash: &[u8; 32]) -> bool {
    token_hash(secret).ct_eq(hash).into()
}

/// SHA-256 over `parts`, one after the other.
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
