//! Opening and closing: one connection that writes, a few that read.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{Sqlite, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, Transaction};

use super::file::OpenedFile;
use super::{StoreError, file, schema};

/// How long a statement waits for another process that writes the same file (the command line on a running gateway).
const BUSY: Duration = Duration::from_secs(5);

/// How long a request waits for a connection of ours; longer than [`BUSY`], so that the cause is named.
const WAIT: Duration = Duration::from_secs(10);

/// Reading is done in microseconds; more connections than this only cost memory.
const READERS: u32 = 4;

/// Where the data is.
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
    /// For the change feed alone: no number of other questions makes it wait.
    follower: SqlitePool,
    place: Arc<OpenedFile>,
}

impl Store {
    /// Opens or makes the database (0600, no links, not readable by others) and brings its tables up to date.
    pub async fn open(settings: &Settings) -> Result<Self, StoreError> {
        file::prepare(&settings.file)?;
        let base = connection(settings);
        let writer = open_writer(&base.clone().journal_mode(SqliteJournalMode::Wal)).await?;
        let place = Arc::new(OpenedFile::of(&settings.file)?);
        if let Err(error) = schema::bring_up_to_date(&writer, &settings.file).await {
            writer.close().await;
            return Err(error);
        }
        // `query_only`: a statement that writes by mistake fails here instead of passing beside the one writer.
        let reading = base.pragma("query_only", "ON");
        let follower = pool(1).connect_lazy_with(reading.clone());
        let readers = pool(READERS).connect_lazy_with(reading);
        Ok(Self { writer, readers, follower, place })
    }

    /// Closes all connections; the last one out moves the write-ahead log into the file.
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

    /// Whether the file we opened still stands where the configuration names it.
    pub(super) fn check_place(&self) -> Result<(), StoreError> {
        self.place.check()
    }

    /// A transaction that holds the write lock from its first moment: no other process can write between what it
    /// reads and what it writes. Dropped without `commit`, it leaves nothing.
    pub(super) async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.place.check()?;
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

/// The first connection to a new file changes its journal to WAL, for which SQLite does not wait as it does for other
/// locks: a process that starts in the same moment is told "locked" at once. So we do the waiting.
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

fn unusable(options: &SqliteConnectOptions, error: &sqlx::Error) -> String {
    let why = error.as_database_error().map_or_else(|| error.to_string(), |error| error.message().to_owned());
    format!("{} cannot be used: {why}", options.get_filename().display())
}

/// `SQLITE_BUSY` and its extended codes, which keep it in their lowest byte.
fn is_locked(error: &sqlx::Error) -> bool {
    let code =
        error.as_database_error().and_then(sqlx::error::DatabaseError::code).and_then(|code| code.parse::<u32>().ok());
    code.is_some_and(|code| code & 0xff == 5)
}

fn connection(settings: &Settings) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(&settings.file)
        // `file::prepare` made it with the right mode; SQLite would make it by the umask.
        .create_if_missing(false)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        // FULL: a spent code or an ended session must not come back when the machine loses power.
        .synchronous(SqliteSynchronous::Full)
        .pragma("trusted_schema", "OFF")
        // What is removed does not stay readable in free pages.
        .pragma("secure_delete", "ON")
        // Statements hold no secrets, but their slow-query log would repeat them at every start.
        .disable_statement_logging()
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(WAIT)
        .idle_timeout(None)
        .max_lifetime(None)
        // The connection is a thread of this process: it does not go away between two uses.
        .test_before_acquire(false)
        // SQLite ends a transaction itself where the disk is full or fails, and the library, whose own ROLLBACK then
        // finds none, takes the connection for one in a transaction ever after: nothing could be written again.
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
}
