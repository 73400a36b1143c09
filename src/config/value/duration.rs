//! Durations, with the limits of their key.

use std::time::Duration;

use super::{ConfigValue, not_a};
use crate::config::mistake::Fault;
use crate::domain::duration;

/// A duration from `LEAST` to `MOST` seconds. The limits belong to the key: a session of 0 s or a code that is valid
/// for a week is a mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::config) struct Span<const LEAST: u64, const MOST: u64>(pub(in crate::config) Duration);

impl<const LEAST: u64, const MOST: u64> Span<LEAST, MOST> {
    /// A number of seconds, for defaults.
    pub(in crate::config) const fn seconds(seconds: u64) -> Self {
        Self(Duration::from_secs(seconds))
    }
}

impl<const LEAST: u64, const MOST: u64> ConfigValue for Span<LEAST, MOST> {
    const EXAMPLE: &'static str = if LEAST < 3600 { "15m" } else { "30d" };

    fn kind() -> String {
        let [least, most] = [LEAST, MOST].map(|seconds| duration::written(Duration::from_secs(seconds)));
        format!("a duration from {least} to {most}")
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        let span = duration::parse(text).ok_or_else(|| not_a::<Self>(text))?;
        let allowed = Duration::from_secs(LEAST)..=Duration::from_secs(MOST);
        if !allowed.contains(&span) {
            return Err(Fault::new(
                format!("`{}` is out of range", duration::written(span)),
                format!("write {}", Self::kind()),
            ));
        }
        Ok(Self(span))
    }

    fn text(&self) -> String {
        duration::written(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_outside_the_limits_of_its_key_names_them() {
        let fault = Span::<30, 600>::parse("11m").unwrap_err();
        assert_eq!(fault, Fault::new("`11m` is out of range", "write a duration from 30s to 10m"));
        assert!(Span::<30, 600>::parse("30s").is_ok() && Span::<30, 600>::parse("10m").is_ok());
    }
}
