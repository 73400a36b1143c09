//! Files that are there already: `init` never writes over one.

use std::fs;
use std::path::Path;

use anyhow::ensure;

/// What happens to a configuration that is there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    Refuse,
    /// `--force`: it is kept under another name.
    MoveAside,
}

/// Fails if a file is there that must not be overwritten: before the first question.
pub(super) fn refuse_existing(file: &Path, existing: Existing) -> anyhow::Result<()> {
    let is_there = fs::symlink_metadata(file).is_ok();
    ensure!(
        existing == Existing::MoveAside || !is_there,
        "{} is there already and stays as it is; name another folder with --directory, or give --force, which keeps it \
         under another name",
        file.display()
    );
    Ok(())
}
