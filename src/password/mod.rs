//! Floor 2: passwords: Argon2id on a few threads of its own, and the rules for new ones.
//!
//! Decides whether a typed password is the stored one and whether a new one may be used. It counts nothing, knows no
//! account and never stores: `login` counts before it asks, `account` and `login` store what comes back. An account
//! without a hash, or none at all, costs the same work as a real one.
//!
//! The threads bound memory (19 MiB each while it works) and keep a flood of sign-ins away from the threads that
//! answer requests; the queue before them is bounded, the next one is refused at once.

mod blocklist;
mod hash;
mod new;
mod submitted;
mod threads;

#[cfg(test)]
mod tests;

pub use hash::PasswordHash;
pub(crate) use new::{NewPassword, PasswordPolicy, WeakPassword, stands_alone};
pub(crate) use submitted::SubmittedPassword;
pub(crate) use threads::{Busy, Passwords, Settings, Slot};

use crate::platform::random::EntropyUnavailable;

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Right.
    Right,
    /// Right, and the stored hash has weaker parameters than today's: store a new one.
    RightButOutdated,
    /// Wrong, or there was no hash.
    Wrong,
}

/// We could not tell whether a password is right, or could not hash it.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hashing threads are gone.
    #[error("the password threads stopped")]
    Stopped,
    /// A stored hash is not one that Portcullis writes.
    #[error("a stored password hash cannot be read")]
    Unreadable,
    /// No random bytes for a salt.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
}
