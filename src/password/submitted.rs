//! A password as submitted at sign-in.

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// Maximum length in code points (NFC); NIST requires at least 64.
pub(super) const LONGEST: usize = 256;

/// A password as submitted at sign-in, in NFC, so that an accent typed as one or two characters is the same. A password
/// over the maximum length is wrong, after the same work. Wiped when dropped, and without `Debug`.
pub(crate) struct SubmittedPassword(Option<Zeroizing<String>>);

impl SubmittedPassword {
    /// Reads a form field. Spaces are not trimmed and case is not folded; both are part of the password.
    pub(crate) fn new(typed: &str) -> Self {
        Self(normalized(typed))
    }

    /// The password; `None` if it is over the maximum length.
    pub(super) fn expose(&self) -> Option<&str> {
        self.0.as_ref().map(|text| text.as_str())
    }
}

/// Converts to NFC, or returns `None` for more than [`LONGEST`] code points. Reading stops there, so the work is
/// bounded.
pub(super) fn normalized(typed: &str) -> Option<Zeroizing<String>> {
    // Allocated once: growing would leave copies that are never wiped.
    let mut text = Zeroizing::new(String::with_capacity(LONGEST * 4));
    for (count, character) in typed.nfc().enumerate() {
        if count == LONGEST {
            return None;
        }
        text.push(character);
    }
    Some(text)
}
