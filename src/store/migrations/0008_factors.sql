-- Portcullis, schema 8: a placeholder.

PRAGMA user_version = 8;
