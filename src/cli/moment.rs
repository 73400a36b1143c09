//! Points in time as an operator types them: a duration from now, a date or an RFC 3339 moment.

use std::str::FromStr;
use std::time::Duration;

use crate::domain::duration;
use crate::platform::clock::Timestamp;

/// A point in time as it was typed.
#[derive(Debug, Clone, Copy)]
pub(super) enum Moment {
    /// `90d`, `1h30m`: a duration from now; the option decides whether it is in the past or the future.
    Span(Duration),
    /// `2027-01-31` (its first moment, UTC) or `2027-01-31T12:00:00Z`.
    At(Timestamp),
}

impl FromStr for Moment {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match duration::parse(text) {
            Some(span) => Ok(Self::Span(span)),
            None => text
                .parse()
                .map(Self::At)
                .map_err(|_| "write a duration (`90d`, `1h30m`), a date (`2027-01-31`) or an RFC 3339 moment (`2027-01-31T12:00:00Z`)".to_owned()),
        }
    }
}

impl Moment {
    /// Interprets a duration as after now.
    pub(super) fn ahead(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Span(span) => now.plus(span),
            Self::At(moment) => moment,
        }
    }

    /// Interprets a duration as before now.
    pub(super) fn ago(self, now: Timestamp) -> Timestamp {
        match self {
            Self::Span(span) => now.minus(span),
            Self::At(moment) => moment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_a_span_a_day_or_a_moment() {
        let now = Timestamp::from_millis(0);
        let read = |text: &str| text.parse::<Moment>().map(|moment| moment.ahead(now).to_string());
        assert_eq!(read("90d").unwrap(), "1970-04-01T00:00:00.000Z");
        assert_eq!(read("12h").unwrap(), "1970-01-01T12:00:00.000Z");
        assert_eq!(read("1h30m").unwrap(), "1970-01-01T01:30:00.000Z");
        assert_eq!(read("2027-01-31").unwrap(), "2027-01-31T00:00:00.000Z");
        for text in ["", "d", "-1d", "90", "90 d", "1.5d", "never", "99999999999999999999d"] {
            assert!(read(text).is_err(), "{text}");
        }
        assert_eq!("12h".parse::<Moment>().unwrap().ago(now).to_string(), "1969-12-31T12:00:00.000Z");
    }
}
