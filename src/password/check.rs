//! Checks a password against a stored hash, of ours or of another program.

use super::hash::{self, PasswordHash, Workspace};
use super::{PasswordError, Verdict, foreign};

/// Verifies the whole password in constant time, with the scheme and the cost of the stored hash. A foreign hash is
/// always outdated: the next sign-in replaces it.
///
/// A foreign hash also costs one of ours. Otherwise the fast schemes would answer sooner than a name without an account,
/// and tell which names exist. The slow ones do: `docs/import.md` has the times.
pub(super) fn verify(
    password: &[u8],
    stored: &PasswordHash,
    workspace: &mut Workspace,
) -> Result<Verdict, PasswordError> {
    match foreign::parse(stored.as_str()) {
        None => hash::verify(password, stored, workspace),
        Some(Err(_)) => Err(PasswordError::Unreadable),
        Some(Ok(foreign)) => {
            hash::spend(password, workspace)?;
            Ok(if foreign::is_of(&*foreign, password) { Verdict::RightButOutdated } else { Verdict::Wrong })
        }
    }
}

/// The name of the hash's scheme, which is no secret: `current` for ours, `unknown` if no password can match it.
pub(crate) fn scheme(stored: &PasswordHash) -> &'static str {
    match foreign::parse(stored.as_str()) {
        None => match hash::variant(stored.as_str()) {
            Some("argon2id") => "current",
            other => other.unwrap_or("unknown"),
        },
        Some(Ok(hash)) => hash.name(),
        Some(Err(_)) => "unknown",
    }
}
