-- Portcullis, schema 4: a spent challenge is gone.
--
-- Spending deletes the sign-in and its challenge with it, so nothing ever wrote the time at which a code was spent.

ALTER TABLE challenges DROP COLUMN spent_at;

PRAGMA user_version = 4;
