//! apr1 (`$apr1$`, Apache's own) and md5-crypt (`$1$`): a thousand rounds of MD5, the same but for the name in the hash.

use md5::{Digest as _, Md5};
use subtle::ConstantTimeEq as _;

use super::encoding::crypt_group;
use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

const ROUNDS: u32 = 1000;

/// The work of a round grows with the password; Apache reads no longer ones.
const MOST_BYTES: usize = 256;

pub(super) struct Md5Crypt {
    name: &'static str,
    prefix: &'static str,
    salt: String,
    expected: String,
}

pub(super) fn parse(text: &str) -> Option<Parsed<Md5Crypt>> {
    let variants = [("$apr1$", "apr1"), ("$1$", "md5-crypt")];
    let (rest, (prefix, name)) =
        variants.into_iter().find_map(|variant| Some((text.strip_prefix(variant.0)?, variant)))?;
    let whole = rest.split_once('$').filter(|(salt, hash)| {
        (1..=8).contains(&salt.len()) && salt.is_ascii() && hash.len() == 22 && hash.is_ascii() && !hash.contains('$')
    });
    Some(match whole {
        Some((salt, hash)) => Ok(Md5Crypt { name, prefix, salt: salt.to_owned(), expected: hash.to_owned() }),
        None => Err(HashFault::Damaged(name)),
    })
}

impl ForeignHash for Md5Crypt {
    fn name(&self) -> &'static str {
        self.name
    }

    fn strength(&self) -> Strength {
        Strength::Fast
    }

    fn matches(&self, password: &[u8]) -> bool {
        let fits = password.len() <= MOST_BYTES;
        let password = password.get(..password.len().min(MOST_BYTES)).unwrap_or_default();
        let found = written(&self.compute(password));
        bool::from(found.ct_eq(self.expected.as_bytes())) && fits
    }
}

impl Md5Crypt {
    fn compute(&self, password: &[u8]) -> [u8; 16] {
        let salt = self.salt.as_bytes();
        let inner: [u8; 16] =
            Md5::new().chain_update(password).chain_update(salt).chain_update(password).finalize().into();
        let mut first = Md5::new().chain_update(password).chain_update(self.prefix).chain_update(salt);
        inner.iter().cycle().take(password.len()).for_each(|byte| first.update([*byte]));
        // One byte for each bit of the length, the lowest first.
        let mut length = password.len();
        while length > 0 {
            first.update([if length & 1 == 1 { 0 } else { password.first().copied().unwrap_or_default() }]);
            length >>= 1;
        }
        let mut state: [u8; 16] = first.finalize().into();
        for round in 0..ROUNDS {
            let mut hash = Md5::new();
            let (odd, even): (&[u8], &[u8]) = (password, &state);
            hash.update(if round % 2 == 1 { odd } else { even });
            if !round.is_multiple_of(3) {
                hash.update(salt);
            }
            if !round.is_multiple_of(7) {
                hash.update(password);
            }
            hash.update(if round % 2 == 1 { even } else { odd });
            state = hash.finalize().into();
        }
        state
    }
}

/// The 22 characters of the hash.
fn written(state: &[u8; 16]) -> Vec<u8> {
    let [b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, b10, b11, b12, b13, b14, b15] = *state;
    let groups = [[b0, b6, b12], [b1, b7, b13], [b2, b8, b14], [b3, b9, b15], [b4, b10, b5]];
    groups.into_iter().flat_map(|group| crypt_group(group, 4)).chain(crypt_group([0, 0, b11], 2)).collect()
}
