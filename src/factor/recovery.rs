//! Recovery codes: ten codes to print, for the day when every other factor is lost. Each counts once.
//!
//! A code has 120 random bits in 24 characters of Crockford's alphabet, which has no letter that looks like a digit.

use std::time::Duration;

use crate::domain::factor_kind::FactorKind;
use crate::domain::identifier::AccountId;
use crate::factor::held_proof::{HeldProof, ProofAttempt, ProofVerdict};
use crate::factor::sent_code::FactorError;
use crate::keys;
use crate::platform::random::{EntropyUnavailable, Random};
use crate::platform::secret::{ExposeSecret as _, SecretString};
use crate::store::{HeldFactors, Spending};

/// How many codes a set has.
const COUNT: usize = 10;

/// Crockford's Base32: `I`, `L`, `O` and `U` are left out.
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Characters of a code, 5 bits each: more than 112 bits (OWASP ASVS 6.5.2), so that a plain hash is enough.
const LENGTH: usize = 24;

/// Characters between two hyphens of a code as it is shown.
const GROUP: usize = 6;

/// A set of codes: for the person, and for the store.
pub(crate) struct RecoveryCodes {
    /// As they are shown, once: `ABCDEF-GHJKMN-PQRSTV-WXYZ01`.
    pub shown: Vec<SecretString>,
    /// What the store keeps.
    pub hashes: Vec<[u8; 32]>,
}

pub(super) struct Recovery {
    /// How long nothing that the account had can be removed after a code was used.
    delay: Duration,
}

impl RecoveryCodes {
    /// Draws a set for an account.
    pub(super) fn draw(account: AccountId, random: &mut Random) -> Result<Self, EntropyUnavailable> {
        let codes: Vec<SecretString> =
            (0..COUNT).map(|_| random.string(ALPHABET, LENGTH).map(SecretString::from)).collect::<Result<_, _>>()?;
        let hashes = codes.iter().map(|code| hash(account, code.expose_secret())).collect();
        Ok(Self { shown: codes.iter().map(|code| grouped(code.expose_secret())).collect(), hashes })
    }
}

impl Recovery {
    pub(super) const fn new(delay: Duration) -> Self {
        Self { delay }
    }
}

impl HeldProof for Recovery {
    fn kind(&self) -> FactorKind {
        FactorKind::RecoveryCode
    }

    fn is_enrolled(&self, held: &HeldFactors) -> bool {
        !held.recovery.is_empty()
    }

    fn reads(&self, shown: &str) -> bool {
        read(shown).is_some()
    }

    fn verify(&self, attempt: &ProofAttempt<'_>) -> Result<ProofVerdict, FactorError> {
        let Some(code) = read(attempt.shown) else { return Ok(ProofVerdict::Wrong("not a code")) };
        let hash = hash(attempt.account, code.expose_secret());
        // Whoever compares hashes learns nothing from the time it takes: they cannot choose the hash.
        Ok(if attempt.held.recovery.contains(&hash) {
            ProofVerdict::Right(Spending::RecoveryCode { hash, recovered_after: attempt.now.minus(self.delay) })
        } else {
            ProofVerdict::Wrong("not a code of this account, or used before")
        })
    }
}

fn hash(account: AccountId, code: &str) -> [u8; 32] {
    keys::recovery_hash(account.as_bytes(), code.as_bytes())
}

fn grouped(code: &str) -> SecretString {
    let letters: Vec<char> = code.chars().collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    SecretString::from(groups.join("-"))
}

/// A code as people type it: in either case, with or without hyphens and spaces, with `O` for `0` and `I` or `L` for `1`.
fn read(typed: &str) -> Option<SecretString> {
    let mut code = String::with_capacity(LENGTH);
    for letter in
        typed.chars().filter(|letter| !letter.is_whitespace() && !matches!(letter, '-' | '\u{2010}'..='\u{2015}'))
    {
        let letter = match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        };
        let known = u8::try_from(letter).is_ok_and(|byte| ALPHABET.contains(&byte));
        if !known || code.len() == LENGTH {
            return None;
        }
        code.push(letter);
    }
    (code.len() == LENGTH).then(|| SecretString::from(code))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::factor::held_proof::UserVerification;
    use crate::platform::clock::Timestamp;

    const ADA: AccountId = AccountId::from_bytes([1; 16]);

    fn judge(account: AccountId, held: &HeldFactors, shown: &str) -> ProofVerdict {
        let origin = "https://app.example.com".parse().unwrap();
        let now = Timestamp::from_millis(0);
        let attempt = ProofAttempt {
            account,
            held,
            shown,
            challenge: None,
            bound_to: b"",
            origin: &origin,
            verification: UserVerification::NotRequired,
            now,
            random: &Random::system(),
        };
        Recovery::new(Duration::from_secs(10)).verify(&attempt).unwrap()
    }

    #[test]
    fn a_set_has_ten_different_codes_of_120_bits_and_the_store_gets_hashes() {
        let codes = RecoveryCodes::draw(ADA, &mut Random::system()).unwrap();
        assert_eq!((codes.shown.len(), codes.hashes.len()), (10, 10));
        let shown: HashSet<&str> = codes.shown.iter().map(SecretString::expose_secret).collect();
        assert_eq!(shown.len(), 10);
        for code in shown {
            assert_eq!(code.len(), 27);
            assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [6, 6, 6, 6]);
        }
    }

    #[test]
    fn a_code_is_known_however_people_type_it_and_only_for_its_own_account() {
        let codes = RecoveryCodes::draw(ADA, &mut Random::system()).unwrap();
        let held = HeldFactors { recovery: codes.hashes.clone(), ..HeldFactors::default() };
        let code = codes.shown[3].expose_secret();
        let right = ProofVerdict::Right(Spending::RecoveryCode {
            hash: codes.hashes[3],
            recovered_after: Timestamp::from_millis(-10_000),
        });
        let sloppy = code.replace('0', "o").replace('1', "l");
        for typed in [code, &code.to_lowercase(), &code.replace('-', ""), &code.replace('-', " "), &sloppy] {
            assert_eq!(judge(ADA, &held, typed), right, "{typed}");
        }
        assert_ne!(judge(AccountId::from_bytes([2; 16]), &held, code), right);
        assert_ne!(judge(ADA, &HeldFactors::default(), code), right);
    }

    #[test]
    fn what_is_no_code_is_not_counted_as_one() {
        let recovery = Recovery::new(Duration::ZERO);
        for typed in
            ["", "123456", "ABCDEF-GHJKMN-PQRSTV-WXYZ0", "ABCDEF-GHJKMN-PQRSTV-WXYZ012", "ABCDEF-GHJKMN-PQRSTV-WXYZ0U"]
        {
            assert!(!recovery.reads(typed), "{typed}");
        }
        assert!(recovery.reads("ABCDEF-GHJKMN-PQRSTV-WXYZ01"));
    }
}
