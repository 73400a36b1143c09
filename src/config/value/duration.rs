//! Durations: `30s`, `15m`, `1h30m`, `7d`, `250ms`.

use std::fmt::Write as _;
use std::time::Duration;

use super::{ConfigValue, not_a};
use crate::config::mistake::Fault;

/// A duration from `LEAST` to `MOST` seconds. The limits belong to the key: a session of 0 s or a code that lives for a
/// week is a mistake, not a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) struct Span<const LEAST: u64, const MOST: u64>(pub(in crate::config) Duration);

/// The units, the longest first, with their milliseconds.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

impl<const LEAST: u64, const MOST: u64> Span<LEAST, MOST> {
    /// So many seconds: for defaults.
    pub(in crate::config) const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }
}

impl<const LEAST: u64, const MOST: u64> ConfigValue for Span<LEAST, MOST> {
    const EXAMPLE: &'static str = "15m";

    fn kind() -> String {
        let [least, most] = [LEAST, MOST].map(|seconds| write(Duration::from_secs(seconds)));
        format!("a duration from {least} to {most}")
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let span = read(text).ok_or_else(|| not_a::<Self>(text))?;
        let allowed = Duration::from_secs(LEAST)..=Duration::from_secs(MOST);
        if !allowed.contains(&span) {
            return Err(Fault::new(format!("`{}` is out of range", write(span)), format!("write {}", Self::kind())));
        }
        Ok(Self(span))
    }

    fn text(&self) -> String {
        write(self.0)
    }
}

/// Reads numbers with units, the longest unit first and each at most once: `1h30m`. A number without a unit could mean
/// seconds or minutes and is refused.
pub(in crate::config) fn read(text: &str) -> Option<Duration> {
    let mut rest = text;
    let mut units = UNITS.iter();
    let mut total: u64 = 0;
    while !rest.is_empty() {
        let (digits, after) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit())?);
        let (unit, after) = after.split_at(after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len()));
        let (_, millis) = units.find(|(name, _)| *name == unit)?;
        total = total.checked_add(digits.parse::<u64>().ok()?.checked_mul(*millis)?)?;
        rest = after;
    }
    (!text.is_empty()).then(|| Duration::from_millis(total))
}

/// Writes the shortest form that reads as the same: `1h30m`.
pub(in crate::config) fn write(span: Duration) -> String {
    let mut rest = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
    if rest == 0 {
        return "0s".to_owned();
    }
    let mut text = String::new();
    for (unit, millis) in UNITS {
        if rest >= millis {
            let _ = write!(text, "{}{unit}", rest / millis);
            rest %= millis;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_write_durations_with_units() {
        for (text, seconds) in [("15m", 900), ("1h30m", 5400), ("90s", 90), ("7d", 604_800), ("2d1h1m1s", 176_461)] {
            assert_eq!(read(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(read("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(read("1s500ms"), Some(Duration::from_millis(1500)));
    }

    #[test]
    fn a_duration_without_a_unit_or_with_a_muddled_one_is_refused() {
        for text in [
            "",
            "15",
            "m",
            "15 m",
            "15M",
            "1m1h",
            "1h1h",
            "-1s",
            "+1s",
            "1.5h",
            "1w",
            "99999999999999999999d",
            "1ms1s",
            "٣s",
        ] {
            assert_eq!(read(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_duration_outside_the_limits_of_its_key_names_them() {
        let fault = Span::<30, 600>::parse("11m").unwrap_err();
        assert_eq!(fault, Fault::new("`11m` is out of range", "write a duration from 30s to 10m"));
        assert!(Span::<30, 600>::parse("30s").is_ok() && Span::<30, 600>::parse("10m").is_ok());
    }

    proptest! {
        #[test]
        fn every_duration_survives_being_written_and_read(millis in 0_u64..10_000_000_000) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(read(&write(span)), Some(span));
        }

        #[test]
        fn no_text_makes_the_reader_fail_other_than_by_refusing(text in "\\PC*") {
            if let Some(span) = read(&text) {
                prop_assert_eq!(read(&write(span)), Some(span));
            }
        }
    }
}
