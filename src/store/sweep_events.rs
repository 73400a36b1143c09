//! Deletes old audit events from the beginning of the chain, and only there: in between, a row that is missing is a sign of
//! tampering.

use std::time::Duration;

use super::chain::{ChainHead, ChainRow, ChainStart, LinkVerdict};
use super::write::WriteTransaction;
use super::{Store, StoreError, chain};
use crate::keys::MarkedVerdict;
use crate::platform::clock::Timestamp;

/// 90 days of audit events: long enough to investigate an incident that was noticed late.
const EVENTS_KEPT: Duration = Duration::from_hours(24 * 90);

/// How long events are kept at most for a receiver that does not take them.
const EVENTS_HELD: Duration = Duration::from_hours(24 * 120);

/// Receivers that no gateway has named for a day are no longer configured, and hold nothing. The gateway names its own every
/// hour.
const SINK_SEEN: Duration = Duration::from_hours(24);

/// How many rows one transaction deletes, as in `sweep`.
const SLICE: u32 = 1000;

/// What the sweep found in the events that it deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SweptEvents {
    /// The first event that did not fit the chain.
    pub broken: Option<i64>,
    /// How many could not be verified: the key version that they name is not there.
    pub unverifiable: u64,
    /// Receivers that did not get events before they were deleted.
    pub lost: Vec<LostEvents>,
}

/// Events that were deleted before a receiver had them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LostEvents {
    /// The receiver.
    pub sink: String,
    /// How many, those that its filter leaves out included.
    pub count: i64,
}

/// What may be deleted.
#[derive(Clone, Copy)]
struct Limits {
    /// Events before this time are old.
    kept: Timestamp,
    /// Events before this time are deleted whatever receivers have.
    held: Timestamp,
    /// Receivers that were named after this time count.
    seen: Timestamp,
}

impl SweptEvents {
    fn add(&mut self, lost: LostEvents) {
        match self.lost.iter_mut().find(|earlier| earlier.sink == lost.sink) {
            Some(earlier) => earlier.count += lost.count,
            None => self.lost.push(lost),
        }
    }
}

impl Store {
    /// Deletes events that are older than 90 days up to the first that is not, or that a receiver does not have yet. Those
    /// older than 120 days go in any case.
    pub(super) async fn sweep_events(&self, now: Timestamp) -> Result<SweptEvents, StoreError> {
        let limits = Limits { kept: now.minus(EVENTS_KEPT), held: now.minus(EVENTS_HELD), seen: now.minus(SINK_SEEN) };
        self.move_mark(limits.kept).await?;
        let mut swept = SweptEvents::default();
        loop {
            let mut transaction = self.write().await?;
            let slice = old_events(&mut transaction, &limits).await?;
            let Some(last) = slice.last().map(|row| row.id) else { break };
            let found = verified(&mut transaction, &slice).await?;
            swept.broken = swept.broken.or(found.broken);
            swept.unverifiable += found.unverifiable;
            for lost in delete_until(&mut transaction, last, &limits).await? {
                swept.add(lost);
            }
            transaction.commit().await?;
            if slice.len() < usize::try_from(SLICE).unwrap_or(usize::MAX) {
                break;
            }
        }
        Ok(swept)
    }

    /// The trigger on `events` allows only rows before this mark to be deleted.
    async fn move_mark(&self, before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        sqlx::query("UPDATE bookkeeping SET value = max(value, ?1) WHERE name = 'events-kept-from'")
            .bind(before)
            .execute(&mut *transaction)
            .await?;
        // Receivers of another time.
        sqlx::query("DELETE FROM sinks WHERE seen_at < ?1").bind(before).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(())
    }
}

/// The oldest events up to the first that stays. (`+` keeps the planner on the primary key: the first that stays is near
/// the beginning.)
async fn old_events(transaction: &mut WriteTransaction, limits: &Limits) -> Result<Vec<ChainRow>, StoreError> {
    let rows = sqlx::query_as::<_, ChainRow>(
        "SELECT id, at, CAST(name AS BLOB) AS name, account, CAST(client AS BLOB) AS client,
             CAST(request AS BLOB) AS request, CAST(details AS BLOB) AS details, chain, chain_key
         FROM events
         WHERE id < coalesce(
             (SELECT id FROM events
              WHERE id > 0 AND (+at >= ?1 OR (+at >= ?2
                  AND id > (SELECT coalesce(min(sent), 9223372036854775807) FROM sinks WHERE seen_at > ?3)))
              ORDER BY id LIMIT 1),
             9223372036854775807)
         ORDER BY id LIMIT ?4",
    )
    .bind(limits.kept)
    .bind(limits.held)
    .bind(limits.seen)
    .bind(SLICE)
    .fetch_all(&mut **transaction)
    .await?;
    Ok(rows)
}

/// Verifies rows before they go, and lets the chain begin behind them. Returns what was found: what is deleted can never be
/// verified again.
async fn verified(transaction: &mut WriteTransaction, rows: &[ChainRow]) -> Result<SweptEvents, StoreError> {
    let keys = transaction.keys();
    let start = ChainStart::read(transaction).await?;
    let Some(start) = start else { return Err(StoreError::Corrupt("chain_start".to_owned())) };
    let mut head = ChainHead { event: start.after_event, chain: start.chain };
    let mut found = SweptEvents::default();
    for row in rows.iter().filter(|row| row.id > start.after_event) {
        let verdict = row.verdict(&keys, &head.chain);
        found.unverifiable += u64::from(verdict == LinkVerdict::UnknownKey);
        let fits = row.id == head.event + 1 && matches!(verdict, LinkVerdict::Fits | LinkVerdict::UnknownKey);
        if found.broken.is_none() && !fits {
            found.broken = Some(row.id);
        }
        head = ChainHead { event: row.id, chain: row.chain() };
    }
    if head.event > start.after_event {
        match start.verdict(&keys) {
            MarkedVerdict::Right => {}
            MarkedVerdict::Wrong => found.broken = Some(start.after_event),
            MarkedVerdict::UnknownKey => found.unverifiable += 1,
        }
        chain::start_after(transaction, &keys, &head).await?;
    }
    Ok(found)
}

/// Deletes, and moves receivers that are behind.
async fn delete_until(
    transaction: &mut WriteTransaction,
    last: i64,
    limits: &Limits,
) -> Result<Vec<LostEvents>, StoreError> {
    let behind = sqlx::query_as::<_, LostEvents>(
        "SELECT name AS sink, (SELECT count(*) FROM events WHERE id > sinks.sent AND id <= ?1) AS count
         FROM sinks WHERE sent < ?1 AND seen_at > ?2 ORDER BY name",
    )
    .bind(last)
    .bind(limits.seen)
    .fetch_all(&mut **transaction)
    .await?;
    sqlx::query("UPDATE sinks SET sent = ?1 WHERE sent < ?1").bind(last).execute(&mut **transaction).await?;
    sqlx::query("DELETE FROM events WHERE id <= ?1").bind(last).execute(&mut **transaction).await?;
    Ok(behind)
}
