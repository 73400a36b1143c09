//! Encryption of what has to be read back: secrets of authenticator apps, passkeys, challenges of a passkey.
//!
//! AES-256-GCM with a random nonce of 96 bits. NIST SP 800-38D §8.3 allows 2^32 messages for one key; a factor is
//! encrypted when it is added, when a passkey is used and when the key is rotated, so a version stays far below that.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use zeroize::Zeroizing;

use crate::platform::random::{EntropyUnavailable, Random};

/// What is encrypted. Each has a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EncryptionPurpose {
    /// What a factor is verified with, as stored.
    Factor,
    /// A challenge. Anybody can make us encrypt one, by loading the login page: those messages must not count against the
    /// key of the factors.
    Challenge,
}

/// Cipher text, and the version of the key that it was encrypted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encrypted {
    /// The number of the key version.
    pub key: u8,
    /// Nonce, cipher text and tag.
    pub bytes: Vec<u8>,
}

/// Nothing was encrypted.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EncryptionFailed {
    /// No random bytes for a nonce.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
    /// The cipher refused: the plain text is longer than it takes.
    #[error("encryption failed")]
    Cipher,
}

impl EncryptionPurpose {
    /// The label for key derivation. Changing one makes everything unreadable that was encrypted for that purpose.
    pub(super) const fn label(self) -> &'static [u8] {
        match self {
            Self::Factor => b"portcullis encryption at rest",
            Self::Challenge => b"portcullis encryption of challenges",
        }
    }
}

pub(super) struct EncryptionKey(LessSafeKey);

impl EncryptionKey {
    pub(super) fn new(key: &[u8; 32]) -> Option<Self> {
        UnboundKey::new(&AES_256_GCM, key).ok().map(LessSafeKey::new).map(Self)
    }

    pub(super) fn encrypt(
        &self,
        bound_to: &[u8],
        plain: &[u8],
        random: &mut Random,
    ) -> Result<Vec<u8>, EncryptionFailed> {
        let nonce: [u8; NONCE_LEN] = random.bytes()?;
        let mut text = plain.to_vec();
        let sealed =
            self.0.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(bound_to), &mut text);
        sealed.map_err(|_| EncryptionFailed::Cipher)?;
        Ok([nonce.as_slice(), &text].concat())
    }

    pub(super) fn decrypt(&self, bound_to: &[u8], encrypted: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, text) = encrypted.split_first_chunk::<NONCE_LEN>()?;
        let mut text = Zeroizing::new(text.to_vec());
        let length =
            self.0.open_in_place(Nonce::assume_unique_for_key(*nonce), Aad::from(bound_to), &mut text).ok()?.len();
        text.truncate(length);
        Some(text)
    }
}
