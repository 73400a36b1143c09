//! Checks how many rows a statement changed.

use sqlx::sqlite::SqliteQueryResult;

/// Fails unless the statement changed exactly one row.
#[expect(clippy::needless_pass_by_value, reason = "used as the continuation of a statement")]
pub(super) fn exactly_one(done: SqliteQueryResult) -> Result<(), sqlx::Error> {
    if done.rows_affected() == 1 { Ok(()) } else { Err(sqlx::Error::RowNotFound) }
}
