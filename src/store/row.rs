//! Reading stored values back into parsed types: whatever does not fit is [`StoreError::Corrupt`], never a default.

use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Row as _, Sqlite, Type};

use super::StoreError;
use crate::platform::clock::Timestamp;

/// A value of the type its column has.
pub(super) fn value<'r, T>(row: &'r SqliteRow, column: &'static str) -> Result<T, StoreError>
where
    T: Decode<'r, Sqlite> + Type<Sqlite>,
{
    row.try_get(column).map_err(|_| StoreError::Corrupt(column))
}

/// A value that is parsed from its stored form, such as `str::parse` or `AccountId::from_slice`.
pub(super) fn parsed<'r, S, T, E>(
    row: &'r SqliteRow,
    column: &'static str,
    parse: impl FnOnce(S) -> Result<T, E>,
) -> Result<T, StoreError>
where
    S: Decode<'r, Sqlite> + Type<Sqlite>,
{
    parse(value(row, column)?).map_err(|_| StoreError::Corrupt(column))
}

/// The same for a column that may be empty.
pub(super) fn optional<'r, S, T, E>(
    row: &'r SqliteRow,
    column: &'static str,
    parse: impl FnOnce(S) -> Result<T, E>,
) -> Result<Option<T>, StoreError>
where
    S: Decode<'r, Sqlite> + Type<Sqlite>,
{
    let stored: Option<S> = value(row, column)?;
    stored.map(parse).transpose().map_err(|_| StoreError::Corrupt(column))
}

/// A moment.
pub(super) fn moment(row: &SqliteRow, column: &'static str) -> Result<Timestamp, StoreError> {
    value(row, column).map(Timestamp::from_millis)
}

/// A count.
pub(super) fn count(row: &SqliteRow, column: &'static str) -> Result<u32, StoreError> {
    parsed(row, column, |stored: i64| u32::try_from(stored))
}
