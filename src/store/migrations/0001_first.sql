-- Portcullis, schema 1.
--
-- Times are milliseconds since 1970-01-01T00:00:00Z, identifiers are 16 bytes. STRICT tables refuse a value of the
-- wrong type, the CHECKs a value that no version of Portcullis writes: a damaged row is an error, never a default.

PRAGMA application_id = 1349678188; -- "Prtl": this file is ours

CREATE TABLE accounts (
    id             BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    username       TEXT    NOT NULL,
    name           TEXT,
    email          TEXT,
    phone          TEXT,
    groups         TEXT    NOT NULL CHECK (json_valid(groups)),
    default_method TEXT    NOT NULL,
    password       TEXT,
    status         TEXT    NOT NULL CHECK (status IN ('active', 'disabled')),
    created_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every text under which somebody can sign in, in the form of TypedName. One primary key over all kinds: no user name
-- can be another account's address, and the look-up is one index search whether it finds something or not.
CREATE TABLE account_names (
    name    TEXT NOT NULL PRIMARY KEY,
    account BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind    TEXT NOT NULL CHECK (kind IN ('username', 'email', 'alias'))
) STRICT, WITHOUT ROWID;
CREATE INDEX account_names_account ON account_names (account);

CREATE TABLE sign_ins (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account    BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    return_to  TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_ins_account ON sign_ins (account);
CREATE INDEX sign_ins_expires_at ON sign_ins (expires_at);

-- `most` is the limit named by the last claimed guess: sending again and continuing need it to tell whether guesses
-- are left.
CREATE TABLE challenges (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    sign_in      BLOB    NOT NULL UNIQUE REFERENCES sign_ins (id) ON DELETE CASCADE ON UPDATE CASCADE,
    method       TEXT    NOT NULL,
    provider     TEXT    NOT NULL,
    proof        TEXT    NOT NULL CHECK (proof IN ('nothing', 'remote', 'local')),
    reference    TEXT,
    key          INTEGER,
    tag          BLOB,
    guesses      INTEGER NOT NULL CHECK (guesses >= 0),
    most         INTEGER,
    expires_at   INTEGER NOT NULL,
    next_send_at INTEGER NOT NULL,
    spent_at     INTEGER,
    CHECK ((proof = 'remote') = (reference IS NOT NULL)),
    CHECK ((proof = 'local') = (key IS NOT NULL AND tag IS NOT NULL)),
    CHECK (tag IS NULL OR length(tag) = 32)
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
    id               BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account          BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    assurance        INTEGER NOT NULL,
    method           TEXT,
    created_at       INTEGER NOT NULL,
    authenticated_at INTEGER NOT NULL,
    last_used_at     INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    client           TEXT    NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_account ON sessions (account);
CREATE INDEX sessions_expires_at ON sessions (expires_at);

-- Browsers in which an account has signed in.
CREATE TABLE devices (
    account    BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    last_used_at INTEGER NOT NULL,
    PRIMARY KEY (account, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX devices_last_used_at ON devices (last_used_at);

-- One row for each counted failure: forgetting is exact (no failure counts longer or shorter than the window) and
-- taking one back takes back its wait. `number` orders the rows of a key, `failures` is how many counted then. A
-- counter that is held takes no more rows, so they are few.
CREATE TABLE failures (
    key        TEXT    NOT NULL,
    number     INTEGER NOT NULL,
    failures   INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    held_until INTEGER NOT NULL,
    forget_at  INTEGER,
    PRIMARY KEY (key, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX failures_forget_at ON failures (forget_at) WHERE forget_at IS NOT NULL;

-- One row for each send and each limit it counts against; `span` is the limit's window, so that one key may have two.
CREATE TABLE sends (
    key       TEXT    NOT NULL,
    span      INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    forget_at INTEGER NOT NULL,
    PRIMARY KEY (key, span, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX sends_at ON sends (key, span, at);
CREATE INDEX sends_forget_at ON sends (forget_at);

-- AUTOINCREMENT: a sequence number is never used twice, not even after the newest row was swept.
CREATE TABLE feed (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT    NOT NULL CHECK (kind IN ('session-ended', 'account-changed', 'sessions-ended')),
    subject BLOB    NOT NULL CHECK (length(subject) = 16)
) STRICT;
CREATE INDEX feed_at ON feed (at);

CREATE TABLE events (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    name    TEXT    NOT NULL,
    account BLOB,
    client  TEXT,
    request TEXT,
    details TEXT    NOT NULL
) STRICT;
CREATE INDEX events_at ON events (at);

-- `feed-swept`: the highest sequence number that the sweep has deleted. `events-kept-from`: events before this moment
-- may be deleted, later ones may not.
CREATE TABLE bookkeeping (
    name  TEXT    NOT NULL PRIMARY KEY,
    value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO bookkeeping (name, value) VALUES ('feed-swept', 0), ('events-kept-from', 0);

-- The audit trail is append-only, also for a later mistake in this program.
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events
WHEN OLD.at >= (SELECT value FROM bookkeeping WHERE name = 'events-kept-from')
BEGIN
    SELECT RAISE(ABORT, 'the audit trail is append-only');
END;

PRAGMA user_version = 1;
