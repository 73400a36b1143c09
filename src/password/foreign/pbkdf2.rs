//! PBKDF2 in passlib's form (`$pbkdf2-sha512$310000$salt$key`): Authelia, and LDAP's `{PBKDF2-SHA512}` in other letters.

use ::pbkdf2::pbkdf2_hmac;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;

use super::encoding;
use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

/// The highest number of iterations that is computed. OWASP recommends 1 300 000 for SHA-1 and less for the others.
const MOST_ITERATIONS: u32 = 1_500_000;

/// A shorter key could be guessed itself.
const SHORTEST_KEY: usize = 16;

pub(super) struct Pbkdf2 {
    digest: Digest,
    iterations: u32,
    salt: Vec<u8>,
    /// At most one block of output: further ones cost as much each and tell nothing more.
    expected: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Digest {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Digest {
    const ALL: [(&str, Self); 6] = [
        ("$pbkdf2$", Self::Sha1),
        ("$pbkdf2-sha1$", Self::Sha1),
        ("$pbkdf2-sha224$", Self::Sha224),
        ("$pbkdf2-sha256$", Self::Sha256),
        ("$pbkdf2-sha384$", Self::Sha384),
        ("$pbkdf2-sha512$", Self::Sha512),
    ];

    const fn block(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }
}

pub(super) fn parse(text: &str) -> Option<Parsed<Pbkdf2>> {
    let (digest, rest) =
        Digest::ALL.into_iter().find_map(|(prefix, digest)| Some((digest, text.strip_prefix(prefix)?)))?;
    Some(read(digest, rest))
}

fn read(digest: Digest, rest: &str) -> Parsed<Pbkdf2> {
    let damaged = HashFault::Damaged("pbkdf2");
    let fields: Vec<&str> = rest.split('$').collect();
    let [iterations, salt, key] = fields.as_slice() else { return Err(damaged) };
    let digits = !iterations.is_empty() && iterations.bytes().all(|byte| byte.is_ascii_digit());
    // A number that does not fit is above every bound.
    let iterations: u32 = if digits { iterations.parse().unwrap_or(u32::MAX) } else { 0 };
    let (Some(salt), Some(key)) = (encoding::standard(salt), encoding::standard(key)) else { return Err(damaged) };
    if iterations == 0 || salt.is_empty() || key.len() < SHORTEST_KEY {
        return Err(damaged);
    }
    if iterations > MOST_ITERATIONS {
        let what = format!("pbkdf2 with {iterations} iterations; at most {MOST_ITERATIONS} are computed");
        return Err(HashFault::TooCostly(what));
    }
    let expected = key.into_iter().take(digest.block()).collect();
    Ok(Pbkdf2 { digest, iterations, salt, expected })
}

impl ForeignHash for Pbkdf2 {
    fn name(&self) -> &'static str {
        "pbkdf2"
    }

    fn strength(&self) -> Strength {
        Strength::Slow
    }

    fn matches(&self, password: &[u8]) -> bool {
        let compute = match self.digest {
            Digest::Sha1 => pbkdf2_hmac::<Sha1>,
            Digest::Sha224 => pbkdf2_hmac::<Sha224>,
            Digest::Sha256 => pbkdf2_hmac::<Sha256>,
            Digest::Sha384 => pbkdf2_hmac::<Sha384>,
            Digest::Sha512 => pbkdf2_hmac::<Sha512>,
        };
        let mut found = vec![0; self.expected.len()];
        compute(password, &self.salt, self.iterations, &mut found);
        found.ct_eq(&self.expected).into()
    }
}
