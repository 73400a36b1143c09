//! Floor 2: passwords: Argon2id on its own threads, hashes that other programs made, and the rules for new passwords.
//!
//! Decides whether a submitted password matches the stored one and whether a new one is acceptable. It counts nothing,
//! knows no accounts and stores nothing: `login` counts before it calls, and `account` and `login` store the results. A
//! check without a stored hash takes as long as with one, so that it does not reveal which accounts exist.
//!
//! The threads limit memory (19 MiB for each, allocated once) and keep a flood of sign-ins away from the threads that answer
//! requests. The queue is bounded; when it is full, a check is refused at once.

mod adopt;
mod blocklist;
mod check;
mod foreign;
mod hash;
mod new;
mod submitted;
mod threads;

#[cfg(test)]
mod tests;

pub(crate) use adopt::{UnusableHash, WeakHashes, adopt_hash};
pub(crate) use check::scheme;
pub use hash::PasswordHash;
pub(crate) use new::{NewPassword, PasswordPolicy, WeakPassword, stands_alone};
pub(crate) use submitted::SubmittedPassword;
pub(crate) use threads::{Busy, Passwords, Settings, Slot};

use crate::platform::random::EntropyUnavailable;

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The password is right.
    Right,
    /// The password is right, but the stored hash has weaker parameters than the current ones and should be replaced.
    RightButOutdated,
    /// The password is wrong, or there was no hash.
    Wrong,
}

/// A password could not be checked or hashed.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The hashing threads have stopped.
    #[error("the password threads stopped")]
    Stopped,
    /// A stored hash cannot be parsed, or its cost is too high.
    #[error("a stored password hash cannot be read")]
    Unreadable,
    /// No random bytes for a salt.
    #[error(transparent)]
    Entropy(#[from] EntropyUnavailable),
}
