//! Sizes in bytes: `512`, `256k`, `1m`, `2g`.

use super::{ConfigValue, not_a};
use crate::config::mistake::Fault;

/// A size from `LEAST` to `MOST` bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) struct Size<const LEAST: usize, const MOST: usize>(pub(in crate::config) usize);

/// The units, the largest first: powers of 1024, as in other servers' configurations.
const UNITS: [(&str, usize); 3] = [("g", 1 << 30), ("m", 1 << 20), ("k", 1 << 10)];

impl<const LEAST: usize, const MOST: usize> ConfigValue for Size<LEAST, MOST> {
    const EXAMPLE: &'static str = "256k";

    fn kind() -> String {
        format!("a size from {} to {}", write(LEAST), write(MOST))
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let bytes = read(text).ok_or_else(|| not_a::<Self>(text))?;
        if !(LEAST..=MOST).contains(&bytes) {
            return Err(Fault::new(format!("`{}` is out of range", write(bytes)), format!("write {}", Self::kind())));
        }
        Ok(Self(bytes))
    }

    fn text(&self) -> String {
        write(self.0)
    }
}

/// Parses a number and at most one unit.
pub(in crate::config) fn read(text: &str) -> Option<usize> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let factor = if unit.is_empty() { 1 } else { UNITS.iter().find(|(name, _)| *name == unit)?.1 };
    digits.parse::<usize>().ok()?.checked_mul(factor)
}

/// Formats a size with the largest unit that divides it.
pub(in crate::config) fn write(bytes: usize) -> String {
    let unit = UNITS.iter().find(|(_, factor)| bytes >= *factor && bytes.is_multiple_of(*factor));
    unit.map_or_else(|| bytes.to_string(), |(name, factor)| format!("{}{name}", bytes / factor))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_size_is_a_number_of_bytes_or_of_kilobytes_megabytes_or_gigabytes() {
        for (text, bytes) in [("512", 512), ("256k", 262_144), ("1m", 1_048_576), ("2g", 2_147_483_648)] {
            assert_eq!(read(text), Some(bytes), "{text}");
        }
        for text in ["", "k", "1kb", "1 k", "1K", "-1", "+1", "1.5k", "99999999999999999999", "99999999999999g"] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_size_survives_being_written_and_read(bytes: usize) {
            prop_assert_eq!(read(&write(bytes)), Some(bytes));
        }
    }
}
