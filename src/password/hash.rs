//! Hashing and verifying with Argon2id. The only file with its parameters.

use argon2::password_hash::phc::Output;
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::{PasswordError, Verdict};
use crate::platform::random::Random;

/// OWASP's second configuration of equal strength: 19 MiB, two passes. Several at once fit on any machine.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The memory of a hash with our parameters, in blocks of 1 KiB.
const OUR_BLOCKS: usize = MEMORY_KIB as usize;

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

/// The memory of one hashing thread, kept from one password to the next. Freed and allocated for each, 19 MiB at a time
/// would stay with the allocator in pieces: sixteen wrong passwords cost 200 MiB.
#[derive(Default)]
pub(super) struct Workspace(Vec<Block>);

impl Workspace {
    /// Fills `out` with the hash. A stored hash of a higher cost than ours gets its own memory, which is given back.
    fn compute(&mut self, hasher: &Argon2<'_>, password: &[u8], salt: &[u8], out: &mut [u8]) -> argon2::Result<()> {
        let count = hasher.params().block_count();
        if count > OUR_BLOCKS {
            return hasher.hash_password_into(password, salt, out);
        }
        if self.0.len() < count {
            self.0 = vec![Block::default(); OUR_BLOCKS];
        }
        hasher.hash_password_into_with_memory(password, salt, out, self.0.get_mut(..count).unwrap_or_default())
    }
}

/// Hashes with the current parameters and a new salt.
pub(super) fn hash(
    password: &[u8],
    workspace: &mut Workspace,
    random: &mut Random,
) -> Result<PasswordHash, PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Unreadable)?;
    let salt: [u8; SALT_BYTES] = random.bytes()?;
    let mut result = [0; RESULT_BYTES];
    workspace
        .compute(&Argon2::new(Algorithm::Argon2id, Version::V0x13, params), password, &salt, &mut result)
        .map_err(|_| PasswordError::Unreadable)?;
    Ok(written(&salt, &result))
}

/// Does the work of one hash with the current parameters, and forgets it.
pub(super) fn spend(password: &[u8], workspace: &mut Workspace) -> Result<(), PasswordError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| PasswordError::Unreadable)?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut result = [0; RESULT_BYTES];
    workspace.compute(&hasher, password, &[0; SALT_BYTES], &mut result).map_err(|_| PasswordError::Unreadable)
}

fn written(salt: &[u8], result: &[u8]) -> PasswordHash {
    let [salt, result] = [salt, result].map(|bytes| STANDARD_NO_PAD.encode(bytes));
    PasswordHash(format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}${salt}${result}"))
}

/// A hash that no password matches: current parameters, random salt and random result. Verifying against it costs as
/// much as against a real hash. Creating it costs nothing, so it does not delay the start or use memory.
pub(super) fn of_unknown_account(random: &mut Random) -> Result<PasswordHash, PasswordError> {
    let (salt, result): ([u8; SALT_BYTES], [u8; RESULT_BYTES]) = (random.bytes()?, random.bytes()?);
    Ok(written(&salt, &result))
}

fn within(params: &Params) -> bool {
    params.m_cost() <= MOST_MEMORY_KIB && params.t_cost() <= MOST_PASSES && params.p_cost() <= MOST_LANES
}

/// Memory times passes of a hash that an import may bring: about a second. The bounds of [`verify`] alone would allow
/// half a minute.
const MOST_IMPORTED_WORK: u64 = 1 << 19;

/// What [`bearable`] allows, for reports.
pub(super) const BOUND: &str = "argon2 with a cost above the bound; at most m * t = 524288 and p=16 is computed";

/// Whether an import may bring a hash of this cost; `None`: it is not an Argon2 hash, or not a whole one.
pub(super) fn bearable(stored: &PasswordHash) -> Option<bool> {
    let parsed = argon2::PasswordHash::new(&stored.0).ok()?;
    Algorithm::try_from(parsed.algorithm.as_str()).ok()?;
    parsed.version.map_or(Ok(Version::default()), Version::try_from).ok()?;
    parsed.salt.as_ref().zip(parsed.hash.as_ref())?;
    let params = Params::try_from(&parsed).ok()?;
    let work = u64::from(params.m_cost()).saturating_mul(params.t_cost().into());
    Some(within(&params) && work <= MOST_IMPORTED_WORK)
}

/// Which Argon2 a stored text names.
pub(super) fn variant(stored: &str) -> Option<&'static str> {
    let variants = ["argon2id", "argon2i", "argon2d"];
    let named = stored.strip_prefix('$')?.split('$').next()?;
    variants.into_iter().find(|variant| *variant == named)
}

/// Verifies the whole password in constant time, with the parameters of the stored hash.
pub(super) fn verify(
    password: &[u8],
    stored: &PasswordHash,
    workspace: &mut Workspace,
) -> Result<Verdict, PasswordError> {
    let parsed = argon2::PasswordHash::new(&stored.0).map_err(|_| PasswordError::Unreadable)?;
    let params = Params::try_from(&parsed).map_err(|_| PasswordError::Unreadable)?;
    let (true, Some(salt), Some(expected)) = (within(&params), parsed.salt.as_ref(), parsed.hash.as_ref()) else {
        return Err(PasswordError::Unreadable);
    };
    let algorithm = Algorithm::try_from(parsed.algorithm.as_str()).map_err(|_| PasswordError::Unreadable)?;
    let version = parsed.version.map_or(Ok(Version::default()), Version::try_from);
    let hasher = Argon2::new(algorithm, version.map_err(|_| PasswordError::Unreadable)?, params.clone());
    let mut buffer = [0; Output::MAX_LENGTH];
    let found = buffer.get_mut(..expected.len()).ok_or(PasswordError::Unreadable)?;
    workspace.compute(&hasher, password, salt.as_ref(), found).map_err(|_| PasswordError::Unreadable)?;
    // The comparison of `Output` takes as long wherever the two differ.
    if Output::new(found).map_err(|_| PasswordError::Unreadable)? != *expected {
        return Ok(Verdict::Wrong);
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
        let (mut random, mut workspace) = (Random::system(), Workspace::default());
        let real = hash(b"a quiet phrase", &mut workspace, &mut random).unwrap();
        let nobody = of_unknown_account(&mut random).unwrap();
        assert_eq!(real.as_str().len(), nobody.as_str().len());
        let parameters = |hash: &PasswordHash| hash.as_str().rsplitn(3, '$').last().map(str::to_owned);
        assert_eq!(parameters(&real), parameters(&nobody));
        assert_eq!(verify(b"a quiet phrase", &nobody, &mut workspace).unwrap(), Verdict::Wrong);
    }
    /// The others are made by the crate's own allocation.
    #[test]
    fn one_workspace_serves_hashes_of_every_cost_one_after_the_other() {
        let (mut random, mut workspace) = (Random::system(), Workspace::default());
        let ours = hash(b"a quiet phrase", &mut workspace, &mut random).unwrap();
        let other = |memory: u32| {
            let params = Params::new(memory, 1, 1, None).unwrap();
            let mut result = [0; RESULT_BYTES];
            let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
            hasher.hash_password_into(b"a quiet phrase", b"salt of sixteen!", &mut result).unwrap();
            let [salt, result] = [&b"salt of sixteen!"[..], &result[..]].map(|bytes| STANDARD_NO_PAD.encode(bytes));
            PasswordHash(format!("$argon2id$v=19$m={memory},t=1,p=1${salt}${result}"))
        };
        for (stored, right) in [
            (other(64), Verdict::RightButOutdated),
            (ours.clone(), Verdict::Right),
            (other(MEMORY_KIB + 8), Verdict::RightButOutdated),
            (other(4096), Verdict::RightButOutdated),
            (ours, Verdict::Right),
        ] {
            assert_eq!(verify(b"a quiet phrase", &stored, &mut workspace).unwrap(), right, "{}", stored.as_str());
            assert_eq!(verify(b"a quiet phrasf", &stored, &mut workspace).unwrap(), Verdict::Wrong);
            assert!(workspace.0.len() <= OUR_BLOCKS);
        }
    }
}
