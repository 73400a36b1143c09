//! Telephone numbers in E.164 form.

use std::fmt;
use std::str::FromStr;

/// A telephone number: `+`, then 7 to 15 digits, the first not zero (ITU-T E.164 §6). Its `Debug` and `Display`
/// show the last two digits only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct PhoneNumber(String);

/// The text is not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a telephone number is written in international form: `+`, the country code and the number, 7 to 15 digits")]
pub struct NotAPhoneNumber;

impl PhoneNumber {
    /// The whole number with its `+`: for the provider and the store, never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// All but the last four digits: shared by the numbers of one range, for the limit on messages to a range.
    pub fn range(&self) -> &str {
        self.0.get(..self.0.len().saturating_sub(4)).unwrap_or(&self.0)
    }

    /// The form for pages and logs: `•••• 74`.
    pub fn masked(&self) -> String {
        format!("•••• {}", self.0.get(self.0.len().saturating_sub(2)..).unwrap_or_default())
    }
}

impl FromStr for PhoneNumber {
    type Err = NotAPhoneNumber;

    /// Blanks, hyphens, dots and round brackets between the digits are dropped, because people write numbers with them.
    fn from_str(text: &str) -> Result<Self, NotAPhoneNumber> {
        if text.len() > 40 {
            return Err(NotAPhoneNumber);
        }
        let number: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '.' | '(' | ')')).collect();
        let digits = number.strip_prefix('+').ok_or(NotAPhoneNumber)?;
        let whole = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole && !digits.starts_with('0') { Ok(Self(number)) } else { Err(NotAPhoneNumber) }
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PhoneNumber({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_may_write_a_number_with_blanks() {
        let number: PhoneNumber = "+1 (500) 555-0074".parse().unwrap();
        assert_eq!(number.as_str(), "+15005550074");
        assert_eq!(number.range(), "+1500555");
        assert_eq!(number.to_string(), "•••• 74");
    }

    #[test]
    fn what_is_not_e164_is_refused() {
        for text in
            ["", "+", "15005550074", "+0123456789", "+123456", "+1234567890123456", "+1500555007a", "tel:+15005550074"]
        {
            assert!(text.parse::<PhoneNumber>().is_err(), "{text}");
        }
    }
}
