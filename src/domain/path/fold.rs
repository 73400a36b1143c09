//! Case folding, for servers that treat `/Admin` and `/admin` as the same place.

use std::borrow::Cow;

use super::canonical::{escape, push_escape};

/// A path with its letters folded, first to capitals and then to small letters, so that `ſ`, `ı` and the Kelvin sign
/// become `s`, `i` and `k`, as on some servers. Letters beyond ASCII always come out percent-encoded.
pub fn folded(path: &str) -> Cow<'_, str> {
    let plain = path.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'%');
    if plain {
        return Cow::Borrowed(path);
    }
    let mut text = String::with_capacity(path.len());
    let mut letters = Vec::new();
    let mut rest = path.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        match escape(rest) {
            Some((byte, after)) if byte.is_ascii() => {
                fold(&mut letters, &mut text);
                push_escape(&mut text, byte);
                rest = after;
            }
            Some((byte, after)) => {
                letters.push(byte);
                rest = after;
            }
            None => {
                letters.push(*first);
                rest = behind;
            }
        }
    }
    fold(&mut letters, &mut text);
    Cow::Owned(text)
}

/// Appends the letters to the text. Bytes that are not UTF-8 stay encoded.
fn fold(letters: &mut Vec<u8>, text: &mut String) {
    for chunk in letters.utf8_chunks() {
        for character in chunk.valid().chars().flat_map(char::to_uppercase).flat_map(char::to_lowercase) {
            push(character, text);
        }
        for byte in chunk.invalid() {
            push_escape(text, *byte);
        }
    }
    letters.clear();
}

fn push(character: char, text: &mut String) {
    if character.is_ascii() {
        text.push(character);
        return;
    }
    let mut room = [0; 4];
    for byte in character.encode_utf8(&mut room).bytes() {
        push_escape(text, byte);
    }
}
