//! One round of a hash function, with or without a salt: `{SHA}`, `{SSHA}`, `{SSHA256}`, `{SSHA512}` and their like in
//! LDAP; `{SHA}` in htpasswd.

use sha1::Sha1;
use sha2::digest::Digest;
use sha2::{Sha256, Sha384, Sha512};
use subtle::ConstantTimeEq as _;

use super::encoding;
use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

/// More is no salt; the work grows with it.
const LONGEST_SALT: usize = 64;

pub(super) struct SaltedDigest {
    scheme: &'static Scheme,
    expected: Vec<u8>,
    salt: Vec<u8>,
}

struct Scheme {
    /// The name in the hash, in capital letters.
    name: &'static str,
    bytes: usize,
    salted: bool,
    compute: fn(&[u8], &[u8]) -> Vec<u8>,
}

static SCHEMES: [Scheme; 8] = [
    Scheme { name: "{SHA}", bytes: 20, salted: false, compute: compute::<Sha1> },
    Scheme { name: "{SSHA}", bytes: 20, salted: true, compute: compute::<Sha1> },
    Scheme { name: "{SHA256}", bytes: 32, salted: false, compute: compute::<Sha256> },
    Scheme { name: "{SSHA256}", bytes: 32, salted: true, compute: compute::<Sha256> },
    Scheme { name: "{SHA384}", bytes: 48, salted: false, compute: compute::<Sha384> },
    Scheme { name: "{SSHA384}", bytes: 48, salted: true, compute: compute::<Sha384> },
    Scheme { name: "{SHA512}", bytes: 64, salted: false, compute: compute::<Sha512> },
    Scheme { name: "{SSHA512}", bytes: 64, salted: true, compute: compute::<Sha512> },
];

fn compute<D: Digest>(password: &[u8], salt: &[u8]) -> Vec<u8> {
    D::new().chain_update(password).chain_update(salt).finalize().to_vec()
}

pub(super) fn parse(text: &str) -> Option<Parsed<SaltedDigest>> {
    let (name, rest) = text.split_at_checked(text.find('}')? + 1)?;
    let scheme = SCHEMES.iter().find(|scheme| scheme.name.eq_ignore_ascii_case(name))?;
    let damaged = HashFault::Damaged(scheme.name);
    let Some(decoded) = encoding::standard(rest) else { return Some(Err(damaged)) };
    let Some((expected, salt)) = decoded.split_at_checked(scheme.bytes) else { return Some(Err(damaged)) };
    let whole = if scheme.salted { (1..=LONGEST_SALT).contains(&salt.len()) } else { salt.is_empty() };
    Some(if whole {
        Ok(SaltedDigest { scheme, expected: expected.to_vec(), salt: salt.to_vec() })
    } else {
        Err(damaged)
    })
}

impl ForeignHash for SaltedDigest {
    fn name(&self) -> &'static str {
        self.scheme.name
    }

    fn strength(&self) -> Strength {
        Strength::Fast
    }

    fn matches(&self, password: &[u8]) -> bool {
        (self.scheme.compute)(password, &self.salt).ct_eq(&self.expected).into()
    }
}
