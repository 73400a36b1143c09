//! Looks at the database without creating or changing anything: for whoever examines a configuration.

use sqlx::{ConnectOptions as _, Connection as _};

use super::open::{Settings, connection, unusable};
use super::{Store, StoreError, file, schema};

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    /// Nothing yet; the first command that needs the database creates it.
    Nothing,
    /// A database with the tables of this version.
    Current,
    /// A database of an older version, whose tables the first command that needs it brings up to date.
    Older,
}

impl Store {
    /// Examines the file. Fails for the same reasons as `open`.
    pub(crate) async fn examine(settings: &Settings) -> Result<Found, StoreError> {
        // The directory is created together with the file.
        let directory = settings.file.parent().filter(|parent| !parent.as_os_str().is_empty());
        let is_missing = directory.is_some_and(|directory| !directory.exists());
        if is_missing || !file::examine(&settings.file)? {
            return Ok(Found::Nothing);
        }
        let options = connection(settings).pragma("query_only", "ON");
        let opened = options.connect().await;
        let mut opened = opened.map_err(|error| StoreError::File(unusable(&options, &error)))?;
        let taken = schema::steps_taken(&mut opened, &settings.file).await;
        opened.close().await?;
        Ok(if taken? < schema::STEPS.len() { Found::Older } else { Found::Current })
    }
}
