//! The chain of the audit trail: each row carries a keyed hash (HMAC) over its fields and the hash of the row before it.
//!
//! Whoever can write the file but has no key cannot change, insert, remove or move a row, or cut off the beginning, without
//! that the hashes show it. They can cut off the newest rows: what is left is a shorter chain. A hash that was noted
//! elsewhere shows that (the log, a receiver of events, `audit verify --head`).

use sqlx::sqlite::SqliteConnection;

use super::StoreError;
use super::column::Bytes;
use crate::keys::{KeyMark, KeyRing, MarkedVerdict, Purpose, Tag};

/// The first byte of what is hashed: a row never passes for a beginning.
const ROW: &[u8] = &[1];
const START: &[u8] = &[2];

/// The hash before the first row.
const BEFORE_ALL: Tag = [0; 32];

/// The newest event, and the hash that the next one continues.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::FromRow)]
pub struct ChainHead {
    /// The number of the event; 0 before the first.
    pub event: i64,
    /// Its hash. Before the first event of the chain: what that one continues.
    #[sqlx(try_from = "Bytes")]
    pub chain: [u8; 32],
}

/// The hash of a row, and the mark of the key that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Link {
    pub(super) chain: Tag,
    pub(super) key: KeyMark,
}

/// The fields of a row as bytes.
pub(super) struct Fields<'a> {
    pub(super) id: i64,
    pub(super) at: i64,
    pub(super) name: &'a [u8],
    pub(super) account: Option<&'a [u8]>,
    pub(super) client: Option<&'a [u8]>,
    pub(super) request: Option<&'a [u8]>,
    pub(super) details: &'a [u8],
}

/// A row as stored. Texts and hashes are read as bytes, so that damaged ones are judged like any other change.
#[derive(sqlx::FromRow)]
pub(super) struct ChainRow {
    pub(super) id: i64,
    pub(super) at: i64,
    name: Vec<u8>,
    account: Option<Vec<u8>>,
    client: Option<Vec<u8>>,
    request: Option<Vec<u8>>,
    details: Vec<u8>,
    chain: Option<Vec<u8>>,
    chain_key: Option<Vec<u8>>,
}

/// What the first row of the chain continues.
#[derive(Debug, Clone, Copy, sqlx::FromRow)]
pub(super) struct ChainStart {
    pub(super) after_event: i64,
    #[sqlx(try_from = "Bytes")]
    pub(super) chain: [u8; 32],
    #[sqlx(try_from = "Bytes")]
    key_mark: [u8; 8],
    #[sqlx(try_from = "Bytes")]
    seal: [u8; 32],
}

/// How a row continues the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinkVerdict {
    Fits,
    /// The key that made the hash is not in the key file.
    UnknownKey,
    Differs,
    /// It has no hash.
    Missing,
}

/// The number of the newest event and the hash that the next one continues. The sequence remembers numbers of rows that
/// are gone, so that no number is given twice.
pub(super) const HEAD: &str = "
    SELECT max(chain_start.after_event, coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),
               coalesce((SELECT max(id) FROM events), 0)) AS event,
           coalesce((SELECT chain FROM events WHERE id > chain_start.after_event ORDER BY id DESC LIMIT 1),
                    chain_start.chain) AS chain
    FROM chain_start";

const START_ROW: &str = "SELECT after_event, chain, key_mark, seal FROM chain_start";

impl Fields<'_> {
    /// Numbers of fixed width; then each field with whether it is there and its length. No two rows give the same bytes.
    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(256);
        bytes.extend(self.id.to_be_bytes());
        bytes.extend(self.at.to_be_bytes());
        for field in [Some(self.name), self.account, self.client, self.request, Some(self.details)] {
            bytes.push(u8::from(field.is_some()));
            let field = field.unwrap_or_default();
            bytes.extend((field.len() as u64).to_be_bytes());
            bytes.extend(field);
        }
        bytes
    }

    /// The hash with which this row continues `before`.
    pub(super) fn link(&self, keys: &KeyRing, before: &Tag) -> Link {
        let (key, chain) = keys.sign_marked(Purpose::AuditChain, &[ROW, before, &self.encoded()]);
        Link { chain, key }
    }
}

impl ChainRow {
    /// The hash, as far as there is one: what the next row continues.
    pub(super) fn chain(&self) -> Tag {
        self.chain.as_deref().and_then(|chain| chain.try_into().ok()).unwrap_or(BEFORE_ALL)
    }

    pub(super) fn verdict(&self, keys: &KeyRing, before: &Tag) -> LinkVerdict {
        let (Some(chain), Some(key)) = (self.chain.as_deref(), self.chain_key.as_deref()) else {
            return LinkVerdict::Missing;
        };
        let (Ok(chain), Ok(key)) = (<&Tag>::try_from(chain), KeyMark::try_from(key)) else {
            return LinkVerdict::Differs;
        };
        let fields = Fields {
            id: self.id,
            at: self.at,
            name: &self.name,
            account: self.account.as_deref(),
            client: self.client.as_deref(),
            request: self.request.as_deref(),
            details: &self.details,
        };
        match keys.verify_marked(Purpose::AuditChain, key, &[ROW, before, &fields.encoded()], chain) {
            MarkedVerdict::Right => LinkVerdict::Fits,
            MarkedVerdict::Wrong => LinkVerdict::Differs,
            MarkedVerdict::UnknownKey => LinkVerdict::UnknownKey,
        }
    }
}

impl ChainStart {
    /// Whether no event stands before it: the database was new, or the sweep deleted what was before. Otherwise the events
    /// from before the chain are there.
    pub(super) fn has_nothing_before(&self) -> bool {
        self.after_event == 0 || self.chain != BEFORE_ALL
    }

    pub(super) fn verdict(&self, keys: &KeyRing) -> MarkedVerdict {
        let parts = [START, &self.after_event.to_be_bytes(), &self.chain];
        keys.verify_marked(Purpose::AuditChain, self.key_mark, &parts, &self.seal)
    }

    /// Reads it; `None`: somebody deleted it.
    pub(super) async fn read(connection: &mut SqliteConnection) -> Result<Option<Self>, StoreError> {
        Ok(sqlx::query_as::<_, ChainStart>(START_ROW).fetch_optional(connection).await?)
    }
}

/// Reads the head within the transaction that continues it. Without a beginning nothing is written any more: somebody
/// deleted it, and a new one would hide that.
pub(super) async fn head(connection: &mut SqliteConnection) -> Result<ChainHead, StoreError> {
    let head = sqlx::query_as::<_, ChainHead>(HEAD).fetch_optional(connection).await?;
    head.ok_or_else(|| StoreError::Corrupt("chain_start".to_owned()))
}

/// Begins the chain behind the events there are, within the transaction that adds its tables.
pub(super) async fn begin(connection: &mut SqliteConnection, keys: &KeyRing) -> Result<(), StoreError> {
    let newest: i64 = sqlx::query_scalar("SELECT coalesce(max(id), 0) FROM events").fetch_one(&mut *connection).await?;
    start_after(connection, keys, &ChainHead { event: newest, chain: BEFORE_ALL }).await
}

/// Moves the beginning of the chain behind this event.
pub(super) async fn start_after(
    connection: &mut SqliteConnection,
    keys: &KeyRing,
    last: &ChainHead,
) -> Result<(), StoreError> {
    let (key, seal) = keys.sign_marked(Purpose::AuditChain, &[START, &last.event.to_be_bytes(), &last.chain]);
    sqlx::query(
        "INSERT INTO chain_start (only_row, after_event, chain, key_mark, seal) VALUES (1, ?1, ?2, ?3, ?4)
         ON CONFLICT (only_row) DO UPDATE SET after_event = ?1, chain = ?2, key_mark = ?3, seal = ?4",
    )
    .bind(last.event)
    .bind(last.chain.as_slice())
    .bind(key.as_slice())
    .bind(seal.as_slice())
    .execute(connection)
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields<'a>(name: &'a [u8], account: Option<&'a [u8]>, client: Option<&'a [u8]>) -> Fields<'a> {
        Fields { id: 1, at: 2, name, account, client, request: None, details: b"{}" }
    }

    #[test]
    fn two_rows_never_give_the_same_bytes() {
        let rows = [
            fields(b"ab", None, None),
            fields(b"a", Some(b"b"), None),
            fields(b"a", None, Some(b"b")),
            fields(b"ab", Some(b""), None),
            fields(b"ab", None, Some(b"")),
            Fields { id: 2, at: 1, ..fields(b"ab", None, None) },
            Fields { request: Some(b"{}"), details: b"", ..fields(b"ab", None, None) },
        ];
        let distinct: std::collections::HashSet<Vec<u8>> = rows.iter().map(Fields::encoded).collect();
        assert_eq!(distinct.len(), rows.len());
    }
}
