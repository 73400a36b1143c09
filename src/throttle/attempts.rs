//! Throttles attempts to sign in, by account and factor and by client network.

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
    /// An account, tried from a browser that has never signed in to it.
    Account(AccountId),
    /// An account, tried from a browser that has signed in to it. It has its own counter, so that strangers cannot lock
    /// the owner out.
    Known(AccountId, DeviceId),
    /// A name that no account has.
    UnknownAccount(LoginName),
}

/// Whether an attempt may be judged.
#[derive(Debug)]
pub(crate) enum Admission {
    /// It may. It is counted as a failure until the ticket is settled.
    Allowed(Ticket),
    /// Not until this time has passed. Nothing was counted.
    Wait(Duration),
}

/// A counted attempt. If it is dropped, the attempt stays counted as a failure.
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

/// Failures from one client network, against someone who tries many names.
const BY_NETWORK: CounterRule = CounterRule {
    free: 20,
    first_wait: Duration::from_secs(1),
    longest_wait: LONGEST_WAIT,
    window: Some(Duration::from_mins(10)),
    limit: None,
};

const LONGEST_WAIT: Duration = Duration::from_mins(15);

/// Number of counters that all names without an account share. They show the same waits as accounts. Sharing them
/// bounds the store, and two made-up names in one bucket harm nobody.
const BUCKETS: u16 = 1 << 14;

impl Throttle {
    /// Counts an attempt as a failure before it is judged.
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
                // The attempt was not made, so it is not a failure of the network either.
                self.store.uncount_failure(&ticket.network, &BY_NETWORK, now).await?;
                Ok(Admission::Wait(wait))
            }
        }
    }

    async fn count(&self, key: &str, rule: &CounterRule, now: Timestamp) -> Result<Option<Duration>, StoreError> {
        Ok(match self.store.count_failure(key, rule, now).await? {
            Counted::Allowed { .. } => None,
            Counted::Wait(wait) => Some(wait),
            // After a hundred failures, a guesser learns only that they have to wait.
            Counted::Closed => Some(LONGEST_WAIT),
        })
    }

    /// Settles a right attempt: clears the counter of its factor and removes this attempt from its network's.
    pub(crate) async fn succeeded(&self, ticket: Ticket) -> Result<(), StoreError> {
        self.store.clear_counter(&ticket.subject).await?;
        self.store.uncount_failure(&ticket.network, &BY_NETWORK, ticket.at).await
    }

    /// Takes an attempt back, because it could not be judged, or was right but proves no presence. A script sends its
    /// password all day: if each time cleared the counter, guesses in between would never be throttled.
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
