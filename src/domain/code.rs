//! The one-time code that a visitor types.

use std::fmt;

use secrecy::{ExposeSecret, SecretString};

/// A typed or drawn code: 4 to 10 ASCII letters or digits (the range of the CPaaS codes API). Never printed.
#[derive(Clone)]
pub(crate) struct OneTimeCode(SecretString);

/// The input cannot be a code. The visitor sees the same message as for a wrong code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has 4 to 10 letters or digits")]
pub(crate) struct NotACode;

impl OneTimeCode {
    /// Parses what a person typed: blanks and hyphens between the characters are ignored, because people copy codes
    /// with them.
    pub(crate) fn parse(typed: &str) -> Result<Self, NotACode> {
        // Longer input is not a code with blanks in it; it is refused before anything is copied.
        if typed.len() > 40 {
            return Err(NotACode);
        }
        let code: String = typed.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
        let whole = (4..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if whole { Ok(Self(SecretString::from(code))) } else { Err(NotACode) }
    }

    /// The characters, for the provider that checks or sends the code.
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for OneTimeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeCode(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_hyphens_between_digits_are_forgiven() {
        for typed in ["123456", " 123 456 ", "123-456", "12 34 56"] {
            assert_eq!(OneTimeCode::parse(typed).unwrap().expose(), "123456");
        }
    }

    #[test]
    fn what_cannot_be_a_code_is_refused_and_nothing_is_printed() {
        for typed in ["", "123", "12345678901", "12345\u{664}", "12_456", "12\n456", &" ".repeat(41)] {
            assert!(OneTimeCode::parse(typed).is_err(), "{typed:?}");
        }
        assert!(!format!("{:?}", OneTimeCode::parse("123456")).contains("123456"));
    }
}
