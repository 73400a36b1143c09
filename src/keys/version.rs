//! One version of the master key, and its number.

use crate::platform::secret::SecretBytes;

/// The number of a key version. One byte: it stands in every cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(u8);

/// One version of the master key.
#[derive(Debug, Clone)]
pub(crate) struct KeyVersion {
    /// Its number, written into everything it signs.
    pub id: KeyId,
    /// When it was made (RFC 3339), for the operator.
    pub created: String,
    pub(super) secret: SecretBytes,
}

impl KeyId {
    /// The version of this number.
    pub(crate) const fn new(number: u8) -> Self {
        Self(number)
    }

    /// The number.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}
