//! Passwords that attackers try first. Only whole passwords are compared: a long phrase that merely contains "password"
//! is a good one.

use std::collections::HashSet;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// One per line, lower case, at least 8 characters (shorter ones are refused by their length).
const COMMON: &str = include_str!("common.txt");

/// Our product's name. It is always treated as a personal word, whatever the service is called.
const PRODUCT: &str = "portcullis";

/// Shorter parts of a name or address (a country code, an initial) are ignored.
const SHORTEST_WORD: usize = 3;

/// Whether the password is one of the most common, ignoring case.
pub(super) fn is_common(password: &str) -> bool {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let list = LIST.get_or_init(|| COMMON.lines().map(str::trim).filter(|line| !line.is_empty()).collect());
    list.contains(folded(password).as_str())
}

/// Whether the password is one of the words or their parts, alone, reversed or surrounded by digits.
pub(super) fn is_personal(password: &str, personal: &[&str]) -> bool {
    let whole = folded(password);
    let bare = whole.trim_matches(|c: char| c.is_ascii_digit());
    let is = |word: &str| {
        let word = folded(word);
        word.chars().count() >= SHORTEST_WORD
            && (*word == *whole || *word == *bare || word.chars().rev().eq(whole.chars()))
    };
    personal.iter().copied().chain([PRODUCT]).any(|word| is(word.trim()) || parts(word).any(is))
}

/// The parts of `Ada.Lovelace@mail.example.com`: the local part, the domain, and every word of both.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split('@').chain(word.split(|c: char| !c.is_alphanumeric()))
}

fn folded(text: &str) -> Zeroizing<String> {
    // Lower-casing can make a character longer; four times the bytes is always enough.
    let mut lower = Zeroizing::new(String::with_capacity(text.len() * 4));
    lower.extend(text.nfc().flat_map(char::to_lowercase));
    lower
}
