//! Deletes expired rows, so that no table grows with time alone.

use std::time::Duration;

use super::{Store, StoreError, SweptEvents};
use crate::platform::clock::Timestamp;

/// Every instance reads the feed several times a second and gives up after 30 s; an hour is far longer than both.
const FEED_KEPT: Duration = Duration::from_hours(1);

/// Browsers limit a cookie's life to 400 days (RFC 6265bis), so an older device cookie cannot come back.
const DEVICES_KEPT: Duration = Duration::from_hours(24 * 400);

/// The longest `session.remember_device`. How old a code may be is judged at each sign-in; this only clears marks that no
/// configuration accepts any more.
const MARKS_KEPT: Duration = Duration::from_hours(24 * 180);

/// Whoever answered a challenge must not answer it again on an instance whose clock is a little behind.
const ANSWERS_KEPT: Duration = Duration::from_hours(1);

/// How many rows one transaction deletes. It takes a few milliseconds, so a sign-in waits no longer for the write lock.
const SLICE: u32 = 1000;

/// Each statement, and how long rows are kept after their time.
const OVER: [(&str, Duration); 10] = [
    ("DELETE FROM sign_ins WHERE id IN (SELECT id FROM sign_ins WHERE expires_at <= ?1 LIMIT ?2)", Duration::ZERO),
    ("DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ?1 LIMIT ?2)", Duration::ZERO),
    (
        "DELETE FROM enrolments WHERE (session, kind) IN
             (SELECT session, kind FROM enrolments WHERE expires_at <= ?1 LIMIT ?2)",
        Duration::ZERO,
    ),
    (
        "DELETE FROM answered_challenges WHERE id IN
             (SELECT id FROM answered_challenges WHERE expires_at <= ?1 LIMIT ?2)",
        ANSWERS_KEPT,
    ),
    ("DELETE FROM handovers WHERE id IN (SELECT id FROM handovers WHERE expires_at <= ?1 LIMIT ?2)", Duration::ZERO),
    ("DELETE FROM tokens WHERE id IN (SELECT id FROM tokens WHERE expires_at <= ?1 LIMIT ?2)", Duration::ZERO),
    (
        "DELETE FROM failures WHERE (key, number) IN
             (SELECT key, number FROM failures WHERE forget_at <= ?1 AND held_until <= ?1 LIMIT ?2)",
        Duration::ZERO,
    ),
    (
        "DELETE FROM sends WHERE (key, span, number) IN
             (SELECT key, span, number FROM sends WHERE forget_at <= ?1 LIMIT ?2)",
        Duration::ZERO,
    ),
    (
        "DELETE FROM devices WHERE (account, id) IN
             (SELECT account, id FROM devices WHERE last_used_at <= ?1 LIMIT ?2)",
        DEVICES_KEPT,
    ),
    (
        "UPDATE devices SET remembered_at = NULL, remembered_method = NULL WHERE (account, id) IN
             (SELECT account, id FROM devices WHERE remembered_at <= ?1 LIMIT ?2)",
        MARKS_KEPT,
    ),
];

impl Store {
    /// Deletes expired sign-ins, sessions, enrolments, answered challenges, hand-overs and tokens, failures outside their window, old sends, feed
    /// entries older than an hour, events older than 90 days (`sweep_events`) and devices unused for 400 days, and the
    /// marks of browsers whose code is older than 180 days. Failures that are kept until a success stay. Each transaction
    /// changes few rows, so that others can write in between.
    pub async fn sweep(&self, now: Timestamp) -> Result<SweptEvents, StoreError> {
        for (statement, kept) in OVER {
            self.sweep_slices(statement, now.minus(kept)).await?;
        }
        let swept = self.sweep_events(now).await?;
        self.sweep_feed(now.minus(FEED_KEPT)).await?;
        Ok(swept)
    }

    async fn sweep_slices(&self, statement: &'static str, before: Timestamp) -> Result<(), StoreError> {
        loop {
            let mut transaction = self.write().await?;
            let statement = sqlx::query(statement).bind(before).bind(SLICE);
            let done = statement.execute(&mut *transaction).await?;
            transaction.commit().await?;
            if done.rows_affected() < u64::from(SLICE) {
                return Ok(());
            }
        }
    }

    /// Moves the mark and deletes up to it in one transaction, so that a cursor before the mark detects the missing
    /// entries.
    async fn sweep_feed(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query(
            "UPDATE bookkeeping
             SET value = max(value, coalesce((SELECT max(seq) FROM feed WHERE at < ?1), 0))
             WHERE name = 'feed-swept'",
        )
        .bind(before)
        .execute(&mut *transaction)
        .await?;
        sqlx::query("DELETE FROM feed WHERE seq <= (SELECT value FROM bookkeeping WHERE name = 'feed-swept')")
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
