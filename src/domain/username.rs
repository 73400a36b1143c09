//! User names, and the name that a person typed into the sign-in form.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

use crate::domain::email::EmailAddress;

/// The name of an account: 1 to 64 characters of lower-case letters, digits, `.`, `_` and `-`, starting with a letter
/// or digit; or an e-mail address of such characters and `+`. Stored in NFC and lower case, so that one name has one
/// spelling (RFC 8265, `UsernameCaseMapped`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Username(String);

/// The text is not a user name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a user name has 1 to 64 letters, digits, `.`, `_` or `-` and starts with a letter or digit, or it is an e-mail \
     address of such characters and `+`"
)]
pub struct NotAUsername;

/// The name typed at sign-in, in the normal form used to look up accounts and to count failures: NFC, lower case,
/// without surrounding blanks. It may be a user name, an e-mail address, or nonsense.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct LoginName(String);

/// Longer than any user name or address; a longer name is never looked up.
const LONGEST_TYPED: usize = 320;

impl Username {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Username {
    type Err = NotAUsername;

    fn from_str(text: &str) -> Result<Self, NotAUsername> {
        let name: String = text.nfc().flat_map(char::to_lowercase).collect();
        let starts = name.chars().next().is_some_and(char::is_alphanumeric);
        let fits = if name.contains('@') { is_address(&name) } else { is_plain(&name) };
        if starts && fits { Ok(Self(name)) } else { Err(NotAUsername) }
    }
}

fn is_plain(name: &str) -> bool {
    let whole = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    (1..=64).contains(&name.chars().count()) && name.len() <= 128 && whole
}

/// An address without the quoted parts, blanks and signs that RFC 5322 allows before the `@`: they would confuse a
/// header or a log.
fn is_address(name: &str) -> bool {
    let whole = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '@'));
    whole && name.parse::<EmailAddress>().is_ok()
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl LoginName {
    /// Normalizes the typed name. Never fails: a name that cannot exist is handled like one that does not exist, with
    /// the same work and the same answer. Only its first 320 characters are used.
    pub fn new(typed: &str) -> Self {
        Self(typed.trim().chars().take(LONGEST_TYPED).nfc().flat_map(char::to_lowercase).collect())
    }

    /// The normalized name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// It may be an e-mail address, or a password typed into the wrong field: never printed.
impl fmt::Debug for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedName(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_has_one_spelling() {
        assert_eq!("Ada.L".parse::<Username>().unwrap().as_str(), "ada.l");
        assert_eq!(LoginName::new("  ADA@Example.com ").as_str(), "ada@example.com");
        assert_eq!(LoginName::new("Jose\u{301}"), LoginName::new("JOS\u{c9}"));
    }

    #[test]
    fn an_address_is_a_name_too() {
        assert_eq!("Ada.L+x@Example.com".parse::<Username>().unwrap().as_str(), "ada.l+x@example.com");
    }

    #[test]
    fn names_that_could_confuse_a_header_or_a_log_are_refused() {
        for text in [
            "",
            "-ada",
            "a b",
            "a,b",
            "a\nb",
            "a@b",
            "a@b@example.com",
            "a b@example.com",
            "\"a,b\"@example.com",
            "a/b@example.com",
            "a/b",
            &"a".repeat(65),
        ] {
            assert!(text.parse::<Username>().is_err(), "{text:?}");
        }
    }
}
