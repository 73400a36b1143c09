//! The transaction of every change.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use sqlx::sqlite::{Sqlite, SqliteConnection};
use sqlx::{Error, Transaction};

use crate::keys::KeyRing;

/// A transaction that holds the write lock, with the keys that chain the audit events written in it. If it is dropped
/// without `commit`, nothing is written.
pub(super) struct WriteTransaction {
    transaction: Transaction<'static, Sqlite>,
    keys: Arc<KeyRing>,
}

impl WriteTransaction {
    pub(super) const fn new(transaction: Transaction<'static, Sqlite>, keys: Arc<KeyRing>) -> Self {
        Self { transaction, keys }
    }

    /// Shared, so that it can be used while the connection is.
    pub(super) fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys)
    }

    pub(super) async fn rollback(self) -> Result<(), Error> {
        self.transaction.rollback().await
    }

    pub(super) async fn commit(self) -> Result<(), Error> {
        self.transaction.commit().await
    }
}

impl Deref for WriteTransaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.transaction
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }
}
