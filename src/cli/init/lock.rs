//! Only one `init` writes a configuration at a time: a file beside it says that one is at it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::ensure;

use crate::cli::quoting::for_shell;
use crate::platform::private_file;

/// Held while files are written and, after a failure, taken back. Its end removes the file.
pub(super) struct Lock(PathBuf);

impl Lock {
    /// Fails if another process holds it. The folder must exist.
    pub(super) fn take(config: &Path) -> anyhow::Result<Self> {
        let mut name = config.as_os_str().to_owned();
        name.push(".lock");
        let file = PathBuf::from(name);
        ensure!(
            private_file::create_empty(&file)?,
            "{} is there: another `portcullis init` is writing this configuration. If none is running, one was killed; \
             then run: rm {}",
            file.display(),
            for_shell(&file)
        );
        Ok(Self(file))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // If this fails, the next `init` says what to remove.
        let _ = fs::remove_file(&self.0);
    }
}
