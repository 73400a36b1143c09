//! The change feed: what every instance must learn, numbered in the order in which it became true.
//!
//! SQLite has one writer at a time, so a smaller number never appears after a larger one was read.

use sqlx::sqlite::SqliteRow;
use sqlx::{Sqlite, Transaction};

use super::{Store, StoreError, row};
use crate::domain::identifier::{AccountId, SessionId, TokenId};
use crate::platform::clock::Timestamp;

/// One line of the change feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// One session ended.
    SessionEnded(SessionId),
    /// The factor of the session was given again: read it again.
    SessionChanged(SessionId),
    /// The account changed in any way (disabled, groups, password, removed): read it again.
    AccountChanged(AccountId),
    /// All sessions of the account ended.
    SessionsEnded(AccountId),
    /// An access token was made or revoked: read it again.
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
        let found = sqlx::query(HEAD).fetch_one(self.following()).await?;
        row::value(&found, "head")
    }

    /// Changes after `cursor`, oldest first, with their sequence numbers; None when `cursor` is older than what is
    /// kept, or newer than anything written here (another file took this one's place): reload everything.
    pub async fn feed_since(&self, cursor: i64) -> Result<Option<Vec<(i64, Change)>>, StoreError> {
        self.check_place()?;
        // A transaction reads one state of the file: a sweep cannot take lines away between the two questions.
        let mut transaction = self.following().begin().await?;
        let bounds = sqlx::query(HEAD).fetch_one(&mut *transaction).await?;
        let (swept, head): (i64, i64) = (row::value(&bounds, "swept")?, row::value(&bounds, "head")?);
        if cursor < swept || cursor > head {
            return Ok(None);
        }
        let found = sqlx::query("SELECT seq, kind, subject FROM feed WHERE seq > ?1 ORDER BY seq")
            .bind(cursor)
            .fetch_all(&mut *transaction)
            .await?;
        found.iter().map(read).collect::<Result<_, _>>().map(Some)
    }
}

/// `swept`: the newest line that is no longer there. `head`: the newest line ever, also when all are swept.
const HEAD: &str = "SELECT value AS swept, max(value, coalesce((SELECT max(seq) FROM feed), 0)) AS head
                    FROM bookkeeping WHERE name = 'feed-swept'";

/// Appends within the transaction that makes the change.
pub(super) async fn append(
    transaction: &mut Transaction<'_, Sqlite>,
    change: Change,
    at: Timestamp,
) -> Result<(), StoreError> {
    let (kind, subject) = change.stored();
    sqlx::query("INSERT INTO feed (at, kind, subject) VALUES (?1, ?2, ?3)")
        .bind(at.millis())
        .bind(kind)
        .bind(subject)
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn read(row: &SqliteRow) -> Result<(i64, Change), StoreError> {
    let change = match row::value(row, "kind")? {
        "session-ended" => Change::SessionEnded(row::parsed(row, "subject", SessionId::from_slice)?),
        "session-changed" => Change::SessionChanged(row::parsed(row, "subject", SessionId::from_slice)?),
        "account-changed" => Change::AccountChanged(row::parsed(row, "subject", AccountId::from_slice)?),
        "sessions-ended" => Change::SessionsEnded(row::parsed(row, "subject", AccountId::from_slice)?),
        "token-changed" => Change::TokenChanged(row::parsed(row, "subject", TokenId::from_slice)?),
        _ => return Err(StoreError::Corrupt("kind")),
    };
    Ok((row::value(row, "seq")?, change))
}
