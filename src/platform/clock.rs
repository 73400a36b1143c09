//! The only reader of time.
//!
//! Every decision takes `now` as a parameter; code that needs the current time reads a [`Clock`]. Tests hold a
//! [`HandClock`] and move it, so that an expiry is tested without waiting for it.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A clock may be set back this far without ending sessions (the yardstick of Google IAP). A time further "in the
/// future" is rejected, because somebody who controls the clock must not keep a session alive or a factor fresh.
pub(crate) const SKEW: Duration = Duration::from_secs(30);

/// Before this version was written (2026-11-01): a clock that shows less was never set. It is also the date of the manual
/// pages; each release moves it.
pub(crate) const WRITTEN: Timestamp = Timestamp(1_793_491_200_000);

/// Returns the current time. Cheap to clone; all clones share the same time source.
#[derive(Clone)]
pub struct Clock(Source);

#[derive(Clone)]
enum Source {
    System,
    Hand(Arc<AtomicI64>),
}

/// A clock that stands still until it is moved: for tests.
pub struct HandClock(Arc<AtomicI64>);

impl Timestamp {
    /// The moment `millis` milliseconds after the epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since the epoch, rounded down.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whether a clock that shows this is certainly wrong: sessions, codes and certificates would be judged by it.
    pub(crate) const fn is_before_this_version(self) -> bool {
        self.0 < WRITTEN.0
    }

    /// The moment `span` later; saturates instead of overflowing.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        Self(self.0.saturating_add(millis_of(span)))
    }

    /// The moment `span` earlier; saturates instead of overflowing.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(millis_of(span)))
    }

    /// How long after `earlier` this is; zero when it is not after, so that a clock that jumps back never yields a
    /// huge span.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// How long from now until `later`; zero when that has passed.
    pub fn until(self, later: Self) -> Duration {
        later.since(self)
    }
}

fn millis_of(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX)
}

/// RFC 3339 in UTC with milliseconds: `2026-11-23T05:34:12.000Z`.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(moment) => write!(f, "{moment:.3}"),
            Err(_) => write!(f, "{}ms", self.0),
        }
    }
}

/// The text is not a valid moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a moment is a day such as `2027-01-31` (its first moment, UTC) or `2027-01-31T12:00:00Z`")]
pub struct NotAMoment;

/// A day, as its first moment in UTC, or a moment with its offset (RFC 3339).
impl FromStr for Timestamp {
    type Err = NotAMoment;

    fn from_str(text: &str) -> Result<Self, NotAMoment> {
        // `2027-01-31`: longer texts include a time and must include its offset.
        let day = text.len() == 10;
        let whole = if day { Cow::Owned(format!("{text}T00:00:00Z")) } else { Cow::Borrowed(text) };
        let moment: jiff::Timestamp = whole.parse().map_err(|_| NotAMoment)?;
        Ok(Self(moment.as_millisecond()))
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The current time.
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the machine's clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp(match SystemTime::now().duration_since(UNIX_EPOCH) {
                Ok(span) => millis_of(span),
                // A machine whose clock is before 1970 has no usable time. With the epoch, every session and code looks
                // issued in the future and is refused.
                Err(_) => 0,
            }),
            Source::Hand(millis) => Timestamp(millis.load(Ordering::SeqCst)),
        }
    }
}

impl HandClock {
    /// A clock that shows `start` until it is moved.
    pub fn starting_at(start: Timestamp) -> Self {
        Self(Arc::new(AtomicI64::new(start.0)))
    }

    /// The handle that the gateway reads.
    pub fn clock(&self) -> Clock {
        Clock(Source::Hand(Arc::clone(&self.0)))
    }

    /// Moves forward.
    pub fn advance(&self, span: Duration) {
        self.0.fetch_add(millis_of(span), Ordering::SeqCst);
    }

    /// Moves back, as a corrected machine clock does.
    pub fn retreat(&self, span: Duration) {
        self.0.fetch_sub(millis_of(span), Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_never_goes_below_zero_when_the_clock_jumps_back() {
        let hand = HandClock::starting_at(Timestamp::from_millis(10_000));
        let before = hand.clock().now();
        hand.retreat(Duration::from_secs(5));
        assert_eq!(hand.clock().now().since(before), Duration::ZERO);
    }

    #[test]
    fn a_day_is_read_as_its_first_moment_and_a_time_only_with_its_zone() {
        let read = |text: &str| text.parse::<Timestamp>().map(|moment| moment.to_string());
        assert_eq!(read("2027-01-31").unwrap(), "2027-01-31T00:00:00.000Z");
        assert_eq!(read("2027-01-31T12:00:00+02:00").unwrap(), "2027-01-31T10:00:00.000Z");
        for text in ["", "2027-02-30", "2027-1-31", "31.01.2027", "2027-01-31T12:00:00", "90d"] {
            assert!(read(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_moment_prints_as_rfc_3339_in_utc() {
        assert_eq!(Timestamp::from_millis(0).to_string(), "1970-01-01T00:00:00.000Z");
    }
}
