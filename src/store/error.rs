//! Errors of the store.

/// The store failed. Callers must never let a request pass because of it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("the store failed: {0}")]
    Database(#[source] sqlx::Error),
    /// A row holds a value that no version of Portcullis writes. The text names the column.
    #[error("the store holds a row that cannot be read: {0}")]
    Corrupt(String),
    /// Every read was outdated before it could be used, because others write faster. The text names what was read.
    #[error("the store changes faster than it can be read: {0}")]
    Overtaken(&'static str),
    /// The database file or its directory is unsafe, from another program or too new. The text says what to do.
    #[error("{0}")]
    File(String),
    /// Another account has this user name or e-mail address. The text names which of them.
    #[error("{0} is taken by another account (`portcullis user list` shows all)")]
    Taken(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::ColumnDecode { index, .. } = error {
            // The column name is quoted. The value is left out because it may be a telephone number or an address.
            return Self::Corrupt(index.trim_matches('"').to_owned());
        }
        Self::Database(error)
    }
}
