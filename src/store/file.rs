//! Checks whether the database file can be trusted, before it is opened.
//!
//! Anybody who can read the file gets every password hash and telephone number, and anybody who can write it can take
//! over every account. With a link, or a directory that others can write to, somebody else can choose which file is
//! opened.

use std::fs::{self, OpenOptions};
use std::io::ErrorKind;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use tracing::warn;

use super::StoreError;
use crate::platform::private_file::{self, PrivateFileError, is_foreign};
use crate::platform::telemetry;

/// The files that SQLite keeps next to the database and trusts equally: it would replay a planted journal.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Refuses a file that somebody else could read, write or choose. Creates it (0600), and its missing directories
/// (0700), if they do not exist: whichever command comes first does so.
pub(super) fn prepare(file: &Path) -> Result<(), StoreError> {
    private_file::create_parent(file).map_err(|error| unmade(&error))?;
    if !examine(file)? {
        // `create_new` follows no link and does not open a file that has appeared since the check above.
        let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
        match made {
            Ok(_) => {}
            // Another process of ours may have been faster. In any case the file has to pass the check.
            Err(error) if error.kind() == ErrorKind::AlreadyExists => existing(file).map(|_| ())?,
            Err(error) => {
                return Err(refuse(format!("the database file {} cannot be made: {error}", file.display())));
            }
        }
    }
    Ok(())
}

/// Whether the file exists; without its directory, which is created together with it, it does not. Refuses a file or a directory like `prepare`, and creates neither.
pub(super) fn examine(file: &Path) -> Result<bool, StoreError> {
    let parent = file.parent().filter(|parent| !parent.as_os_str().is_empty());
    if parent.is_some_and(|parent| !parent.exists()) {
        return Ok(false);
    }
    directory(file)?;
    for ending in BESIDE {
        existing(&beside(file, ending))?;
    }
    existing(file)
}

/// Identifies the file that was opened. Open connections keep using a file that was moved, removed or replaced, while
/// every other process finds no file or another one: this process would then miss a log-out written there.
pub(super) struct OpenedFile {
    file: PathBuf,
    device: u64,
    inode: u64,
}

impl OpenedFile {
    pub(super) fn of(file: &Path) -> Result<Self, StoreError> {
        let found = fs::symlink_metadata(file).map_err(|error| gone(file, &error.to_string()))?;
        Ok(Self { file: file.to_owned(), device: found.dev(), inode: found.ino() })
    }

    /// Fails unless the path still leads to the file that was opened.
    pub(super) fn check(&self) -> Result<(), StoreError> {
        match fs::symlink_metadata(&self.file) {
            Ok(found) if found.dev() == self.device && found.ino() == self.inode => Ok(()),
            Ok(_) => Err(gone(&self.file, "another file took its place; restart the gateway to use that one")),
            Err(error) => Err(gone(&self.file, &error.to_string())),
        }
    }
}

fn gone(file: &Path, why: &str) -> StoreError {
    StoreError::File(format!("the database file {} is no longer there: {why}", file.display()))
}

fn directory(file: &Path) -> Result<(), StoreError> {
    let directory = match file.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    let shown = directory.display();
    let found = fs::metadata(directory)
        .map_err(|error| refuse(format!("the directory {shown} of the database cannot be read: {error}")))?;
    if !found.is_dir() {
        return Err(refuse(format!("{shown} is not a directory; store.url must name a file in one")));
    }
    // With the sticky bit (as on /tmp) nobody can rename or delete another owner's file.
    let mode = found.permissions().mode();
    if mode & 0o002 != 0 && mode & 0o1000 == 0 {
        return Err(refuse(format!(
            "everybody may write to the directory {shown} of the database; run: chmod o-w {shown}"
        )));
    }
    // Not refused, because a volume that a container can only write to through its group looks like this.
    if mode & 0o020 != 0 && mode & 0o1000 == 0 {
        warn!(target: telemetry::GATEWAY, directory = %shown, "a group may write to the directory of the database");
    }
    if found.uid() != 0 && is_foreign(&found) {
        warn!(target: telemetry::GATEWAY, directory = %shown, "the directory of the database belongs to another user");
    }
    Ok(())
}

/// Whether the file exists. Fails if it exists and is unsafe.
fn existing(file: &Path) -> Result<bool, StoreError> {
    match private_file::check(file) {
        Ok(()) => Ok(true),
        Err(PrivateFileError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(refuse(format!("the database cannot be used: {error}"))),
    }
}

fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

fn unmade(error: &PrivateFileError) -> StoreError {
    refuse(format!("the directory of the database cannot be made: {error}; make it, or name another in store.url"))
}

fn refuse(reason: String) -> StoreError {
    StoreError::File(reason)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("portcullis.db");
        (folder, file)
    }

    fn mode(path: &Path, mode: u32) {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    }

    fn refusal(file: &Path) -> String {
        prepare(file).unwrap_err().to_string()
    }

    #[test]
    fn a_new_file_is_for_its_owner_only() {
        let (_folder, file) = folder();
        prepare(&file).unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600);
        prepare(&file).unwrap();
    }

    #[test]
    fn a_symbolic_link_is_refused_even_when_it_leads_nowhere() {
        let (folder, file) = folder();
        symlink(folder.path().join("other.db"), &file).unwrap();
        assert!(refusal(&file).contains("symbolic link"));
        assert!(!folder.path().join("other.db").exists());
    }

    #[test]
    fn a_file_that_others_can_read_is_refused_with_the_command_that_helps() {
        let (_folder, file) = folder();
        prepare(&file).unwrap();
        for bits in [0o644, 0o640, 0o660, 0o602] {
            mode(&file, bits);
            assert!(refusal(&file).ends_with(&format!("chmod 600 {}", file.display())), "{bits:o}");
        }
    }

    #[test]
    fn a_hard_link_and_a_folder_in_place_of_the_file_are_refused() {
        let (folder, file) = folder();
        prepare(&file).unwrap();
        fs::hard_link(&file, folder.path().join("second")).unwrap();
        assert!(refusal(&file).contains("hard link"));
        assert!(refusal(folder.path()).contains("not a regular file"));
    }

    #[test]
    fn a_planted_journal_is_refused_like_the_file_itself() {
        for ending in BESIDE {
            let (_folder, file) = folder();
            prepare(&file).unwrap();
            let planted = beside(&file, ending);
            fs::write(&planted, "").unwrap();
            mode(&planted, 0o644);
            assert!(refusal(&file).contains(ending), "{ending}");
        }
    }

    #[test]
    fn a_directory_that_everybody_writes_to_is_refused_unless_it_is_sticky() {
        let (folder, file) = folder();
        for (bits, fine) in
            [(0o777, false), (0o707, false), (0o1777, true), (0o2775, true), (0o755, true), (0o700, true)]
        {
            mode(folder.path(), bits);
            assert_eq!(prepare(&file).is_ok(), fine, "{bits:o}");
        }
        mode(folder.path(), 0o700);
    }

    #[test]
    fn missing_directories_are_made_for_their_owner_only() {
        let (folder, _) = folder();
        let file = folder.path().join("missing/deeper/portcullis.db");
        prepare(&file).unwrap();
        for made in [folder.path().join("missing"), folder.path().join("missing/deeper")] {
            assert_eq!(fs::metadata(&made).unwrap().permissions().mode() & 0o7777, 0o700, "{}", made.display());
        }
    }

    #[test]
    fn a_directory_that_cannot_be_made_is_named() {
        let (folder, _) = folder();
        fs::write(folder.path().join("taken"), "").unwrap();
        let said = refusal(&folder.path().join("taken/portcullis.db"));
        assert!(said.contains("taken"), "{said}");
    }
}
