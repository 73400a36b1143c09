//! bcrypt (`$2a$`, `$2b$`, `$2y$`): htpasswd, caddy-security, tinyauth, most web frameworks.

use ::bcrypt::bcrypt;
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::encoding;
use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

/// The highest cost that is computed: each further step doubles the time.
const MOST_COST: u32 = 14;

/// bcrypt reads 72 bytes, of which the last is the NUL behind the password.
const MOST_BYTES: usize = 72;

pub(super) struct Bcrypt {
    cost: u32,
    salt: [u8; 16],
    /// bcrypt computes 24 bytes; the text holds 23 of them.
    expected: [u8; 23],
}

pub(super) fn parse(text: &str) -> Option<Parsed<Bcrypt>> {
    let rest = text.strip_prefix("$2")?;
    let (variant, rest) = rest.split_once('$')?;
    Some(match variant {
        "a" | "b" | "y" => read(rest),
        "x" => Err(HashFault::Unsupported("`$2x$` marks hashes of an implementation that is known to be broken")),
        _ => Err(HashFault::Unsupported("only `$2a$`, `$2b$` and `$2y$` are known")),
    })
}

fn read(rest: &str) -> Parsed<Bcrypt> {
    let damaged = HashFault::Damaged("bcrypt");
    let (cost, rest) = rest.split_once('$').ok_or_else(|| damaged.clone())?;
    let digits = cost.len() == 2 && cost.bytes().all(|byte| byte.is_ascii_digit());
    let cost: u32 = cost.parse().ok().filter(|cost| digits && *cost >= 4).ok_or_else(|| damaged.clone())?;
    if rest.len() != 53 {
        return Err(damaged);
    }
    if cost > MOST_COST {
        return Err(HashFault::TooCostly(format!("bcrypt with cost {cost}; at most {MOST_COST} is computed")));
    }
    let decoded = |text: Option<&str>| text.and_then(encoding::of_bcrypt);
    let salt = decoded(rest.get(..22)).and_then(|bytes| bytes.try_into().ok());
    let expected = decoded(rest.get(22..)).and_then(|bytes| bytes.try_into().ok());
    match (salt, expected) {
        (Some(salt), Some(expected)) => Ok(Bcrypt { cost, salt, expected }),
        (None, _) | (_, None) => Err(damaged),
    }
}

impl ForeignHash for Bcrypt {
    fn name(&self) -> &'static str {
        "bcrypt"
    }

    fn strength(&self) -> Strength {
        Strength::Slow
    }

    /// A password that does not fit is wrong: the program that made the hash has dropped its end or refused it, and a
    /// password counts whole here. It costs as much as any other.
    fn matches(&self, password: &[u8]) -> bool {
        let fits = password.len() < MOST_BYTES;
        let mut key = Zeroizing::new(Vec::with_capacity(MOST_BYTES));
        key.extend(password.iter().take(MOST_BYTES - 1));
        key.push(0);
        let found = bcrypt(self.cost, self.salt, &key);
        let same = found.get(..self.expected.len()).is_some_and(|found| found.ct_eq(&self.expected).into());
        same && fits
    }
}
