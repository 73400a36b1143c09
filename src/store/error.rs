//! Why the store could not answer.

/// The store could not answer. Never lets anyone in.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("the store failed: {0}")]
    Database(#[source] sqlx::Error),
    /// A row holds a value that no version of Portcullis writes; the text names the column.
    #[error("the store holds a row that cannot be read: {0}")]
    Corrupt(String),
    /// What was read was out of date each time, because others write faster; the text names what was read.
    #[error("the store changes faster than it can be read: {0}")]
    Overtaken(&'static str),
    /// The database file or its directory is unsafe, foreign or too new; the text says what to do.
    #[error("{0}")]
    File(String),
    /// Another account has this user name or e-mail address.
    #[error("{0} is taken by another account")]
    Taken(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::ColumnDecode { index, .. } = error {
            // The name comes in quotes. What could not be read stays out: it may be a number or an address.
            return Self::Corrupt(index.trim_matches('"').to_owned());
        }
        Self::Database(error)
    }
}
