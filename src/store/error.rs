//! Why the store could not answer.

/// The store could not answer. Never lets anyone in.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed.
    #[error("the store failed: {0}")]
    Database(#[from] sqlx::Error),
    /// A row holds a value that no version of Portcullis writes; the text names the column.
    #[error("the store holds a row that cannot be read: {0}")]
    Corrupt(&'static str),
    /// The database file or its directory is unsafe, foreign or too new; the text says what to do.
    #[error("{0}")]
    File(String),
    /// Another account has this user name or e-mail address.
    #[error("{0} is taken by another account")]
    Taken(&'static str),
}
