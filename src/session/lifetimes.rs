//! Decides whether a session is still live: pure arithmetic on `now`.

use std::time::Duration;

use crate::platform::clock::Timestamp;
use crate::session::Settings;

/// The limits of sessions. A changed idle limit also applies to existing sessions; the absolute end of a session is
/// fixed when it is created.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lifetimes {
    idle: Duration,
    lifetime: Duration,
}

/// Whether a session may be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It may be used.
    Live,
    /// It is past this limit and may not be used.
    Over(Limit),
}

/// The limits of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Limit {
    /// It was not used for `session.idle`.
    Idle,
    /// It is older than `session.lifetime`.
    Lifetime,
}

impl Limit {
    /// The word in the audit trail.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Lifetime => "lifetime",
        }
    }
}

/// Sessions created or used further "in the future" than this are refused.
pub(crate) use crate::platform::clock::SKEW;

impl Lifetimes {
    /// Takes the limits from the configuration.
    pub(crate) const fn new(settings: &Settings) -> Self {
        Self { idle: settings.idle, lifetime: settings.lifetime }
    }

    /// The absolute end of a session that is created now.
    pub(crate) fn end_of_session(&self, now: Timestamp) -> Timestamp {
        now.plus(self.lifetime)
    }

    /// When the session passes a limit if it is not used again.
    pub(crate) fn next_limit(&self, last_used: Timestamp, expires: Timestamp) -> Timestamp {
        last_used.plus(self.idle).min(expires)
    }

    /// Checks a session's limits at `now`.
    pub(crate) fn standing(
        &self,
        created: Timestamp,
        last_used: Timestamp,
        expires: Timestamp,
        now: Timestamp,
    ) -> Standing {
        if now >= expires || created > now.plus(SKEW) {
            return Standing::Over(Limit::Lifetime);
        }
        let unused = now.since(last_used) >= self.idle || last_used > now.plus(SKEW);
        if unused { Standing::Over(Limit::Idle) } else { Standing::Live }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_hours(1);

    fn standing(created: i64, used: i64, now: i64) -> Standing {
        let lifetimes = Lifetimes { idle: HOUR, lifetime: 12 * HOUR };
        let created = Timestamp::from_millis(created * 1000);
        let end = lifetimes.end_of_session(created);
        lifetimes.standing(created, Timestamp::from_millis(used * 1000), end, Timestamp::from_millis(now * 1000))
    }

    #[test]
    fn a_session_ends_exactly_at_its_limits() {
        assert_eq!(standing(0, 0, 3599), Standing::Live);
        assert_eq!(standing(0, 0, 3600), Standing::Over(Limit::Idle));
        assert_eq!(standing(0, 43_100, 43_199), Standing::Live);
        assert_eq!(standing(0, 43_100, 43_200), Standing::Over(Limit::Lifetime));
    }

    #[test]
    fn a_session_from_the_future_is_no_session() {
        assert_eq!(standing(30, 30, 0), Standing::Live);
        assert_eq!(standing(31, 31, 0), Standing::Over(Limit::Lifetime));
    }
}
