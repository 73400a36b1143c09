-- Portcullis, schema 9: the audit trail is a chain, and events leave the gateway.

-- `chain` is a keyed hash over this row and the `chain` of the row before it, `chain_key` the mark of the key. Rows from
-- before this step have neither.
ALTER TABLE events ADD COLUMN chain BLOB CHECK (chain IS NULL OR length(chain) = 32);
ALTER TABLE events ADD COLUMN chain_key BLOB
    CHECK ((chain_key IS NULL) = (chain IS NULL) AND (chain_key IS NULL OR length(chain_key) = 8));

-- What the first row of the chain follows: the last row before this step or, later, the last one that the sweep deleted.
-- `seal` is a keyed hash over the others, so that nobody without the key can cut off the beginning. The program writes the
-- one row in the transaction of this step, because SQL has no keyed hash.
CREATE TABLE chain_start (
    only_row INTEGER NOT NULL PRIMARY KEY CHECK (only_row = 1),
    after_event INTEGER NOT NULL,
    chain    BLOB    NOT NULL CHECK (length(chain) = 32),
    key_mark BLOB    NOT NULL CHECK (length(key_mark) = 8),
    seal     BLOB    NOT NULL CHECK (length(seal) = 32)
) STRICT;

-- How far each receiver of events has got: it has the events up to `sent`. `holder` is the process that sends until
-- `held_until`. The sweep waits for receivers that a gateway named since `seen_at`.
CREATE TABLE sinks (
    name       TEXT    NOT NULL PRIMARY KEY,
    sent       INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    holder     BLOB    CHECK (holder IS NULL OR length(holder) = 16),
    held_until INTEGER,
    CHECK ((holder IS NULL) = (held_until IS NULL))
) STRICT, WITHOUT ROWID;

PRAGMA user_version = 9;
