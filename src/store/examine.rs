//! Looks at the database without creating or changing anything: for whoever examines a configuration.

use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

use super::open::{Settings, connection, unusable};
use super::{Store, StoreError, file, schema};
use crate::domain::username::LoginName;

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet.
    Nothing,
    /// A database with the tables of this version.
    Current,
    /// A database of an older version, whose tables the first command that needs it brings up to date.
    Older,
}

impl Store {
    /// Examines the file. Fails for the same reasons as `open`.
    pub(crate) async fn examine(settings: &Settings) -> Result<Found, StoreError> {
        let Some(mut opened) = open(settings).await? else { return Ok(Found::Nothing) };
        let taken = schema::steps_taken(&mut opened, &settings.file).await;
        opened.close().await?;
        Ok(if taken? < schema::STEPS.len() { Found::Older } else { Found::Current })
    }

    /// Whether an account has this name, for whoever plans another one. Without a database none has.
    pub(crate) async fn is_taken(settings: &Settings, name: &LoginName) -> Result<bool, StoreError> {
        let Some(mut opened) = open(settings).await? else { return Ok(false) };
        // An empty file is a database without tables.
        let taken = match schema::steps_taken(&mut opened, &settings.file).await {
            Ok(0) => Ok(false),
            Ok(_) => sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM account_names WHERE name = ?1)")
                .bind(name)
                .fetch_one(&mut opened)
                .await
                .map_err(StoreError::from),
            Err(error) => Err(error),
        };
        opened.close().await?;
        taken
    }
}

/// One connection that cannot write. `None`: there is no file.
async fn open(settings: &Settings) -> Result<Option<SqliteConnection>, StoreError> {
    if !file::examine(&settings.file)? {
        return Ok(None);
    }
    let options = connection(settings).pragma("query_only", "ON");
    options.connect().await.map(Some).map_err(|error| StoreError::File(unusable(&options, &error)))
}
