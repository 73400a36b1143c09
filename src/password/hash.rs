//! Hashing and verifying with Argon2id. The only file with its parameters.

use argon2::password_hash::Error as HashError;
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{PasswordError, Verdict};
use crate::platform::random::Random;

/// OWASP's second configuration of equal strength: 19 MiB, two passes. Several at once fit on any machine.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// A stored hash may have a higher cost than ours, but not so high that one check starves the machine.
const MOST_MEMORY_KIB: u32 = 1 << 20;
const MOST_PASSES: u32 = 16;
const MOST_LANES: u32 = 16;

/// RFC 9106 §3.1 recommends 16 bytes.
const SALT_BYTES: usize = 16;

/// The default length of the hash in `argon2`.
const RESULT_BYTES: usize = 32;

/// A PHC string `$argon2id$…`. `Debug` does not show it.
#[derive(Clone)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Wraps a hash from the store.
    pub fn from_stored(phc: String) -> Self {
        Self(phc)
    }

    /// The hash for the store.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(hidden)")
    }
}

/// Hashes with the current parameters and a new salt.
pub(super) fn hash(password: &[u8], random: &mut Random) -> Result<PasswordHash, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Unreadable)?;
    let salt: [u8; SALT_BYTES] = random.bytes()?;
    let hashed = Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_with_salt(password, &salt)
        .map_err(|_| PasswordError::Unreadable)?;
    Ok(PasswordHash(hashed.to_string()))
}

/// A hash that no password matches: current parameters, random salt and random result. Verifying against it costs as
/// much as against a real hash. Creating it costs nothing, so it does not delay the start or use memory.
pub(super) fn of_unknown_account(random: &mut Random) -> Result<PasswordHash, PasswordError> {
    let (salt, result): ([u8; SALT_BYTES], [u8; RESULT_BYTES]) = (random.bytes()?, random.bytes()?);
    let [salt, result] = [&salt[..], &result[..]].map(|bytes| STANDARD_NO_PAD.encode(bytes));
    Ok(PasswordHash(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${result}")))
}

/// Verifies the whole password in constant time, with the parameters of the stored hash.
pub(super) fn verify(password: &[u8], stored: &PasswordHash) -> Result<Verdict, PasswordError> {
    let parsed = argon2::PasswordHash::new(&stored.0).map_err(|_| PasswordError::Unreadable)?;
    let params = Params::try_from(&parsed).map_err(|_| PasswordError::Unreadable)?;
    let bearable =
        params.m_cost() <= MOST_MEMORY_KIB && params.t_cost() <= MOST_PASSES && params.p_cost() <= MOST_LANES;
    if !bearable || parsed.salt.is_none() || parsed.hash.is_none() {
        return Err(PasswordError::Unreadable);
    }
    match Argon2::default().verify_password(password, &parsed) {
        Ok(()) => {}
        Err(HashError::PasswordInvalid) => return Ok(Verdict::Wrong),
        Err(_) => return Err(PasswordError::Unreadable),
    }
    let newest = parsed.algorithm == ARGON2ID_IDENT && parsed.version == Some(Version::V0x13.into());
    let strong = params.m_cost() >= MEMORY_KIB && params.t_cost() >= PASSES;
    Ok(if newest && strong { Verdict::Right } else { Verdict::RightButOutdated })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_nobody_has_the_form_and_the_cost_of_a_real_one_and_no_password() {
        let mut random = Random::system();
        let (real, nobody) = (hash(b"a quiet phrase", &mut random).unwrap(), of_unknown_account(&mut random).unwrap());
        assert_eq!(real.as_str().len(), nobody.as_str().len());
        let parameters = |hash: &PasswordHash| hash.as_str().rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(parameters(&real), parameters(&nobody));
        assert_eq!(verify(b"a quiet phrase", &nobody).unwrap(), Verdict::Wrong);
    }
}
