//! scrypt in passlib's form (`$scrypt$ln=16,r=8,p=1$salt$key`): Authelia.

use ::scrypt::{Params, scrypt};
use subtle::ConstantTimeEq as _;

use super::encoding;
use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

/// The highest product `N * r * p`: the time is proportional to it, and 128 bytes for each are the memory if `p` is 1.
/// This is four times what Authelia writes: 256 MiB.
const MOST_WORK: u64 = 1 << 21;

const SHORTEST_KEY: usize = 16;
const LONGEST_KEY: usize = 64;

pub(super) struct Scrypt {
    params: Params,
    salt: Vec<u8>,
    expected: Vec<u8>,
}

pub(super) fn parse(text: &str) -> Option<Parsed<Scrypt>> {
    text.strip_prefix("$scrypt$").map(read)
}

fn read(rest: &str) -> Parsed<Scrypt> {
    let damaged = HashFault::Damaged("scrypt");
    let fields: Vec<&str> = rest.split('$').collect();
    let [cost, salt, key] = fields.as_slice() else { return Err(damaged) };
    let numbers: Vec<&str> = cost.split(',').collect();
    let [exponent, block, lanes] = numbers.as_slice() else { return Err(damaged) };
    let number = |text: &str, name: &str| text.strip_prefix(name)?.parse::<u32>().ok().filter(|number| *number > 0);
    let (Some(exponent), Some(block), Some(lanes)) =
        (number(exponent, "ln="), number(block, "r="), number(lanes, "p="))
    else {
        return Err(damaged);
    };
    let (Some(salt), Some(expected)) = (encoding::standard(salt), encoding::standard(key)) else {
        return Err(damaged);
    };
    if salt.is_empty() || !(SHORTEST_KEY..=LONGEST_KEY).contains(&expected.len()) {
        return Err(damaged);
    }
    let rounds = 1_u64.checked_shl(exponent).filter(|_| exponent < 64);
    let work = rounds.and_then(|rounds| rounds.checked_mul(block.into())?.checked_mul(lanes.into()));
    if work.is_none_or(|work| work > MOST_WORK) {
        let what = format!("scrypt with ln={exponent}, r={block}, p={lanes}; at most N*r*p = {MOST_WORK} is computed");
        return Err(HashFault::TooCostly(what));
    }
    let exponent = u8::try_from(exponent).map_err(|_| damaged.clone())?;
    let params = Params::new(exponent, block, lanes).map_err(|_| damaged)?;
    Ok(Scrypt { params, salt, expected })
}

impl ForeignHash for Scrypt {
    fn name(&self) -> &'static str {
        "scrypt"
    }

    fn strength(&self) -> Strength {
        Strength::Slow
    }

    fn matches(&self, password: &[u8]) -> bool {
        let mut found = vec![0; self.expected.len()];
        scrypt(password, &self.salt, &self.params, &mut found).is_ok() && bool::from(found.ct_eq(&self.expected))
    }
}
