//! `portal.accent` and `portal.accent_dark`: colours that can be read.

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;

/// An sRGB colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) struct Colour([u8; 3]);

/// The ground of our pages.
pub(in crate::config) const LIGHT_GROUND: Colour = Colour([0xff, 0xff, 0xff]);

/// The ground of our pages in the dark.
pub(in crate::config) const DARK_GROUND: Colour = Colour([0x18, 0x21, 0x20]);

const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
const BLACK: Colour = Colour([0, 0, 0]);

/// Text needs this contrast to its ground (WCAG 2.2, 1.4.3).
pub(in crate::config) const LEAST_CONTRAST: f64 = 4.5;

impl Colour {
    /// The contrast of two colours, from 1 to 21 (WCAG 2.2).
    pub(in crate::config) fn contrast(self, other: Self) -> f64 {
        let [a, b] = [self.luminance(), other.luminance()];
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// White or black, whichever reads better on this colour.
    pub(in crate::config) fn ink(self) -> Self {
        if self.contrast(WHITE) >= self.contrast(BLACK) { WHITE } else { BLACK }
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.040_45 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl ConfigValue for Colour {
    const EXAMPLE: &'static str = "#0b6a5a";

    fn kind() -> String {
        "a colour such as `#0b6a5a`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let digits = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.map(|digits| u32::from_str_radix(digits, 16)) {
            Some(Ok(number)) => {
                let [_, red, green, blue] = number.to_be_bytes();
                Ok(Self([red, green, blue]))
            }
            Some(Err(_)) | None => {
                Err(Fault::new(format!("{} is not a colour", quoted(text)), "write `#` and six hexadecimal digits"))
            }
        }
    }

    fn text(&self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let hundredths = |a: &str, b: &str| (colour(a).contrast(colour(b)) * 100.0).round();
        assert!((hundredths("#ffffff", "#000000") - 2100.0).abs() < 0.5);
        assert!((hundredths("#777777", "#ffffff") - 448.0).abs() < 0.5);
        assert!((hundredths("#767676", "#ffffff") - 454.0).abs() < 0.5);
    }

    #[test]
    fn text_on_a_colour_is_white_or_black() {
        assert_eq!(colour("#0b6a5a").ink(), WHITE);
        assert_eq!(colour("#63cbb5").ink(), BLACK);
    }

    #[test]
    fn what_is_no_colour_is_named() {
        for text in ["", "0b6a5a", "#fff", "#0b6a5g", "red", "#0b6a5a00"] {
            assert!(Colour::parse(text).is_err(), "{text}");
        }
        assert_eq!(colour("#0B6A5A").text(), "#0b6a5a");
    }
}
