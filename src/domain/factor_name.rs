//! The name that a person gives to a factor, such as `phone` or `blue key`.

use std::fmt;
use std::str::FromStr;

use unicode_normalization::UnicodeNormalization as _;

/// In characters. Long enough for `Passkey on the laptop in the office`, short enough for one line on a phone.
const LONGEST: usize = 40;

/// A name of 1 to [`LONGEST`] characters in NFC, without control characters and without marks that turn the direction of
/// a line: it stands in pages, mails and the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactorName(String);

/// The text is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to {LONGEST} characters, and no control characters")]
pub struct NotAFactorName;

impl FactorName {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FactorName {
    type Err = NotAFactorName;

    fn from_str(text: &str) -> Result<Self, NotAFactorName> {
        let name: String = text.trim().nfc().take(LONGEST + 1).collect();
        let turns = |letter: char| matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let fits = !name.is_empty() && name.chars().count() <= LONGEST;
        let plain = !name
            .chars()
            .any(|letter| letter.is_control() || turns(letter) || letter == '\u{2028}' || letter == '\u{2029}');
        (fits && plain).then_some(Self(name)).ok_or(NotAFactorName)
    }
}

impl fmt::Display for FactorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_plain_text_in_one_form() {
        let name = |text: &str| text.parse::<FactorName>().map(|name| name.to_string());
        assert_eq!(name("  blue key "), Ok("blue key".to_owned()));
        assert_eq!(name("cafe\u{301}"), Ok("caf\u{e9}".to_owned()));
        assert_eq!(name(&"é".repeat(40)), Ok("é".repeat(40)));
        for bad in ["", "   ", &"a".repeat(41), "a\nb", "a\u{7}", "a\u{202e}b", "a\u{61c}b", "a\u{2028}b", "\u{0}"] {
            assert_eq!(name(bad), Err(NotAFactorName), "{bad:?}");
        }
    }
}
