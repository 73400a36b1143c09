//! The trait for factors whose proof the person holds, and the types that describe an attempt to prove one.

use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::AccountId;
use crate::domain::origin::Origin;
use crate::factor::sent_code::FactorError;
use crate::keys::Encrypted;
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::store::{FactorRow, HeldFactors, Spending};

/// One attempt to prove a factor.
#[derive(Clone, Copy)]
pub(crate) struct ProofAttempt<'a> {
    /// Whose factor.
    pub account: AccountId,
    /// What the account holds.
    pub held: &'a HeldFactors,
    /// What the person typed, or what the browser says for them.
    pub shown: &'a str,
    /// The challenge that a passkey had to sign; `None`: there was none, or it was answered before.
    pub challenge: Option<&'a Encrypted>,
    /// What the challenge belongs to.
    pub bound_to: &'a [u8],
    /// The origin of the page.
    pub origin: &'a Origin,
    /// Whether the device has to say that it verified its user, which counts as a factor of its own.
    pub verification: UserVerification,
    /// When it was shown.
    pub now: Timestamp,
    /// Encrypts what is kept of the proof.
    pub random: &'a Random,
}

/// Whether the device has to verify its user (WebAuthn §1.4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UserVerification {
    /// A touch is enough: the password was right.
    NotRequired,
    /// It has to, by fingerprint, face or PIN.
    Required,
}

/// Whether a proof is right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ProofVerdict {
    /// It is, and uses this up.
    Right(Spending),
    /// It is not. The reason is for the log; the person is told nothing about it.
    Wrong(&'static str),
}

/// A factor whose proof the person holds.
pub(crate) trait HeldProof: Send + Sync {
    /// The kind of this factor.
    fn kind(&self) -> FactorKind;
    /// Whether the account has such a factor.
    fn is_enrolled(&self, held: &HeldFactors) -> bool;
    /// Whether a text can be a proof at all. Other texts are not counted as an attempt: they reveal nothing.
    fn reads(&self, shown: &str) -> bool;
    /// Judges a proof. It changes nothing: what is used up is in the verdict.
    fn verify(&self, attempt: &ProofAttempt<'_>) -> Result<ProofVerdict, FactorError>;
}

/// A factor and what its row keeps, decrypted.
pub(super) struct Readable<'a, T> {
    pub row: &'a FactorRow,
    pub value: T,
}

/// The factors of a kind that can be decrypted. An error only if none can: one row that cannot be read must neither lock
/// its owner out nor keep guesses at the other rows from being counted.
pub(super) fn readable<T>(
    held: &HeldFactors,
    kind: FactorKind,
    read: impl Fn(&FactorRow) -> Result<T, FactorError>,
) -> Result<Vec<Readable<'_, T>>, FactorError> {
    let mut found = Vec::new();
    let mut failure = None;
    for row in held.rows.iter().filter(|row| row.kind == kind) {
        match read(row) {
            Ok(value) => found.push(Readable { row, value }),
            Err(error) => failure = Some(error),
        }
    }
    match failure {
        Some(error) if found.is_empty() => Err(error),
        Some(_) | None => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::identifier::FactorId;

    fn row(key: u8, kind: FactorKind) -> FactorRow {
        FactorRow {
            id: FactorId::from_bytes([key; 16]),
            account: AccountId::from_bytes([1; 16]),
            kind,
            name: "phone".parse().unwrap(),
            encrypted: Encrypted { key, bytes: Vec::new() },
            credential: None,
            last_step: None,
            created_at: Timestamp::from_millis(0),
            last_used_at: None,
        }
    }

    #[test]
    fn one_factor_that_cannot_be_read_hides_no_other_one() {
        // Key 9 is gone.
        let read = |row: &FactorRow| match row.encrypted.key {
            9 => Err(FactorError::Unreadable(FactorKind::Totp)),
            key => Ok(key),
        };
        let found = |keys: &[u8]| {
            let rows = keys.iter().map(|key| row(*key, FactorKind::Totp)).chain([row(7, FactorKind::Passkey)]);
            let held = HeldFactors { rows: rows.collect(), ..HeldFactors::default() };
            readable(&held, FactorKind::Totp, read)
                .ok()
                .map(|found| found.iter().map(|one| one.value).collect::<Vec<_>>())
        };
        assert_eq!(found(&[9, 1, 9, 2]), Some(vec![1, 2]));
        assert_eq!(found(&[9, 9]), None);
        assert_eq!(found(&[]), Some(Vec::new()));
    }
}
