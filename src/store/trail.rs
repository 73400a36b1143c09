//! Verifies the chain of the audit trail, page by page.

use super::chain::{ChainHead, ChainRow, ChainStart, LinkVerdict};
use super::{Store, StoreError, chain};
use crate::keys::{KeyRing, MarkedVerdict};
use crate::platform::clock::Timestamp;

/// How many rows are read at once: a few hundred kilobytes, whatever the size of the trail.
const PAGE: i64 = 1000;

/// What the chain of the whole trail says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailReport {
    /// Events from before the chain, which nothing protects.
    pub unchained: i64,
    /// Events that fit the one before.
    pub fitting: i64,
    /// Events that no key in the key file can verify. With `broken`, those up to there.
    pub unverifiable: Option<Unverifiable>,
    /// Whether the record of the beginning was sealed by such a key.
    pub unverifiable_start: bool,
    /// The last event that was looked at and its hash.
    pub head: ChainHead,
    /// The event with the hash that was asked for.
    pub known_head: Option<i64>,
    /// The first place where the chain is broken.
    pub broken: Option<BrokenTrail>,
}

/// Events whose key version is not in the key file. Nobody can tell whether they were changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unverifiable {
    /// How many.
    pub count: i64,
    /// The first.
    pub first: i64,
    /// The last.
    pub last: i64,
}

/// The first place where the chain is broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BrokenTrail {
    /// What is wrong there.
    pub fault: TrailFault,
    /// The first event that does not fit.
    pub event: Option<i64>,
    /// The time that it bears.
    pub at: Option<Timestamp>,
    /// How many events follow it.
    pub following: i64,
}

/// What is wrong with a chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrailFault {
    /// The record of its beginning was changed or deleted.
    Start,
    /// An event or the hash of the one before was changed, inserted or moved.
    Changed,
    /// The event has no hash.
    Unchained,
    /// So many events stand before the beginning of a chain that has nothing before it.
    Inserted(i64),
    /// Events from this number on are missing, up to the one before the event that is named, or up to the newest.
    Missing(i64),
    /// No event has the hash that was asked for.
    HeadUnknown,
}

/// The rows behind a cursor, and where the chain begins, in one state of the file.
struct Page {
    start: Option<ChainStart>,
    rows: Vec<ChainRow>,
}

/// The walk along the chain.
struct Walk<'a> {
    keys: &'a KeyRing,
    /// The hash that was asked for.
    wanted: Option<[u8; 32]>,
    report: TrailReport,
}

impl Store {
    /// Verifies the trail from its beginning to the event that is the newest now. `wanted` is a hash that was noted
    /// earlier: without it, a trail whose newest events were cut off looks whole.
    pub async fn verify_trail(&self, wanted: Option<[u8; 32]>) -> Result<TrailReport, StoreError> {
        let newest = self.newest_number().await?;
        let keys = self.keys();
        let mut walk = Walk::new(&keys, wanted);
        loop {
            let page = self.chain_page(walk.report.head.event, newest).await?;
            let is_last = page.rows.len() < usize::try_from(PAGE).unwrap_or(usize::MAX);
            let first = walk.is_at_the_beginning();
            if first && let Some(start) = &page.start {
                walk.report.unchained = self.events_until(start.after_event).await?;
            }
            if first && let Some(start) = page.start.as_ref().filter(|start| start.has_nothing_before()) {
                walk.nothing_before(start);
            }
            walk.look_at(&page);
            if let Some(broken) = &mut walk.report.broken {
                broken.following = self.events_behind(broken.event.unwrap_or(walk.report.head.event)).await?;
                return Ok(walk.report);
            }
            if is_last {
                walk.end(newest);
                return Ok(walk.report);
            }
        }
    }

    /// The newest event and its hash.
    pub async fn trail_head(&self) -> Result<ChainHead, StoreError> {
        let mut connection = self.reading().acquire().await?;
        chain::head(&mut connection).await
    }

    /// Whether the event with this hash is in the trail, or was deleted for its age.
    pub async fn has_link(&self, head: &ChainHead) -> Result<bool, StoreError> {
        let found = sqlx::query(
            "SELECT 1 FROM events WHERE id = ?1 AND chain = ?2
             UNION ALL SELECT 1 FROM chain_start WHERE after_event > ?1 OR (after_event = ?1 AND chain = ?2)",
        )
        .bind(head.event)
        .bind(head.chain.as_slice())
        .fetch_optional(self.reading())
        .await?;
        Ok(found.is_some())
    }

    /// The highest number that an event ever had.
    async fn newest_number(&self) -> Result<i64, StoreError> {
        let newest = sqlx::query_scalar(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),
                        coalesce((SELECT max(id) FROM events), 0))",
        );
        Ok(newest.fetch_one(self.reading()).await?)
    }

    async fn chain_page(&self, after: i64, until: i64) -> Result<Page, StoreError> {
        // One state of the file: the sweep moves the beginning and deletes rows in between.
        let mut transaction = self.reading().begin().await?;
        let start = ChainStart::read(&mut transaction).await?;
        let after = start.map_or(after, |start| after.max(start.after_event));
        let rows = sqlx::query_as::<_, ChainRow>(
            "SELECT id, at, CAST(name AS BLOB) AS name, account, CAST(client AS BLOB) AS client,
                 CAST(request AS BLOB) AS request, CAST(details AS BLOB) AS details, chain, chain_key
             FROM events WHERE id > ?1 AND id <= ?2 ORDER BY id LIMIT ?3",
        )
        .bind(after)
        .bind(until)
        .bind(PAGE)
        .fetch_all(&mut *transaction)
        .await?;
        Ok(Page { start, rows })
    }

    async fn events_until(&self, id: i64) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM events WHERE id <= ?1").bind(id);
        Ok(count.fetch_one(self.reading()).await?)
    }

    async fn events_behind(&self, id: i64) -> Result<i64, StoreError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM events WHERE id > ?1").bind(id);
        Ok(count.fetch_one(self.reading()).await?)
    }
}

impl<'a> Walk<'a> {
    const fn new(keys: &'a KeyRing, wanted: Option<[u8; 32]>) -> Self {
        // Before the first page: no event has this number.
        let head = ChainHead { event: -1, chain: [0; 32] };
        let report = TrailReport {
            unchained: 0,
            fitting: 0,
            unverifiable: None,
            unverifiable_start: false,
            head,
            known_head: None,
            broken: None,
        };
        Self { keys, wanted, report }
    }

    const fn is_at_the_beginning(&self) -> bool {
        self.report.head.event < 0
    }

    /// Events that the sweep would have deleted, or that nobody wrote.
    const fn nothing_before(&mut self, start: &ChainStart) {
        if self.report.unchained > 0 {
            let fault = TrailFault::Inserted(self.report.unchained);
            self.report.broken = Some(BrokenTrail { fault, event: Some(start.after_event), at: None, following: 0 });
        }
    }

    fn look_at(&mut self, page: &Page) {
        let Some(start) = &page.start else { return self.break_at(TrailFault::Start, page.rows.first()) };
        // At first, and when the sweep has overtaken this walk.
        if start.after_event > self.report.head.event {
            match start.verdict(self.keys) {
                MarkedVerdict::Right => {}
                MarkedVerdict::Wrong => return self.break_at(TrailFault::Start, page.rows.first()),
                MarkedVerdict::UnknownKey => self.report.unverifiable_start = true,
            }
            self.advance(ChainHead { event: start.after_event, chain: start.chain });
        }
        for row in &page.rows {
            let expected = self.report.head.event + 1;
            if row.id != expected {
                return self.break_at(TrailFault::Missing(expected), Some(row));
            }
            match row.verdict(self.keys, &self.report.head.chain) {
                LinkVerdict::Fits => self.report.fitting += 1,
                LinkVerdict::UnknownKey => self.cannot_verify(row.id),
                LinkVerdict::Differs => return self.break_at(TrailFault::Changed, Some(row)),
                LinkVerdict::Missing => return self.break_at(TrailFault::Unchained, Some(row)),
            }
            self.advance(ChainHead { event: row.id, chain: row.chain() });
        }
    }

    fn end(&mut self, newest: i64) {
        let last = self.report.head.event;
        if last < newest {
            self.break_at(TrailFault::Missing(last + 1), None);
        } else if self.wanted.is_some() && self.report.known_head.is_none() {
            self.break_at(TrailFault::HeadUnknown, None);
        }
    }

    fn advance(&mut self, head: ChainHead) {
        self.report.head = head;
        if self.wanted == Some(head.chain) {
            self.report.known_head = Some(head.event);
        }
    }

    fn cannot_verify(&mut self, id: i64) {
        let earlier = self.report.unverifiable.unwrap_or(Unverifiable { count: 0, first: id, last: id });
        self.report.unverifiable = Some(Unverifiable { count: earlier.count + 1, last: id, ..earlier });
    }

    fn break_at(&mut self, fault: TrailFault, row: Option<&ChainRow>) {
        let at = row.map(|row| Timestamp::from_millis(row.at));
        self.report.broken = Some(BrokenTrail { fault, event: row.map(|row| row.id), at, following: 0 });
    }
}
