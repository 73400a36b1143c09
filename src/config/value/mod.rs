//! The kinds of single values that are written as text, one file for each.

pub(super) mod address;
pub(super) mod code;
pub(super) mod colour;
pub(super) mod duration;
pub(super) mod events;
pub(super) mod header_name;
pub(super) mod host;
pub(super) mod hsts;
pub(super) mod link;
pub(super) mod log;
pub(super) mod mail;
pub(super) mod markup;
pub(super) mod name;
pub(super) mod path;
pub(super) mod person;
pub(super) mod rule;
pub(super) mod secret;
pub(super) mod size;
pub(super) mod store;
pub(super) mod upstream_host;
pub(super) mod url;

use super::mistake::Fault;
use super::mistakes::nearest;

/// A value written as text.
pub(super) trait ConfigValue: Sized {
    /// Its name in messages and in the reference: `a duration from 30s to 10m`.
    fn kind() -> String;

    /// A valid example.
    const EXAMPLE: &'static str;

    /// All valid values, if it is a closed list.
    const WORDS: &'static [&'static str] = &[];

    /// Parses a value.
    fn parse(text: &str) -> Result<Self, Fault>;

    /// Formats the value so that parsing returns the same value; a secret is formatted as `(hidden)`.
    fn text(&self) -> String;
}

/// The fault of an invalid text.
fn not_a<L: ConfigValue>(text: &str) -> Fault {
    Fault::new(format!("{} is not {}", quoted(text), L::kind()), format!("write one such as `{}`", L::EXAMPLE))
}

/// A value for a message: quoted, at most 60 characters.
fn quoted(text: &str) -> String {
    let shown: String = text.chars().take(60).collect();
    let rest = if shown.len() < text.len() { "…" } else { "" };
    format!("`{shown}{rest}`")
}

/// Parses one of a closed list of words.
fn word<T: Copy>(text: &str, words: &[(&'static str, T)]) -> Result<T, Fault> {
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
        return Ok(*value);
    }
    let all: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
    let remedy = match nearest(text, words.iter().map(|(word, _)| *word)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", all.join(" or ")),
    };
    Err(Fault::new(format!("{} is none of {}", quoted(text), all.join(", ")), remedy))
}

/// The word of a value of a closed list.
fn name_of<T: Copy + PartialEq>(value: T, words: &[(&'static str, T)]) -> String {
    words.iter().find(|(_, known)| *known == value).map_or_else(String::new, |(word, _)| (*word).to_owned())
}
