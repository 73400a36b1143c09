-- Portcullis, schema 5: the code that was sent before the current one.
--
-- Messages overtake each other. A code of ours stays valid for its lifetime when another one is sent for the same
-- sign-in; the guesses are shared.

ALTER TABLE challenges ADD COLUMN earlier_key INTEGER;
ALTER TABLE challenges ADD COLUMN earlier_tag BLOB CHECK (earlier_tag IS NULL OR length(earlier_tag) = 32);
ALTER TABLE challenges ADD COLUMN earlier_expires_at INTEGER;

PRAGMA user_version = 5;
