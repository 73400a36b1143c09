//! How many parts an SMS is sent in, and so what it costs.
//!
//! A text of the GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1) has 160 characters in one part, 153 in each of several; any
//! other text is UCS-2, with 70 and 67 (TS 23.040 §9.2.3.24.1).

/// What a text costs as SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segments {
    pub alphabet: SmsAlphabet,
    /// Length in characters of the alphabet; those of its extension count twice.
    pub length: usize,
    /// Number of parts.
    pub count: usize,
}

/// The alphabet of an SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmsAlphabet {
    /// GSM 7-bit.
    Gsm,
    /// UCS-2: one character outside the GSM alphabet is enough.
    Ucs2,
}

/// The default alphabet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table: two characters each.
const EXTENSION: &str = "^{}\\[~]|€\u{c}";

impl Segments {
    /// Counts the parts of a text.
    pub(crate) fn of(text: &str) -> Self {
        let in_gsm = |letter: char| match (BASIC.contains(letter), EXTENSION.contains(letter)) {
            (true, _) => Some(1),
            (false, true) => Some(2),
            (false, false) => None,
        };
        let gsm: Option<usize> = text.chars().map(in_gsm).sum();
        let (alphabet, length, one, several) = match gsm {
            Some(length) => (SmsAlphabet::Gsm, length, 160, 153),
            None => (SmsAlphabet::Ucs2, text.encode_utf16().count(), 70, 67),
        };
        let count = if length <= one { 1 } else { length.div_ceil(several) };
        Self { alphabet, length, count }
    }
}

impl SmsAlphabet {
    /// The name in tables.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Gsm => "GSM-7",
            Self::Ucs2 => "UCS-2",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> (SmsAlphabet, usize, usize) {
        let Segments { alphabet, length, count } = Segments::of(text);
        (alphabet, length, count)
    }

    #[test]
    fn a_text_has_as_many_parts_as_a_network_bills() {
        assert_eq!(counted(""), (SmsAlphabet::Gsm, 0, 1));
        assert_eq!(counted(&"a".repeat(160)), (SmsAlphabet::Gsm, 160, 1));
        assert_eq!(counted(&"a".repeat(161)), (SmsAlphabet::Gsm, 161, 2));
        assert_eq!(counted(&"a".repeat(307)), (SmsAlphabet::Gsm, 307, 3));
        assert_eq!(counted("€[]"), (SmsAlphabet::Gsm, 6, 1));
        assert_eq!(counted(&"\u{4e2d}".repeat(70)), (SmsAlphabet::Ucs2, 70, 1));
        assert_eq!(counted(&"\u{4e2d}".repeat(71)), (SmsAlphabet::Ucs2, 71, 2));
        assert_eq!(counted("\u{1f600}ç"), (SmsAlphabet::Ucs2, 3, 1));
    }
}
