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

/// Shorter labels of a domain (`app`, `web`) are parts of many words.
const SHORTEST_LABEL: usize = 4;

/// Whether the password is one of the most common, ignoring case.
pub(super) fn is_common(password: &str) -> bool {
    static LIST: OnceLock<HashSet<&'static str>> = OnceLock::new();
    let list = LIST.get_or_init(|| COMMON.lines().map(str::trim).filter(|line| !line.is_empty()).collect());
    list.contains(folded(password).as_str())
}

/// Whether the password is one of the words or their parts, alone, reversed or surrounded by digits; or is mainly made
/// of them.
pub(super) fn is_personal(password: &str, personal: &[&str]) -> bool {
    let whole = folded(password);
    let bare = whole.trim_matches(|c: char| c.is_ascii_digit());
    let is = |word: &str| {
        let word = folded(word);
        word.chars().count() >= SHORTEST_WORD
            && (*word == *whole || *word == *bare || word.chars().rev().eq(whole.chars()))
    };
    let words = || personal.iter().copied().chain([PRODUCT]);
    words().any(|word| is(word.trim()) || parts(word).any(is)) || is_mainly(&whole, words().flat_map(telling_parts))
}

/// Whether the words cover more characters of the password than there are letters beside them: `ZedMiller-2027`, but
/// not `zed walks over nine bridges`.
fn is_mainly<'a>(password: &str, words: impl Iterator<Item = &'a str>) -> bool {
    let mut covered = vec![false; password.len()];
    for word in words {
        let word = folded(word);
        for (at, _) in password.match_indices(word.as_str()) {
            covered.iter_mut().skip(at).take(word.len()).for_each(|byte| *byte = true);
        }
    }
    let characters =
        || password.char_indices().map(|(at, letter)| (letter, covered.get(at).copied().unwrap_or_default()));
    let inside = characters().filter(|(_, covered)| *covered).count();
    let beside = characters().filter(|(letter, covered)| !covered && letter.is_alphabetic()).count();
    inside > beside
}

/// The parts of `Ada.Lovelace@mail.example.com`: the local part, the domain, and every word of both.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    word.split('@').chain(word.split(|c: char| !c.is_alphanumeric()))
}

/// The parts that say something: those of names, of what stands before an `@`, and of a domain without its ending.
fn telling_parts(word: &str) -> impl Iterator<Item = &str> {
    let (local, domain) = word.rsplit_once('@').unwrap_or((word, ""));
    let names = domain.rsplit_once('.').map_or(domain, |(names, _)| names);
    let of_name = local.split(|c: char| !c.is_alphanumeric()).filter(|part| part.chars().count() >= SHORTEST_WORD);
    let of_domain = names.split(|c: char| !c.is_alphanumeric()).filter(|part| part.len() >= SHORTEST_LABEL);
    of_name.chain(of_domain)
}

fn folded(text: &str) -> Zeroizing<String> {
    // Lower-casing can make a character longer; four times the bytes is always enough.
    let mut lower = Zeroizing::new(String::with_capacity(text.len() * 4));
    lower.extend(text.nfc().flat_map(char::to_lowercase));
    lower
}
