//! sha512-crypt (`$6$`) and sha256-crypt (`$5$`): Authelia before version 4.38, `/etc/shadow`, LDAP's `{CRYPT}`.

use ::sha_crypt::{PasswordVerifier as _, ShaCrypt as Verifier};

use super::scheme::{ForeignHash, HashFault, Parsed, Strength};

/// The highest number of rounds that is computed. Authelia wrote 50 000, libraries write 5 000 to 656 000.
const MOST_ROUNDS: u32 = 1_000_000;

/// The work of a round grows with the password. `crypt(3)` of most systems takes no longer ones.
const MOST_BYTES: usize = 256;

pub(super) struct ShaCrypt {
    name: &'static str,
    /// The whole hash, with the number of rounds that is computed.
    text: String,
}

pub(super) fn parse(text: &str) -> Option<Parsed<ShaCrypt>> {
    let variants = [("$6$", "sha512-crypt", 86), ("$5$", "sha256-crypt", 43)];
    let (rest, (prefix, name, length)) =
        variants.into_iter().find_map(|variant| Some((text.strip_prefix(variant.0)?, variant)))?;
    Some(read(rest, prefix, name, length))
}

fn read(rest: &str, prefix: &'static str, name: &'static str, length: usize) -> Parsed<ShaCrypt> {
    let (rounds, rest) = match rest.strip_prefix("rounds=") {
        Some(rest) => {
            let (rounds, rest) = rest.split_once('$').ok_or(HashFault::Damaged(name))?;
            let digits = !rounds.is_empty() && rounds.bytes().all(|byte| byte.is_ascii_digit());
            // A number that does not fit is above every bound.
            let rounds: u32 = if digits { rounds.parse().unwrap_or(u32::MAX) } else { 0 };
            (Some(rounds), rest)
        }
        None => (None, rest),
    };
    let (salt, hash) = rest.split_once('$').ok_or(HashFault::Damaged(name))?;
    let is_crypt = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'/'));
    let salted = (1..=16).contains(&salt.len()) && !salt.contains(['$', ':']) && salt.is_ascii();
    if !salted || hash.len() != length || !is_crypt(hash) {
        return Err(HashFault::Damaged(name));
    }
    let text = match rounds {
        None => format!("{prefix}{salt}${hash}"),
        // `crypt(3)` takes 1000 for a smaller number, and so few that it writes none.
        Some(0..1000) => return Err(HashFault::Damaged(name)),
        Some(rounds) if rounds > MOST_ROUNDS => {
            return Err(HashFault::TooCostly(format!(
                "{name} with {rounds} rounds; at most {MOST_ROUNDS} are computed"
            )));
        }
        Some(rounds) => format!("{prefix}rounds={rounds}${salt}${hash}"),
    };
    Ok(ShaCrypt { name, text })
}

impl ForeignHash for ShaCrypt {
    fn name(&self) -> &'static str {
        self.name
    }

    fn strength(&self) -> Strength {
        Strength::Slow
    }

    /// The crate compares in constant time.
    fn matches(&self, password: &[u8]) -> bool {
        let fits = password.len() <= MOST_BYTES;
        let password = password.get(..password.len().min(MOST_BYTES)).unwrap_or_default();
        Verifier::SHA512.verify_password(password, self.text.as_str()).is_ok() && fits
    }
}
