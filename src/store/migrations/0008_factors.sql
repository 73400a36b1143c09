-- Portcullis, schema 8: factors that people hold: authenticator apps, passkeys, recovery codes.

-- `cipher` is encrypted with version `key` of the key file and bound to id, account and kind: a row that was copied to
-- another account cannot be decrypted. `credential` is the id by which a browser names a passkey. `last_step` is the newest
-- time step of which a code was accepted: that step and earlier ones are refused.
CREATE TABLE factors (
    id           BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    account      BLOB    NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind         TEXT    NOT NULL CHECK (kind IN ('totp', 'passkey')),
    name         TEXT    NOT NULL,
    key          INTEGER NOT NULL,
    cipher       BLOB    NOT NULL,
    credential   BLOB,
    last_step    INTEGER,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER,
    CHECK ((kind = 'passkey') = (credential IS NOT NULL)),
    CHECK ((kind = 'totp') = (last_step IS NOT NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX factors_account ON factors (account);
CREATE INDEX factors_key ON factors (key);
CREATE UNIQUE INDEX factors_credential ON factors (credential) WHERE credential IS NOT NULL;

-- `hash` is SHA-256 over the account and a code of 120 random bits. Spending is deleting.
CREATE TABLE recovery_codes (
    account BLOB NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    hash    BLOB NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (account, hash)
) STRICT, WITHOUT ROWID;

-- A factor that is being added and not yet proved. It ends with the session that adds it. `id` is the id that the factor
-- gets.
CREATE TABLE enrolments (
    session    BLOB    NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind       TEXT    NOT NULL CHECK (kind IN ('totp', 'passkey')),
    id         BLOB    NOT NULL CHECK (length(id) = 16),
    key        INTEGER NOT NULL,
    cipher     BLOB    NOT NULL,
    guesses    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (session, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX enrolments_expires_at ON enrolments (expires_at);

-- The challenge that a passkey has to sign for a sign-in. Whoever answers it deletes it, right or wrong.
CREATE TABLE passkey_challenges (
    sign_in    BLOB    NOT NULL PRIMARY KEY REFERENCES sign_ins (id) ON DELETE CASCADE ON UPDATE CASCADE,
    key        INTEGER NOT NULL,
    cipher     BLOB    NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Challenges of the login page that were answered. The page itself holds the challenge, encrypted, so that a page that
-- nobody answers takes no row here; a row here means that this one cannot be answered again.
CREATE TABLE answered_challenges (
    id         BLOB    NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX answered_challenges_expires_at ON answered_challenges (expires_at);

-- `guesses`: proofs of held factors that were tried in this sign-in.
ALTER TABLE sign_ins ADD COLUMN guesses INTEGER NOT NULL DEFAULT 0;

-- `last_factor`: what the person used last, which the next sign-in asks for first. `passkey_user`: the random name of the
-- account inside passkeys. `recovered_at`: when a recovery code was used last.
ALTER TABLE accounts ADD COLUMN last_factor TEXT;
ALTER TABLE accounts ADD COLUMN passkey_user BLOB CHECK (passkey_user IS NULL OR length(passkey_user) = 16);
ALTER TABLE accounts ADD COLUMN recovered_at INTEGER;
CREATE UNIQUE INDEX accounts_passkey_user ON accounts (passkey_user) WHERE passkey_user IS NOT NULL;

-- The relying party of all passkeys: they work for this domain alone.
CREATE TABLE relying_party (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    id   TEXT    NOT NULL
) STRICT;

PRAGMA user_version = 8;
