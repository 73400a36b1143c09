//! The filters of `audit list` and `audit export`.

use std::str::FromStr;

use anyhow::{Context as _, bail};

use crate::account::AccountError;
use crate::audit::EventName;
use crate::cli::moment::Moment;
use crate::domain::identifier::AccountId;
use crate::domain::username::LoginName;
use crate::platform::clock::Timestamp;
use crate::store::{EventFilter, Store};

#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Filter {
    /// Only events of this user name, e-mail address or account id.
    #[arg(long, value_name = "NAME")]
    account: Option<String>,
    /// Only events with this name, or whose name begins with it: `session.revoked`, `session`.
    #[arg(long, value_name = "NAME")]
    event: Option<EventPrefix>,
    /// Only events from this time on: a duration before now (`7d`, `24h`, `1h30m`), a date (`2027-01-31`, its first
    /// moment in UTC) or an RFC 3339 moment (`2027-01-31T12:00:00Z`).
    #[arg(long, value_name = "WHEN")]
    since: Option<Moment>,
    /// Only events before this time, in the same forms.
    #[arg(long, value_name = "WHEN")]
    until: Option<Moment>,
}

/// The name of a stored event, or the beginning of several names.
#[derive(Debug, Clone)]
pub(in crate::cli) struct EventPrefix(String);

impl FromStr for EventPrefix {
    type Err = String;

    /// An empty result must mean that nothing happened, so a name that no row can have is an error.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut meant = EventName::ALL.iter().filter(|name| name.text().starts_with(text)).peekable();
        if text.is_empty() || meant.peek().is_none() {
            return Err(format!("no event has this name; valid names are {}", alternatives(text)));
        }
        if meant.any(|name| name.is_stored()) {
            return Ok(Self(text.to_owned()));
        }
        Err("such events are only in the log (target `audit`), not in the trail".to_owned())
    }
}

/// The stored events of the same family, or all families if there is none.
fn alternatives(text: &str) -> String {
    let family = |name: &EventName| name.text().split('.').next().unwrap_or_default();
    let meant = text.split('.').next().unwrap_or_default();
    let stored = || EventName::ALL.iter().filter(|name| name.is_stored());
    let mut words: Vec<&str> = stored().filter(|name| family(name) == meant).map(|name| name.text()).collect();
    if words.is_empty() {
        words = stored().map(family).collect();
        words.dedup();
    }
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<String>>().join(", ")
}

impl Filter {
    /// Converts the arguments to a filter for the store.
    pub(super) async fn resolve(self, store: &Store, now: Timestamp) -> anyhow::Result<EventFilter> {
        let since = self.since.map(|moment| moment.ago(now));
        let until = self.until.map(|moment| moment.ago(now));
        if let (Some(since), Some(until)) = (since, until)
            && since >= until
        {
            bail!("--since ({since}) is not before --until ({until})");
        }
        let account = match &self.account {
            Some(written) => Some(account(store, written).await?),
            None => None,
        };
        Ok(EventFilter { account, name: self.event.map(|EventPrefix(text)| text), since, until })
    }
}

/// Accepts an id without an account: the events of a removed account still exist.
async fn account(store: &Store, written: &str) -> anyhow::Result<AccountId> {
    if let Some(account) = store.find_account(&LoginName::new(written)).await? {
        return Ok(account.id);
    }
    let unknown = AccountError::Unknown;
    let hint = || format!("{written:?}: {unknown}; for a removed account, give its id, see `audit show`");
    written.parse().ok().with_context(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, String> {
        text.parse::<EventPrefix>().map(|EventPrefix(text)| text)
    }

    #[test]
    fn a_name_and_the_beginning_of_one_are_taken() {
        for text in ["session.revoked", "session", "sign-in", "account.", "p"] {
            assert_eq!(read(text).unwrap(), text);
        }
    }

    #[test]
    fn a_name_that_no_event_has_is_answered_with_those_there_are() {
        let families = "`password`, `code`, `sign-in`, `session`, `browser`, `factor`, `token`, `account`, `audit`";
        for text in ["", "Session", "login", "%", "attempts"] {
            assert_eq!(
                read(text).unwrap_err(),
                format!("no event has this name; valid names are {families}"),
                "{text}"
            );
        }
        let tokens = "no event has this name; valid names are `token.created`, `token.revoked`";
        assert_eq!(read("token.made").unwrap_err(), tokens);
    }

    #[test]
    fn events_of_the_log_alone_are_not_looked_for_in_the_trail() {
        for text in ["access.refused", "access", "attempt", "form.refused", "question"] {
            assert!(read(text).unwrap_err().contains("only in the log"), "{text}");
        }
    }
}
