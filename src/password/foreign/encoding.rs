//! The base64 alphabets of hashes.

use base64::alphabet::{Alphabet, BCRYPT, STANDARD};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, Engine as _};

/// With or without padding, and with any bits behind the last byte: other programs write both, and no two texts that
/// decode to the same bytes are compared with each other here.
const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);

/// Standard base64, and passlib's variant of it with `.` in place of `+`.
pub(super) fn standard(text: &str) -> Option<Vec<u8>> {
    decode(&STANDARD, &text.replace('.', "+"))
}

/// The alphabet of bcrypt.
pub(super) fn of_bcrypt(text: &str) -> Option<Vec<u8>> {
    decode(&BCRYPT, text)
}

fn decode(alphabet: &Alphabet, text: &str) -> Option<Vec<u8>> {
    GeneralPurpose::new(alphabet, LENIENT).decode(text).ok()
}

/// The 64 characters of `crypt(3)`, in their order.
const CRYPT: &[u8; 64] = b"./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// Writes three bytes as `crypt(3)` does: 6 bits a character, the lowest first. `count` is the number of characters.
pub(super) fn crypt_group([high, middle, low]: [u8; 3], count: usize) -> impl Iterator<Item = u8> {
    let bits = u32::from(high) << 16 | u32::from(middle) << 8 | u32::from(low);
    (0..count).filter_map(move |place| {
        let index = (bits >> (6 * place)) & 0x3f;
        CRYPT.get(usize::try_from(index).unwrap_or_default()).copied()
    })
}
