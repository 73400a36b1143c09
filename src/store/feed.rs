//! The change feed: the changes that every instance must learn, numbered in the order in which they became effective.
//!
//! SQLite has one writer at a time, so a smaller number never appears after a larger one was read.

use super::write::WriteTransaction;
use super::{Store, StoreError};
use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::platform::clock::Timestamp;

/// One entry of the change feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// A session ended.
    SessionEnded(SessionId),
    /// The factor of a session was given again; the session has to be loaded again.
    SessionChanged(SessionId),
    /// An account changed (disabled, groups, password, removed) and has to be loaded again.
    AccountChanged(AccountId),
    /// All sessions of an account ended.
    SessionsEnded(AccountId),
    /// An access token was created or revoked and has to be loaded again.
    TokenChanged(TokenId),
}

impl Change {
    fn stored(&self) -> (&'static str, &[u8]) {
        match self {
            Self::SessionEnded(id) => ("session-ended", id.as_bytes()),
            Self::SessionChanged(id) => ("session-changed", id.as_bytes()),
            Self::AccountChanged(id) => ("account-changed", id.as_bytes()),
            Self::SessionsEnded(id) => ("sessions-ended", id.as_bytes()),
            Self::TokenChanged(id) => ("token-changed", id.as_bytes()),
        }
    }
}

impl Store {
    /// The newest sequence number of the feed.
    pub async fn feed_head(&self) -> Result<i64, StoreError> {
        Ok(sqlx::query_as::<_, Bounds>(BOUNDS).fetch_one(self.following()).await?.head)
    }

    /// Returns the changes after `cursor` with their sequence numbers, oldest first. `None` if `cursor` is older than
    /// what is kept, or newer than anything written here (another file took this one's place): everything has to be
    /// loaded again.
    pub async fn feed_since(&self, cursor: i64) -> Result<Option<Vec<(i64, Change)>>, StoreError> {
        self.check_place()?;
        // A transaction reads one state of the file, so that a sweep cannot remove entries between the two queries.
        let mut transaction = self.following().begin().await?;
        let bounds = sqlx::query_as::<_, Bounds>(BOUNDS).fetch_one(&mut *transaction).await?;
        if cursor < bounds.swept || cursor > bounds.head {
            return Ok(None);
        }
        let found = sqlx::query_as::<_, Line>("SELECT seq, kind, subject FROM feed WHERE seq > ?1 ORDER BY seq")
            .bind(cursor)
            .fetch_all(&mut *transaction)
            .await?;
        found.iter().map(|line| Ok((line.seq, line.change()?))).collect::<Result<_, _>>().map(Some)
    }
}

/// The range of entries in the feed.
#[derive(sqlx::FromRow)]
struct Bounds {
    /// The newest entry that was deleted.
    swept: i64,
    /// The newest entry ever written, even if all were deleted.
    head: i64,
}

const BOUNDS: &str = "SELECT value AS swept, max(value, coalesce((SELECT max(seq) FROM feed), 0)) AS head
                    FROM bookkeeping WHERE name = 'feed-swept'";

/// Appends a change within the transaction that makes it.
pub(super) async fn append(
    transaction: &mut WriteTransaction,
    change: Change,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (kind, subject) = change.stored();
    sqlx::query("INSERT INTO feed (at, kind, subject) VALUES (?1, ?2, ?3)")
        .bind(at)
        .bind(kind)
        .bind(subject)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

/// An entry as stored.
#[derive(sqlx::FromRow)]
struct Line {
    seq: i64,
    kind: String,
    subject: Vec<u8>,
}

impl Line {
    fn change(&self) -> Result<Change, StoreError> {
        let account = || AccountId::from_slice(&self.subject).map_err(|_| StoreError::Corrupt("subject".to_owned()));
        let session = || SessionId::from_slice(&self.subject).map_err(|_| StoreError::Corrupt("subject".to_owned()));
        let token = || TokenId::from_slice(&self.subject).map_err(|_| StoreError::Corrupt("subject".to_owned()));
        Ok(match self.kind.as_str() {
            "session-ended" => Change::SessionEnded(session()?),
            "session-changed" => Change::SessionChanged(session()?),
            "account-changed" => Change::AccountChanged(account()?),
            "sessions-ended" => Change::SessionsEnded(account()?),
            "token-changed" => Change::TokenChanged(token()?),
            _ => return Err(StoreError::Corrupt("kind".to_owned())),
        })
    }
}
