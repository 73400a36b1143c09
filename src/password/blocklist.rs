//! Passwords that are guessed first. Whole passwords are compared, never parts: a long phrase that merely contains
//! "password" is a good one.

use std::collections::HashSet;
use std::sync::OnceLock;

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// One a line, lower case, 8 characters or more (shorter ones are refused by their length).
const COMMON: &str = include_str!("common.txt");

/// Ours; always a personal word, whatever the service is called.
const PRODUCT: &str = "portcullis";

/// Shorter parts of a name or address (a country's ending, an initial) say nothing about a person.
const SHORTEST_WORD: usize = 3;

/// Whether the password, whatever its case, is one of the most common.
pub(super) fn is_common(password: &str) -> bool {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let list = LIST.get_or_init(|| COMMON.lines().map(str::trim).filter(|line| !line.is_empty()).collect());
    list.contains(folded(password).as_str())
}

/// Whether the password is one of the words or their parts, alone, backwards or with digits around it.
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

/// Of `Ada.Lovelace@mail.example.com`: the part before `@`, the domain, and every word of both.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split('@').chain(word.split(|c: char| !c.is_alphanumeric()))
}

fn folded(text: &str) -> Zeroizing<String> {
    // Lower case of one character may be longer than it; four times the bytes is more than any case needs.
    let mut lower = Zeroizing::new(String::with_capacity(text.len() * 4));
    lower.extend(text.nfc().flat_map(char::to_lowercase));
    lower
}
