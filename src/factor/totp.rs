//! Codes of an authenticator app (RFC 6238).
//!
//! The library computes codes and compares them in constant time. Which time steps are accepted is decided here: the
//! current one and `totp_steps` before and after it, each once, and never one at or before a step that was accepted
//! (`last_step`), which the store enforces.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use totp_rs::{Algorithm, Builder, Secret, Totp as Generator};
use zeroize::Zeroize as _;

use crate::domain::code::{Alphabet, CodeShape, OneTimeCode};
use crate::domain::factor_kind::FactorKind;
use crate::factor::binding;
use crate::factor::held_proof::{HeldProof, ProofAttempt, ProofVerdict, Readable, readable};
use crate::factor::sent_code::FactorError;
use crate::keys::{EncryptionPurpose, KeyRing};
use crate::platform::clock::Timestamp;
use crate::platform::random::Random;
use crate::platform::secret::SecretString;
use crate::store::{FactorRow, HeldFactors, Spending};

/// RFC 4226 §4 recommends 160 bits.
const SECRET_BYTES: usize = 20;

/// The digits that apps show.
const DIGITS: std::ops::RangeInclusive<u8> = 6..=8;

/// A time step is 15 s to 2 min long (NIST SP 800-63B-4 §3.1.4: at most 2 min).
const PERIODS: std::ops::RangeInclusive<u64> = 15..=120;

/// Shorter secrets can be guessed from a few codes (RFC 4226 §4, R6).
const LEAST_BITS: usize = 128;

/// The secret of an authenticator app and how it makes codes of it. `Debug` does not show the secret. Two are equal if they
/// always show the same codes; the comparison is none that a visitor could measure.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct TotpSecret {
    /// In Base32.
    secret: String,
    algorithm: TotpAlgorithm,
    digits: u8,
    /// Seconds of a time step.
    period: u64,
}

/// The hash of an authenticator app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum TotpAlgorithm {
    Sha1,
    Sha256,
    Sha512,
}

/// Why a secret from elsewhere makes no factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(crate) enum UnusableTotp {
    #[error("digits: {0} is not 6, 7 or 8")]
    Digits(u8),
    #[error("period: {0} is not between {start} and {end} seconds", start = PERIODS.start(), end = PERIODS.end())]
    Period(u64),
    /// The secret has so many bits.
    #[error(
        "its secret has {0} bits, and fewer than {LEAST_BITS} are not accepted (RFC 4226); its owner adds a new app on the \
         account page"
    )]
    Short(usize),
    /// The library computes no codes of it.
    #[error("no codes can be computed of its secret")]
    Unsupported,
}

/// What a person needs to set up their app.
pub(crate) struct TotpSetup {
    /// The content of the QR code.
    pub url: SecretString,
    /// The secret in Base32, in groups of four, to be typed.
    pub secret: SecretString,
}

pub(super) struct Totp {
    keys: Arc<KeyRing>,
    /// How many steps before and after the current one are accepted.
    steps: u16,
}

impl TotpAlgorithm {
    /// The algorithm with this name, in either letter case.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        [Self::Sha1, Self::Sha256, Self::Sha512].into_iter().find(|one| one.word().eq_ignore_ascii_case(word))
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Sha1 => "SHA1",
            Self::Sha256 => "SHA256",
            Self::Sha512 => "SHA512",
        }
    }
}

impl Drop for TotpSecret {
    fn drop(&mut self) {
        self.secret.zeroize();
    }
}

impl std::fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TotpSecret(hidden)")
    }
}

impl TotpSecret {
    /// A new secret with the parameters that every app understands.
    pub(super) fn draw(random: &mut Random) -> Result<Self, FactorError> {
        let bytes: [u8; SECRET_BYTES] = random.bytes()?;
        let secret = Secret::from(bytes).to_base32();
        Ok(Self { secret, algorithm: TotpAlgorithm::Sha1, digits: 6, period: 30 })
    }

    /// A secret from elsewhere. `period`: the seconds of a time step.
    pub(crate) fn imported(
        bytes: &[u8],
        algorithm: TotpAlgorithm,
        digits: u8,
        period: u64,
    ) -> Result<Self, UnusableTotp> {
        if !DIGITS.contains(&digits) {
            return Err(UnusableTotp::Digits(digits));
        }
        if !PERIODS.contains(&period) {
            return Err(UnusableTotp::Period(period));
        }
        let bits = bytes.len() * 8;
        if bits < LEAST_BITS {
            return Err(UnusableTotp::Short(bits));
        }
        let secret = Self { secret: Secret::from(bytes.to_vec()).to_base32(), algorithm, digits, period };
        secret.generator(0).map(|_| secret).ok_or(UnusableTotp::Unsupported)
    }

    /// Hash, digits and period, for reports.
    pub(crate) fn parameters(&self) -> String {
        format!("{}, {} digits, {} s", self.algorithm.word(), self.digits, self.period)
    }

    /// The time step at `now`. `None` for a time step without length, which nothing here makes.
    pub(super) fn current_step(&self, now: Timestamp) -> Option<i64> {
        let seconds = now.millis().div_euclid(1000);
        seconds.checked_div_euclid(i64::try_from(self.period).ok()?)
    }

    /// The URL and the secret for the app. `issuer` and `account` are what the app shows.
    pub(crate) fn setup(&self, issuer: &str, account: &str) -> Option<TotpSetup> {
        // The label of the URL has a colon between the two.
        let [issuer, account] = [issuer, account].map(|name| name.replace(':', " "));
        let generator = self.builder(0)?.with_issuer(Some(issuer)).with_account_name(account).build().ok()?;
        let letters: Vec<char> = self.secret.chars().collect();
        let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
        Some(TotpSetup { url: generator.to_url().ok()?.into(), secret: groups.join(" ").into() })
    }

    /// The time step whose code this is, if it is one of the current step or of `steps` around it.
    pub(super) fn step_of(&self, typed: &str, steps: u16, now: Timestamp) -> Option<i64> {
        let shape = CodeShape { length: self.digits, alphabet: Alphabet::Numeric };
        let code = OneTimeCode::read(typed, shape).ok()?;
        let seconds = u64::try_from(now.millis()).ok()? / 1000;
        let step = self.generator(steps)?.check(code.expose(), seconds)?;
        i64::try_from(step).ok()
    }

    /// Parses what [`Self::stored`] writes.
    pub(super) fn parse(stored: &[u8]) -> Option<Self> {
        serde_json::from_slice(stored).ok()
    }

    /// The form that is encrypted.
    pub(super) fn stored(&self) -> Result<zeroize::Zeroizing<Vec<u8>>, FactorError> {
        serde_json::to_vec(self).map(zeroize::Zeroizing::new).map_err(|_| FactorError::Unreadable(FactorKind::Totp))
    }

    fn builder(&self, steps: u16) -> Option<Builder> {
        let right = DIGITS.contains(&self.digits) && PERIODS.contains(&self.period);
        let algorithm = match self.algorithm {
            TotpAlgorithm::Sha1 => Algorithm::SHA1,
            TotpAlgorithm::Sha256 => Algorithm::SHA256,
            TotpAlgorithm::Sha512 => Algorithm::SHA512,
        };
        let secret = Secret::try_from_base32(&self.secret).ok().filter(|_| right)?;
        let builder = Builder::new().with_algorithm(algorithm).with_digits(self.digits).with_secret(secret);
        Some(builder.with_step_duration(self.period).with_skew(steps))
    }

    fn generator(&self, steps: u16) -> Option<Generator> {
        self.builder(steps)?.build().ok()
    }
}

impl Totp {
    pub(super) const fn new(keys: Arc<KeyRing>, steps: u16) -> Self {
        Self { keys, steps }
    }

    fn secret(&self, row: &FactorRow) -> Result<TotpSecret, FactorError> {
        let stored = self.keys.decrypt(EncryptionPurpose::Factor, &binding::of_row(row), &row.encrypted);
        stored.and_then(|stored| TotpSecret::parse(&stored)).ok_or(FactorError::Unreadable(FactorKind::Totp))
    }
}

impl HeldProof for Totp {
    fn kind(&self) -> FactorKind {
        FactorKind::Totp
    }

    fn is_enrolled(&self, held: &HeldFactors) -> bool {
        held.rows.iter().any(|row| row.kind == FactorKind::Totp)
    }

    fn reads(&self, shown: &str) -> bool {
        DIGITS
            .into_iter()
            .any(|length| OneTimeCode::read(shown, CodeShape { length, alphabet: Alphabet::Numeric }).is_ok())
    }

    fn verify(&self, attempt: &ProofAttempt<'_>) -> Result<ProofVerdict, FactorError> {
        let mut used = false;
        for Readable { row, value: secret } in readable(attempt.held, FactorKind::Totp, |row| self.secret(row))? {
            let Some(step) = secret.step_of(attempt.shown, self.steps, attempt.now) else { continue };
            if row.last_step.is_some_and(|last| last < step) {
                return Ok(ProofVerdict::Right(Spending::TotpStep { factor: row.id, step }));
            }
            used = true;
        }
        Ok(ProofVerdict::Wrong(if used { "a code that was used before" } else { "not a code of this moment" }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::secret::ExposeSecret as _;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_millis(seconds * 1000)
    }

    /// The vectors of RFC 6238, appendix B.
    #[test]
    fn codes_are_those_of_the_rfc_for_each_hash_and_eight_digits() {
        let seed = b"1234567890";
        let repeated = |length: usize| seed.iter().copied().cycle().take(length).collect::<Vec<u8>>();
        for (algorithm, length, codes) in [
            (TotpAlgorithm::Sha1, 20, ["94287082", "07081804", "14050471", "89005924", "69279037", "65353130"]),
            (TotpAlgorithm::Sha256, 32, ["46119246", "68084774", "67062674", "91819424", "90698825", "77737706"]),
            (TotpAlgorithm::Sha512, 64, ["90693936", "25091201", "99943326", "93441116", "38618901", "47863826"]),
        ] {
            let secret = TotpSecret::imported(&repeated(length), algorithm, 8, 30).unwrap();
            let times = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
            for (time, code) in times.into_iter().zip(codes) {
                assert_eq!(secret.step_of(code, 0, at(time)), Some(time / 30), "{algorithm:?} at {time}");
            }
        }
    }

    #[test]
    fn the_step_before_and_the_one_after_are_accepted_where_the_window_has_them_and_none_beyond() {
        let secret = TotpSecret::imported(b"12345678901234567890", TotpAlgorithm::Sha1, 8, 30).unwrap();
        // The code of step 37037036, which lasts from 1111111080 to 1111111109.
        let code = "07081804";
        let step = |steps, time| secret.step_of(code, steps, at(time)).is_some();
        for (time, in_one, in_none) in [
            (1_111_111_049, false, false),
            (1_111_111_050, true, false),
            (1_111_111_079, true, false),
            (1_111_111_080, true, true),
            (1_111_111_109, true, true),
            (1_111_111_110, true, false),
            (1_111_111_139, true, false),
            (1_111_111_140, false, false),
        ] {
            assert_eq!((step(1, time), step(0, time)), (in_one, in_none), "{time}");
        }
        assert_eq!(secret.step_of("07 08 18 04", 0, at(1_111_111_080)), Some(37_037_036));
    }

    #[test]
    fn a_new_secret_has_160_bits_and_the_url_says_what_apps_expect() {
        let secret = TotpSecret::draw(&mut Random::system()).unwrap();
        assert_eq!(secret.secret.len(), 32);
        let setup = secret.setup("Example: home", "ada@example.com").unwrap();
        let expected = format!(
            "otpauth://totp/Example%20%20home:ada%40example.com?secret={}&issuer=Example%20%20home",
            secret.secret
        );
        assert_eq!(setup.url.expose_secret(), expected);
        assert_eq!(setup.secret.expose_secret().replace(' ', ""), secret.secret);
        assert!(!format!("{secret:?}").contains(&secret.secret));
    }

    #[test]
    fn a_secret_that_is_too_short_or_parameters_that_no_app_has_are_refused() {
        let imported = |bytes: usize, digits, period| {
            TotpSecret::imported(&vec![7; bytes], TotpAlgorithm::Sha512, digits, period).err()
        };
        for accepted in [imported(16, 8, 60), imported(64, 6, 30), imported(20, 7, 15), imported(20, 6, 120)] {
            assert_eq!(accepted, None);
        }
        for (error, found) in [
            (UnusableTotp::Short(120), imported(15, 6, 30)),
            (UnusableTotp::Short(0), imported(0, 6, 30)),
            (UnusableTotp::Digits(5), imported(20, 5, 30)),
            (UnusableTotp::Digits(9), imported(20, 9, 30)),
            (UnusableTotp::Period(0), imported(20, 6, 0)),
            (UnusableTotp::Period(14), imported(20, 6, 14)),
            (UnusableTotp::Period(121), imported(20, 6, 121)),
        ] {
            assert_eq!(found, Some(error));
        }
    }
}
