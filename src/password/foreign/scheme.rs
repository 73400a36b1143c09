//! What all schemes have.

/// A hash that is whole and whose cost is within its bound.
pub(in crate::password) trait ForeignHash {
    /// The scheme's name, for reports.
    fn name(&self) -> &'static str;
    /// Whether the scheme resists guessing.
    fn strength(&self) -> Strength;
    /// Whether the hash is that of this password. Compares in constant time.
    fn matches(&self, password: &[u8]) -> bool;
}

/// Whether the hash is that of the whole password. One with a NUL is wrong: `crypt(3)` ends there, and HMAC fills up its
/// key with NULs, so `secret` and `secret\0` have the same hash.
pub(in crate::password) fn is_of(hash: &dyn ForeignHash, password: &[u8]) -> bool {
    hash.matches(password) && !password.contains(&0)
}

/// How well a scheme resists somebody who has its hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::password) enum Strength {
    /// Each guess is made slow on purpose.
    Slow,
    /// A graphics card tries millions of guesses a second.
    Fast,
}

/// Why a hash of a known scheme is not used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::password) enum HashFault {
    /// A part is missing, or does not decode.
    Damaged(&'static str),
    /// Its cost is above the bound. The text names both.
    TooCostly(String),
    /// This variant of the scheme is not supported. The text says why.
    Unsupported(&'static str),
}

/// A parsed hash, or why there is none.
pub(super) type Parsed<T> = Result<T, HashFault>;
