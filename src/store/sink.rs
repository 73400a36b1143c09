//! How far each receiver of audit events has got, and which process sends to it.
//!
//! A process sends while it holds the receiver. Holding spares the receiver from getting everything once from each
//! process; it does not decide what was sent: `sent` only moves forward, and an event that two processes send has the same
//! id for the receiver. So a clock that is wrong, or a process that stands still for a minute, costs duplicates, never an
//! event.

use super::{Store, StoreError, chain};
use crate::platform::clock::Timestamp;

/// A process that wants to send, or sends.
#[derive(Debug, Clone, Copy)]
pub struct SinkHolder<'a> {
    /// The receiver.
    pub sink: &'a str,
    /// The process.
    pub holder: [u8; 16],
    /// Until when others leave the receiver to it.
    pub until: Timestamp,
}

impl Store {
    /// Says that a gateway sends to these receivers: the sweep keeps events for them. A new one starts at the newest event,
    /// and so does one that has later events: those were cut off, and the ones to come bear their numbers.
    pub async fn register_sinks(&self, names: &[String], now: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        let head = chain::head(&mut transaction).await?;
        for name in names {
            sqlx::query(
                "INSERT INTO sinks (name, sent, seen_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (name) DO UPDATE SET seen_at = excluded.seen_at, sent = min(sinks.sent, excluded.sent)",
            )
            .bind(name)
            .bind(head.event)
            .bind(now)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The last event that the receiver has, if there are later ones.
    pub async fn sink_backlog(&self, sink: &str) -> Result<Option<i64>, StoreError> {
        let sent = sqlx::query_scalar(
            "SELECT sent FROM sinks WHERE name = ?1 AND sent < (SELECT coalesce(max(id), 0) FROM events)",
        )
        .bind(sink);
        Ok(sent.fetch_optional(self.reading()).await?)
    }

    /// Claims the receiver, unless another process holds it. Returns the last event that it has. A hold that lasts longer
    /// than `longest` was written by a clock that has been set back since, and counts for nothing.
    pub async fn claim_sink(
        &self,
        claim: &SinkHolder<'_>,
        now: Timestamp,
        longest: Timestamp,
    ) -> Result<Option<i64>, StoreError> {
        let mut transaction = self.write().await?;
        let sent = sqlx::query_scalar(
            "UPDATE sinks SET holder = ?2, held_until = ?3
             WHERE name = ?1 AND (holder IS NULL OR holder = ?2 OR held_until <= ?4 OR held_until > ?5)
             RETURNING sent",
        )
        .bind(claim.sink)
        .bind(claim.holder.as_slice())
        .bind(claim.until)
        .bind(now)
        .bind(longest)
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
        Ok(sent)
    }

    /// Records that the receiver has the events up to `sent`, and holds it longer. Returns false if another process has
    /// claimed it meanwhile.
    pub async fn advance_sink(&self, holder: &SinkHolder<'_>, sent: i64) -> Result<bool, StoreError> {
        let mut transaction = self.write().await?;
        let done =
            sqlx::query("UPDATE sinks SET sent = max(sent, ?3), held_until = ?4 WHERE name = ?1 AND holder = ?2")
                .bind(holder.sink)
                .bind(holder.holder.as_slice())
                .bind(sent)
                .bind(holder.until)
                .execute(&mut *transaction)
                .await?;
        transaction.commit().await?;
        Ok(done.rows_affected() > 0)
    }

    /// Leaves the receiver to other processes.
    pub async fn release_sink(&self, sink: &str, holder: [u8; 16]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE sinks SET holder = NULL, held_until = NULL WHERE name = ?1 AND holder = ?2")
            .bind(sink)
            .bind(holder.as_slice())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(())
    }
}
