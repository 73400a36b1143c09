//! Attempts to sign in: counted by account and factor, and by client network.

use std::time::Duration;

use crate::domain::attempt_kind::AttemptKind;
use crate::domain::client::ClientAddress;
use crate::domain::identifier::{AccountId, DeviceId};
use crate::domain::username::LoginName;
use crate::keys::Purpose;
use crate::platform::clock::Timestamp;
use crate::store::{Counted, CounterRule, StoreError};
use crate::throttle::Throttle;

/// Whose failures are counted.
#[derive(Debug, Clone)]
pub(crate) enum Subject {
    /// An account, tried by a browser that never signed in to it.
    Account(AccountId),
    /// An account, tried by a browser that has: a counter of its own, so that strangers cannot lock the owner out.
    Known(AccountId, DeviceId),
    /// A name that no account has.
    UnknownAccount(LoginName),
}

/// Whether an attempt may be judged.
#[derive(Debug)]
pub(crate) enum Admission {
    /// Yes; it is counted as a failure until the ticket says otherwise.
    Allowed(Ticket),
    /// Not before this time has passed; nothing was counted.
    Wait(Duration),
}

/// A counted attempt. Dropped without a word it stays a failure.
#[derive(Debug)]
#[must_use = "an attempt stays counted as a failure until its ticket says otherwise"]
pub(crate) struct Ticket {
    subject: String,
    network: String,
    at: Timestamp,
}

/// Failures of one factor of one account (NIST SP 800-63B-4 §3.2.2: at most 100).
const BY_SUBJECT: CounterRule = CounterRule {
    free: 5,
    first_wait: Duration::from_secs(1),
    longest_wait: LONGEST_WAIT,
    window: None,
    limit: Some(100),
};

/// Failures from one client network: a guesser who tries many names.
const BY_NETWORK: CounterRule = CounterRule {
    free: 20,
    first_wait: Duration::from_secs(1),
    longest_wait: LONGEST_WAIT,
    window: Some(Duration::from_mins(10)),
    limit: None,
};

const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// How many counters all names without an account share. They show the same waits as accounts do; sharing them bounds
/// the store, and two bogus names in one bucket harm nobody.
const BUCKETS: u16 = 1 << 14;

impl Throttle {
    /// Counts an attempt as a failure, before it is judged.
    pub(crate) async fn admit(
        &self,
        kind: AttemptKind,
        subject: &Subject,
        client: &ClientAddress,
        now: Timestamp,
    ) -> Result<Admission, StoreError> {
        let ticket = Ticket {
            subject: self.key(kind, subject),
            network: self.counter_key("network", &client.network()),
            at: now,
        };
        if let Some(wait) = self.count(&ticket.network, &BY_NETWORK, now).await? {
            return Ok(Admission::Wait(wait));
        }
        match self.count(&ticket.subject, &BY_SUBJECT, now).await? {
            None => Ok(Admission::Allowed(ticket)),
            Some(wait) => {
                // It was not tried, so it is no failure of the network either.
                self.store.uncount_failure(&ticket.network, &BY_NETWORK, now).await?;
                Ok(Admission::Wait(wait))
            }
        }
    }

    async fn count(&self, key: &str, rule: &CounterRule, now: Timestamp) -> Result<Option<Duration>, StoreError> {
        Ok(match self.store.count_failure(key, rule, now).await? {
            Counted::Allowed { .. } => None,
            Counted::Wait(wait) => Some(wait),
            // Whoever guessed a hundred times learns no more than that they have to wait.
            Counted::Closed => Some(LONGEST_WAIT),
        })
    }

    /// The attempt was right: its factor starts at zero again, its network gets this one back.
    pub(crate) async fn succeeded(&self, ticket: Ticket) -> Result<(), StoreError> {
        self.store.clear_counter(&ticket.subject).await?;
        self.store.uncount_failure(&ticket.network, &BY_NETWORK, ticket.at).await
    }

    /// The attempt counts for nothing: nobody could say whether it was right, or it was and proves no presence. A
    /// script says its password all day; were the count to start at zero each time, guesses between would never be held
    /// back.
    pub(crate) async fn uncounted(&self, ticket: Ticket) -> Result<(), StoreError> {
        self.store.uncount_failure(&ticket.subject, &BY_SUBJECT, ticket.at).await?;
        self.store.uncount_failure(&ticket.network, &BY_NETWORK, ticket.at).await
    }

    fn key(&self, kind: AttemptKind, subject: &Subject) -> String {
        match subject {
            Subject::Account(account) => format!("account:{}:{}", account.to_hex(), kind.word()),
            Subject::Known(account, device) => {
                format!("account:{}:{}:device:{}", account.to_hex(), kind.word(), device.to_hex())
            }
            Subject::UnknownAccount(name) => format!("nobody:{}:{}", self.bucket(name), kind.word()),
        }
    }

    fn bucket(&self, name: &LoginName) -> u16 {
        // Keyed, so that nobody can choose names that share a bucket.
        let (_, tag) = self.keys.sign(Purpose::CounterName, &[name.as_str().as_bytes()]);
        u16::from_be_bytes([tag[0], tag[1]]) % BUCKETS
    }
}
