//! The tables and their versions (`PRAGMA user_version`).
//!
//! `sqlx::migrate!` is not used: on SQLite it takes no lock and commits each step by itself, so the transaction below
//! would still be needed. It would also keep a second record of the version, in a table that older versions of
//! Portcullis do not read; these would open a newer file instead of refusing it, unless `user_version` were kept as
//! well.

use std::path::Path;

use sqlx::Row as _;
use sqlx::sqlite::{SqliteConnection, SqlitePool};

use super::{StoreError, chain};
use crate::keys::KeyRing;

/// Every migration from an empty file to the current tables, oldest first. Step `n` ends with `PRAGMA user_version =
/// n`. A released step is never edited; a change is a new step.
pub(super) const STEPS: [&str; 9] = [
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_hosts.sql"),
    include_str!("migrations/0003_hashed_counters.sql"),
    include_str!("migrations/0004_spending_is_deleting.sql"),
    include_str!("migrations/0005_earlier_code.sql"),
    include_str!("migrations/0006_mailbox_for_codes.sql"),
    include_str!("migrations/0007_remembered_browsers.sql"),
    include_str!("migrations/0008_factors.sql"),
    include_str!("migrations/0009_audit_chain.sql"),
];

/// The version of the tables that this build reads and writes.
pub(crate) const SCHEMA_VERSION: usize = STEPS.len();

/// The step that adds the chain of the audit trail.
const CHAIN_STEP: usize = 9;

/// The `PRAGMA application_id` that the first step writes.
const OURS: i64 = 0x5072_746c;

/// Creates the tables of an empty file, or applies the steps that an older file lacks, in one transaction and one
/// process at a time. Refuses a file of another program or of a newer Portcullis.
pub(super) async fn bring_up_to_date(writer: &SqlitePool, file: &Path, keys: &KeyRing) -> Result<(), StoreError> {
    // The lock is taken before the check, so that two processes that start at once on an empty file apply the steps
    // once.
    let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
    let taken = steps_taken(&mut transaction, file).await?;
    for step in STEPS.iter().copied().skip(taken) {
        sqlx::raw_sql(step).execute(&mut *transaction).await?;
    }
    if taken < CHAIN_STEP {
        chain::begin(&mut transaction, keys).await?;
    }
    transaction.commit().await?;
    Ok(())
}

/// How many of the steps the file has. Fails for a file of another program or of a newer Portcullis.
pub(super) async fn steps_taken(connection: &mut SqliteConnection, file: &Path) -> Result<usize, StoreError> {
    let shown = file.display();
    let version = pragma(connection, "PRAGMA user_version").await?;
    let program = pragma(connection, "PRAGMA application_id").await?;
    let tables = pragma(connection, "SELECT count(*) FROM sqlite_schema").await?;
    let taken = match usize::try_from(version) {
        Ok(0) if tables == 0 => 0,
        Ok(taken) if taken > 0 && program == OURS => taken,
        Ok(_) | Err(_) => {
            return Err(StoreError::File(format!(
                "{shown} is a database of another program; name another file in store.url"
            )));
        }
    };
    if taken > STEPS.len() {
        return Err(StoreError::File(format!(
            "{shown} was written by a newer Portcullis (tables of version {taken}, this one knows {}); \
             install that version again, or restore a copy made before it",
            STEPS.len()
        )));
    }
    Ok(taken)
}

async fn pragma(connection: &mut SqliteConnection, question: &'static str) -> Result<i64, StoreError> {
    Ok(sqlx::query(question).fetch_one(connection).await?.try_get(0)?)
}
