//! Passwords that are drawn and shown once.

use crate::platform::random::{EntropyUnavailable, Random};
use crate::platform::secret::SecretString;

/// Letters and digits that cannot be mistaken for one another.
const CLEAR: &[u8] = b"abcdefghjkmnpqrstuvwxyz23456789";

/// Three groups of four characters: 59 bits.
pub(super) fn draw(random: &mut Random) -> Result<SecretString, EntropyUnavailable> {
    let groups: Result<Vec<String>, _> = (0..3).map(|_| random.string(CLEAR, 4)).collect();
    Ok(SecretString::from(groups?.join("-")))
}
