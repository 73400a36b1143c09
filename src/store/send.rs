//! Limits on sent messages: how many were sent under each limit.

use std::time::Duration;

use super::write::WriteTransaction;
use super::{Store, StoreError};
use crate::platform::clock::Timestamp;

/// A limit on sent messages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendLimit {
    /// The key, such as `to:3f2a…:10m`; `throttle` hashes numbers and addresses. Two limits may share a key if their
    /// windows differ.
    pub key: String,
    /// Maximum number of messages within `window`.
    pub most: u32,
    /// The length of the window.
    pub window: Duration,
}

impl Store {
    /// Counts one send against all limits or none, in one transaction. If a limit is exceeded, returns the wait until
    /// the first exceeded one allows a send.
    pub async fn count_send(&self, limits: &[SendLimit], now: Timestamp) -> Result<Result<(), Duration>, StoreError> {
        let mut transaction = self.write().await?;
        for limit in limits {
            if !count(&mut transaction, limit, now).await? {
                let wait = wait(&mut transaction, limit, now).await?;
                // Rolling back also undoes the counts for earlier limits.
                transaction.rollback().await?;
                return Ok(Err(wait));
            }
        }
        transaction.commit().await?;
        Ok(Ok(()))
    }

    /// Takes back a counted send, if the provider certainly did not send.
    pub async fn uncount_send(&self, limits: &[SendLimit], now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        for limit in limits {
            sqlx::query(
                "DELETE FROM sends WHERE key = ?1 AND span = ?2 AND at > ?3
                     AND number = (SELECT max(number) FROM sends WHERE key = ?1 AND span = ?2)",
            )
            .bind(&limit.key)
            .bind(limit.span())
            .bind(now.minus(limit.window))
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}

impl SendLimit {
    fn span(&self) -> i64 {
        i64::try_from(self.window.as_millis()).unwrap_or(i64::MAX)
    }
}

/// Counts one send in a single statement, unless the limit is reached.
async fn count(transaction: &mut WriteTransaction, limit: &SendLimit, now: Timestamp) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO sends (key, span, number, at, forget_at)
         SELECT ?1, ?2, (SELECT coalesce(max(number), 0) + 1 FROM sends WHERE key = ?1 AND span = ?2), ?3, ?4
         WHERE (SELECT count(*) FROM sends WHERE key = ?1 AND span = ?2 AND at > ?5) < ?6",
    )
    .bind(&limit.key)
    .bind(limit.span())
    .bind(now)
    .bind(now.plus(limit.window))
    .bind(now.minus(limit.window))
    .bind(limit.most)
    .execute(&mut **transaction)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The time until fewer than `most` sends are within the window, that is, until the `most`-newest one has left it. A
/// limit of zero never allows a send; the length of the window is then as good an answer as any.
async fn wait(transaction: &mut WriteTransaction, limit: &SendLimit, now: Timestamp) -> Result<Duration, StoreError> {
    let Some(skip) = limit.most.checked_sub(1) else { return Ok(limit.window) };
    let statement = "SELECT at FROM sends WHERE key = ?1 AND span = ?2 ORDER BY at DESC LIMIT 1 OFFSET ?3";
    let newest: Timestamp = sqlx::query_scalar(statement)
        .bind(&limit.key)
        .bind(limit.span())
        .bind(skip)
        .fetch_one(&mut **transaction)
        .await?;
    Ok(now.until(newest.plus(limit.window)))
}
