//! One version of the master key, and its number.

use crate::platform::secret::SecretBytes;

/// The number of a key version. One byte, because it is part of every cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct KeyId(u8);

/// One version of the master key.
#[derive(Debug, Clone)]
pub(crate) struct KeyVersion {
    /// The number, which is part of everything that the version signs.
    pub id: KeyId,
    /// The creation time (RFC 3339), for the operator.
    pub created: String,
    pub(super) secret: SecretBytes,
}

impl KeyId {
    pub(crate) const fn new(number: u8) -> Self {
        Self(number)
    }

    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}
