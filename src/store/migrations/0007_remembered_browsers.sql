-- Portcullis, schema 7: browsers in which the second factor may be skipped.

-- `remembered_at`: when the code was given in this browser; NULL: the factor is never skipped in it. `remembered_method`:
-- how that code was sent. The cookie that was set at `last_used_at` is the newest one of this browser; an earlier one no
-- longer skips anything.
ALTER TABLE devices ADD COLUMN remembered_at INTEGER;
ALTER TABLE devices ADD COLUMN remembered_method TEXT
    CHECK ((remembered_method IS NULL) = (remembered_at IS NULL));
CREATE INDEX devices_remembered_at ON devices (remembered_at) WHERE remembered_at IS NOT NULL;

-- The browser in which the session began. Whoever revokes the session forgets that browser with it.
ALTER TABLE sessions ADD COLUMN device BLOB CHECK (device IS NULL OR length(device) = 16);

PRAGMA user_version = 7;
