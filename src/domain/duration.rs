//! Durations as people write them: `30s`, `15m`, `1h30m`, `7d`, `250ms`.
//!
//! Not `humantime` and not `jiff`: both take several spellings of each unit, and months and years, which have no fixed
//! length; `1M` would be a month of `humantime` where `1m` is a minute. To refuse what the documents do not name, the
//! text would have to be read here first.

use std::fmt::Write as _;
use std::time::Duration;

/// The units, the longest first, with their milliseconds.
const UNITS: [(&str, u64); 5] = [("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1)];

/// Reads numbers with units, the longest unit first and each at most once: `1h30m`. A number without a unit could mean
/// seconds or minutes and is refused.
pub(crate) fn parse(text: &str) -> Option<Duration> {
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
pub(crate) fn written(span: Duration) -> String {
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
            assert_eq!(parse(text), Some(Duration::from_secs(seconds)), "{text}");
        }
        assert_eq!(parse("250ms"), Some(Duration::from_millis(250)));
        assert_eq!(parse("1s500ms"), Some(Duration::from_millis(1500)));
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
            assert_eq!(parse(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_duration_survives_being_written_and_parsed(millis in 0_u64..10_000_000_000) {
            let span = Duration::from_millis(millis);
            prop_assert_eq!(parse(&written(span)), Some(span));
        }

        #[test]
        fn no_text_makes_the_reader_fail_other_than_by_refusing(text in "\\PC*") {
            if let Some(span) = parse(&text) {
                prop_assert_eq!(parse(&written(span)), Some(span));
            }
        }
    }
}
