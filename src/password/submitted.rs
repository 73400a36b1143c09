//! A password as typed at sign-in.

use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

/// No password has more code points (NFC); NIST asks for 64 at least.
pub(super) const LONGEST: usize = 256;

/// A password as typed at sign-in: NFC, so that an accent typed in one or in two strokes is the same. A longer one
/// than any password can be is wrong after the same work. Wiped when dropped; has no `Debug`.
pub(crate) struct SubmittedPassword(Option<Zeroizing<String>>);

impl SubmittedPassword {
    /// From a form field. No blank is trimmed and no case folded: they are part of the password.
    pub(crate) fn new(typed: &str) -> Self {
        Self(normalized(typed))
    }

    /// The password, unless it is longer than any can be.
    pub(super) fn expose(&self) -> Option<&str> {
        self.0.as_ref().map(|text| text.as_str())
    }
}

/// In NFC, unless it has more than [`LONGEST`] code points. Stops reading there: the work is bounded whatever comes.
pub(super) fn normalized(typed: &str) -> Option<Zeroizing<String>> {
    // All room at once: growing would leave copies behind that nobody wipes.
    let mut text = Zeroizing::new(String::with_capacity(LONGEST * 4));
    for (count, character) in typed.nfc().enumerate() {
        if count == LONGEST {
            return None;
        }
        text.push(character);
    }
    Some(text)
}
