-- Portcullis, schema 6: codes by mail may go to another address than the account's own.

ALTER TABLE accounts ADD COLUMN code_email TEXT;

PRAGMA user_version = 6;
