//! E-mail addresses.

use std::fmt;
use std::str::FromStr;

use email_address::Options;
use unicode_normalization::UnicodeNormalization as _;

/// An e-mail address (RFC 5321 §4.1.2, without display name or domain literal), at most 254 bytes. Its `Debug` and
/// `Display` show the first letter and the domain's ending only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// The text is not an e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an e-mail address has the form `name@example.com`")]
pub struct NotAnEmailAddress;

impl EmailAddress {
    /// The whole address: for the provider, the store and the protected site, never for a log.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form used for comparison: NFC, lower case. (RFC 5321 allows the part before `@` to be case-sensitive, but no
    /// provider of note lets two people share an address that way.)
    pub fn key(&self) -> String {
        self.0.nfc().flat_map(char::to_lowercase).collect()
    }

    /// The form for pages and logs: `m••••@•••.com`.
    pub fn masked(&self) -> String {
        let first = self.0.chars().next().unwrap_or('•');
        let ending = self.0.rsplit('.').next().unwrap_or_default();
        format!("{first}••••@•••.{ending}")
    }
}

impl FromStr for EmailAddress {
    type Err = NotAnEmailAddress;

    fn from_str(text: &str) -> Result<Self, NotAnEmailAddress> {
        let options = Options::default().without_display_text().without_domain_literal().with_required_tld();
        // A line break would inject a mail header; `email_address` allows some in quoted parts.
        if text.len() > 254 || text.chars().any(char::is_control) {
            return Err(NotAnEmailAddress);
        }
        email_address::EmailAddress::parse_with_options(text, options)
            .map(|address| Self(address.to_string()))
            .map_err(|_| NotAnEmailAddress)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EmailAddress({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_address_have_one_key() {
        let one: EmailAddress = "Ada@Example.com".parse().unwrap();
        let two: EmailAddress = "ada@example.COM".parse().unwrap();
        assert_eq!(one.key(), two.key());
        assert_eq!(one.to_string(), "A••••@•••.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "Ada <ada@example.com>",
            "ada@example.com\r\nBcc: eve@example.com",
            "a@[127.0.0.1]",
        ] {
            assert!(text.parse::<EmailAddress>().is_err(), "{text}");
        }
    }
}
