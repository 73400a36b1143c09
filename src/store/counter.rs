//! Failure counters. A failure is counted before the attempt is judged.

use std::time::Duration;

use super::write::WriteTransaction;
use super::{Store, StoreError, StoredEvent, event};
use crate::domain::identifier::AccountId;
use crate::platform::clock::Timestamp;

/// How failures of one counter are limited. The waits are computed inside the one conditional statement.
#[derive(Debug, Clone, Copy)]
pub struct CounterRule {
    /// Number of failures without a wait; the next attempt waits `first_wait`.
    pub free: u32,
    /// The first wait, which doubles with each further failure.
    pub first_wait: Duration,
    /// The longest wait.
    pub longest_wait: Duration,
    /// Older failures are forgotten; `None`: they are kept until a success.
    pub window: Option<Duration>,
    /// At this number of failures the counter is closed until `clear_counter`; `None`: never.
    pub limit: Option<u32>,
}

/// The result of counting a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Counted; the attempt may go ahead.
    Allowed {
        /// The number of failures, including this one.
        failures: u32,
    },
    /// Not counted: the next attempt is allowed after this time.
    Wait(Duration),
    /// Not counted: the limit is reached.
    Closed,
}

/// Maximum number of doublings. A millisecond doubled this often exceeds every `longest_wait`, and a day (the maximum,
/// see `millis`) doubled this often still fits 64 bits.
const MOST_DOUBLINGS: i64 = 35;

impl Store {
    /// Counts a failure before the attempt is judged, in one conditional statement.
    pub async fn count_failure(&self, key: &str, rule: &CounterRule, now: Timestamp) -> Result<Counted, StoreError> {
        let mut transaction = self.write().await?;
        // `kept.n` is the number of earlier failures within the window. Waits begin after failure number `free`.
        let counted: Option<u32> = sqlx::query_scalar(
            "WITH kept AS (SELECT count(*) AS n FROM failures WHERE key = ?1 AND at > ?3),
                  past AS (SELECT coalesce(max(number), 0) AS number, coalesce(max(held_until), 0) AS held
                           FROM failures WHERE key = ?1)
             INSERT INTO failures (key, number, failures, at, held_until, forget_at)
             SELECT ?1, past.number + 1, kept.n + 1, ?2,
                 CASE WHEN kept.n + 1 < ?5 THEN ?2
                      ELSE ?2 + min(?6 << min(kept.n + 1 - ?5, ?9), ?7) END,
                 ?4
             FROM kept, past
             WHERE past.held <= ?2 AND (?8 IS NULL OR kept.n < ?8)
             RETURNING failures",
        )
        .bind(key)
        .bind(now)
        .bind(rule.kept_from(now))
        .bind(rule.window.map(|window| now.plus(window)))
        .bind(rule.free.max(1))
        .bind(millis(rule.first_wait))
        .bind(millis(rule.longest_wait))
        .bind(rule.limit)
        .bind(MOST_DOUBLINGS)
        .fetch_optional(&mut *transaction)
        .await?;
        if let Some(failures) = counted {
            transaction.commit().await?;
            return Ok(Counted::Allowed { failures });
        }
        // Nothing was counted. The rest finds out why, under the same lock.
        let found = sqlx::query_as::<_, Held>(
            "SELECT (SELECT count(*) FROM failures WHERE key = ?1 AND at > ?2) AS failures,
                    (SELECT coalesce(max(held_until), 0) FROM failures WHERE key = ?1) AS held_until",
        )
        .bind(key)
        .bind(rule.kept_from(now))
        .fetch_one(&mut *transaction)
        .await?;
        let closed = rule.limit.is_some_and(|limit| found.failures >= limit);
        Ok(if closed { Counted::Closed } else { Counted::Wait(now.until(found.held_until)) })
    }

    /// Removes the newest failure and its wait.
    pub async fn uncount_failure(&self, key: &str, rule: &CounterRule, now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "DELETE FROM failures
             WHERE key = ?1 AND number = (SELECT max(number) FROM failures WHERE key = ?1) AND at > ?2",
        )
        .bind(key)
        .bind(rule.kept_from(now))
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Clears a counter, after a success or on an operator's request.
    pub async fn clear_counter(&self, key: &str) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("DELETE FROM failures WHERE key = ?1").bind(key).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Clears all counters of the account's own failures (`account:<hex id>:…`), including closed ones, and writes an
    /// audit event.
    pub async fn restore_account(&self, id: AccountId, event: &StoredEvent) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        clear(&mut transaction, &of_account(id)).await?;
        event::append(&mut transaction, event).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// A counter that accepted no further failure.
#[derive(sqlx::FromRow)]
struct Held {
    failures: u32,
    held_until: Timestamp,
}

impl CounterRule {
    /// Only failures after this time, in milliseconds, are within the window.
    fn kept_from(&self, now: Timestamp) -> i64 {
        self.window.map_or(i64::MIN, |window| now.minus(window).millis())
    }
}

/// The key prefix of all counters of an account's own failures.
pub(super) fn of_account(id: AccountId) -> String {
    format!("account:{}:", id.to_hex())
}

/// Clears all counters whose key starts with `prefix`. Uses a range, because `_` and `%` in a key would be wildcards
/// for LIKE.
pub(super) async fn clear(transaction: &mut WriteTransaction, prefix: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM failures WHERE key >= ?1 AND key < ?2")
        .bind(prefix)
        .bind(format!("{prefix}{}", char::MAX))
        .execute(&mut **transaction)
        .await?;
    Ok(())
}

fn millis(span: Duration) -> i64 {
    // A wait of more than a day is a mistake of the caller. The cap keeps the doubling within 64 bits.
    const DAY: Duration = Duration::from_hours(24);
    i64::try_from(span.min(DAY).as_millis()).unwrap_or(i64::MAX)
}
