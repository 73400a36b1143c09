//! Opening and closing the database: one connection that writes, a few that read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _};

use super::file::OpenedFile;
use super::write::WriteTransaction;
use super::{StoreError, file, schema};
use crate::keys::KeyRing;

/// How long a statement waits for another process that writes the same file (the command line on a running gateway).
const BUSY: Duration = Duration::from_secs(5);

/// How long a request waits for one of our connections. Longer than [`BUSY`], so that the error names the cause.
const WAIT: Duration = Duration::from_secs(10);

/// Reads take microseconds; more connections would only cost memory.
const READERS: u32 = 4;

/// Where the data is stored.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The SQLite file.
    pub file: PathBuf,
}

/// The store. Cheap to clone; all clones share the connections.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    /// Used only for the change feed, which therefore never waits for other queries.
    follower: SqlitePool,
    place: Arc<OpenedFile>,
    /// Chain the audit events.
    keys: Arc<KeyRing>,
}

impl Store {
    /// Opens or creates the database (0600, no links, not readable by others) and updates its tables to this version.
    /// `keys` chain the audit events.
    pub async fn open(settings: &Settings, keys: &Arc<KeyRing>) -> Result<Self, StoreError> {
        file::prepare(&settings.file)?;
        Self::connect(settings, keys).await
    }

    /// Whether there is a database. For a command that only looks something up: in a wrong directory it would leave an
    /// empty one behind, and say that there is nothing.
    pub(crate) fn exists(settings: &Settings) -> Result<bool, StoreError> {
        file::examine(&settings.file)
    }

    async fn connect(settings: &Settings, keys: &Arc<KeyRing>) -> Result<Self, StoreError> {
        let base = connection(settings);
        let writer = open_writer(&base.clone().journal_mode(SqliteJournalMode::Wal)).await?;
        let place = Arc::new(OpenedFile::of(&settings.file)?);
        if let Err(error) = schema::bring_up_to_date(&writer, &settings.file, keys).await {
            writer.close().await;
            return Err(error);
        }
        // `query_only`: a statement that writes by mistake fails here instead of bypassing the one writer.
        let reading = base.pragma("query_only", "ON");
        let follower = pool(1).connect_lazy_with(reading.clone());
        let readers = pool(READERS).connect_lazy_with(reading);
        Ok(Self { writer, readers, follower, place, keys: Arc::clone(keys) })
    }

    /// Creates the file and its folders, as `open` does: for whoever creates the keys beside it first.
    pub(crate) fn prepare(settings: &Settings) -> Result<(), StoreError> {
        file::prepare(&settings.file)
    }

    /// Closes all connections. The last one moves the write-ahead log into the file.
    pub async fn close(&self) {
        self.follower.close().await;
        self.readers.close().await;
        self.writer.close().await;
    }

    /// The connections for reading.
    pub(super) const fn reading(&self) -> &SqlitePool {
        &self.readers
    }

    /// The connection that reads the change feed.
    pub(super) const fn following(&self) -> &SqlitePool {
        &self.follower
    }

    /// Fails unless the configured path still leads to the file that was opened.
    pub(super) fn check_place(&self) -> Result<(), StoreError> {
        self.place.check()
    }

    /// Begins a transaction that holds the write lock from the start, so that no other process can write between its
    /// reads and its writes. If it is dropped without `commit`, nothing is written.
    pub(super) async fn write(&self) -> Result<WriteTransaction, StoreError> {
        self.place.check()?;
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(WriteTransaction::new(transaction, self.keys()))
    }

    /// The keys of the chain.
    pub(super) fn keys(&self) -> Arc<KeyRing> {
        Arc::clone(&self.keys)
    }
}

/// The first connection to a new file changes its journal mode to WAL. SQLite does not wait for that lock as for
/// others, so a process that starts at the same moment gets "locked" at once. This function waits instead.
async fn open_writer(options: &SqliteConnectOptions) -> Result<SqlitePool, StoreError> {
    const PAUSE: Duration = Duration::from_millis(20);
    let mut waited = Duration::ZERO;
    loop {
        match pool(1).connect_with(options.clone()).await {
            Ok(writer) => return Ok(writer),
            Err(error) if is_locked(&error) && waited < BUSY => {
                tokio::time::sleep(PAUSE).await;
                waited += PAUSE;
            }
            Err(error) => return Err(StoreError::File(unusable(options, &error))),
        }
    }
}

pub(super) fn unusable(options: &SqliteConnectOptions, error: &sqlx::Error) -> String {
    let why = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    format!("{} cannot be used: {why}", options.get_filename().display())
}

/// `SQLITE_BUSY` and its extended codes, whose lowest byte is the same.
fn is_locked(error: &sqlx::Error) -> bool {
    let code =
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

pub(super) fn connection(settings: &Settings) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(&settings.file)
        // `file::prepare` created the file with the right mode; SQLite would use the umask.
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // FULL: a spent code or an ended session must not return after a power failure.
        .synchronous(SqliteSynchronous::Full)
        .pragma("trusted_schema", "OFF")
        // Deleted data must not stay readable in free pages.
        .pragma("secure_delete", "ON")
        // Statements contain no secrets, but the slow-query log would repeat them at every start.
        .disable_statement_logging()
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT)
        .idle_timeout(None)
        .max_lifetime(None)
        // The connection is a thread of this process and cannot go away between two uses.
        .test_before_acquire(false)
        // When the disk is full or fails, SQLite ends the transaction itself. The library's own ROLLBACK then finds
        // none, and the library keeps treating the connection as inside a transaction: nothing could be written any
        // more.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}
