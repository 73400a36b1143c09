-- Portcullis, schema 2: one sign-in for several hosts, step-up, access tokens.

-- `nonce`: the sign-in is made for another host, which left what this is the hash of in the browser. `session`: it asks
-- the owner of this session for the factor again; it ends with the session.
ALTER TABLE sign_ins ADD COLUMN nonce BLOB CHECK (nonce IS NULL OR length(nonce) = 32);
ALTER TABLE sign_ins ADD COLUMN session BLOB REFERENCES sessions (id) ON DELETE CASCADE;
CREATE INDEX sign_ins_session ON sign_ins (session);

-- `home`: the audience of the cookie of the host where the person signed in. That cookie is renewed when the factor is
-- given again, and an older one is refused from then on.
ALTER TABLE sessions ADD COLUMN home BLOB CHECK (home IS NULL OR length(home) = 16);

-- One-time tokens that carry a session to another host. Spending is deleting.
CREATE TABLE handovers (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    session    BLOB    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    audience   BLOB    NOT NULL CHECK (length(audience) = 16),
    nonce      BLOB    NOT NULL CHECK (length(nonce) = 32),
    return_to  TEXT    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX handovers_session ON handovers (session);
CREATE INDEX handovers_expires_at ON handovers (expires_at);

-- Access tokens of scripts. `hash` is SHA-256 over a secret of 256 random bits, which needs no salt and no work factor;
-- `site` is the host of the site as the configuration writes it.
CREATE TABLE tokens (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account      BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    site         TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    hash         BLOB    NOT NULL CHECK (length(hash) = 32),
    created_at   INTEGER NOT NULL,
    expires_at   INTEGER NOT NULL,
    last_used_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX tokens_account ON tokens (account);
CREATE INDEX tokens_expires_at ON tokens (expires_at);

-- The feed learns two kinds. A CHECK cannot be changed in place; the sequence goes on where it was, since every
-- instance remembers how far it has read.
CREATE TABLE wider_feed (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    kind    TEXT    NOT NULL CHECK (kind IN ('session-ended', 'session-changed', 'account-changed', 'sessions-ended',
                                             'token-changed')),
    subject BLOB    NOT NULL CHECK (length(subject) = 16)
) STRICT;
INSERT INTO sqlite_sequence (name, seq) SELECT 'wider_feed', seq FROM sqlite_sequence WHERE name = 'feed';
INSERT INTO wider_feed (seq, at, kind, subject) SELECT seq, at, kind, subject FROM feed;
DROP TABLE feed;
ALTER TABLE wider_feed RENAME TO feed;
CREATE INDEX feed_at ON feed (at);

PRAGMA user_version = 2;
