//! Secret values: never shown by `Debug`, a log line or an error, and wiped from memory when dropped.

pub(crate) use secrecy::{ExposeSecret, SecretString};

use zeroize::Zeroizing;

/// Secret bytes, wiped when dropped. Has no `Display`; its `Debug` hides the value.
#[derive(Clone)]
pub(crate) struct SecretBytes(Zeroizing<Vec<u8>>);

impl SecretBytes {
    /// Takes over `bytes`.
    pub(crate) fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes themselves. The caller must not log or store them.
    pub(crate) fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for SecretBytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretBytes(hidden)")
    }
}
