//! Files that hold secrets: created readable by their owner only, and refused when somebody else could have read or
//! planted them (symbolic link, hard link, another owner, open mode, not a regular file).
//! Called by `keys`, `store` and `cli` (demo).

use std::fs::{DirBuilder, File, Metadata, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use crate::platform::process::effective_user;

/// Why a private file is refused. The text tells the operator what to do.
#[derive(Debug, thiserror::Error)]
pub enum PrivateFileError {
    /// It cannot be read or written.
    #[error("{path}: {source}", path = .path.display())]
    Io {
        /// Path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// A symbolic link may point to a file that belongs to somebody else.
    #[error("{path} is a symbolic link; name the file itself", path = .0.display())]
    SymbolicLink(PathBuf),
    /// A directory, device or pipe.
    #[error("{path} is not a regular file", path = .0.display())]
    NotRegular(PathBuf),
    /// A second hard link to the same file escapes the checks on this one.
    #[error("{path} has {links} names (hard links); copy it to a file of its own", path = .path.display())]
    HardLink {
        /// Path of the file.
        path: PathBuf,
        /// Number of hard links.
        links: u64,
    },
    /// The owner of a file can grant themselves every right to it.
    #[error("{path} belongs to another user; run this as that user", path = .0.display())]
    Foreign(PathBuf),
    /// Others can read or change it.
    #[error("{path} can be read or changed by other users (mode {mode:04o}); run: chmod 600 {path}", path = .path.display())]
    OpenMode {
        /// Path of the file.
        path: PathBuf,
        /// Permission bits of the file.
        mode: u32,
    },
}

/// Larger than any secret file of the gateway.
const LARGEST: u64 = 1024 * 1024;

/// Checks that `path` is a regular file owned by this user, with one hard link, that only its owner can read and write.
pub(crate) fn check(path: &Path) -> Result<(), PrivateFileError> {
    let metadata = std::fs::symlink_metadata(path).map_err(|source| io_error(path, source))?;
    if metadata.file_type().is_symlink() {
        return Err(PrivateFileError::SymbolicLink(path.to_owned()));
    }
    check_metadata(path, &metadata)
}

/// Whether the file belongs to another user. Root may use any file: `sudo portcullis user …` works on the store of the
/// gateway's own user.
pub(crate) fn is_foreign(metadata: &Metadata) -> bool {
    let own = effective_user();
    own != 0 && metadata.uid() != own
}

fn check_metadata(path: &Path, metadata: &Metadata) -> Result<(), PrivateFileError> {
    if !metadata.is_file() {
        return Err(PrivateFileError::NotRegular(path.to_owned()));
    }
    if metadata.nlink() > 1 {
        return Err(PrivateFileError::HardLink { path: path.to_owned(), links: metadata.nlink() });
    }
    if is_foreign(metadata) {
        return Err(PrivateFileError::Foreign(path.to_owned()));
    }
    let mode = metadata.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(PrivateFileError::OpenMode { path: path.to_owned(), mode });
    }
    Ok(())
}

/// Reads a checked file. The checks are repeated on the open handle, so the file that is read is the one that was
/// checked.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, PrivateFileError> {
    check(path)?;
    let file = File::open(path).map_err(|source| io_error(path, source))?;
    check_metadata(path, &file.metadata().map_err(|source| io_error(path, source))?)?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|source| io_error(path, source))?;
    Ok(bytes)
}

/// Creates a new file (0600) with this content; fails if the name exists. The content is on disk before the name
/// appears, so that a crash never leaves a partial file.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), PrivateFileError> {
    let draft = write_draft(path, content)?;
    // A hard link, unlike a rename, fails if another process created the name first.
    let linked = std::fs::hard_link(&draft, path);
    let removed = std::fs::remove_file(&draft);
    linked.and(removed).map_err(|source| io_error(path, source))
}

/// Creates an empty file (0600) unless the name is taken; whether it did. It follows no link.
pub(crate) fn create_empty(path: &Path) -> Result<bool, PrivateFileError> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(source) => Err(io_error(path, source)),
    }
}

/// Replaces the content in one step: a reader sees the old or the new file, never a partial one.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), PrivateFileError> {
    check(path)?;
    let draft = write_draft(path, content)?;
    std::fs::rename(&draft, path).map_err(|source| io_error(path, source))
}

/// Creates the missing parent directories of `path`, accessible to their owner only.
pub(crate) fn create_parent(path: &Path) -> Result<(), PrivateFileError> {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.exists() => {
            DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(|source| io_error(parent, source))
        }
        Some(_) | None => Ok(()),
    }
}

fn write_draft(path: &Path, content: &[u8]) -> Result<PathBuf, PrivateFileError> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.new", std::process::id()));
    let draft = path.with_file_name(name);
    let written = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&draft).and_then(|mut file| {
        file.write_all(content)?;
        file.sync_all()
    });
    written.map_err(|source| io_error(&draft, source))?;
    Ok(draft)
}

fn io_error(path: &Path, source: io::Error) -> PrivateFileError {
    PrivateFileError::Io { path: path.to_owned(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[test]
    fn a_new_file_belongs_to_its_owner_alone_and_is_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"one").unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert!(create(&path, b"two").is_err());
        assert_eq!(read(&path).unwrap(), b"one");
        replace(&path, b"three").unwrap();
        assert_eq!(read(&path).unwrap(), b"three");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left behind");
    }

    #[test]
    fn a_file_that_others_could_have_read_or_planted_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("secret");
        create(&path, b"one").unwrap();
        symlink(&path, folder.path().join("link")).unwrap();
        assert!(matches!(read(&folder.path().join("link")), Err(PrivateFileError::SymbolicLink(_))));
        assert!(matches!(read(folder.path()), Err(PrivateFileError::NotRegular(_))));
        std::fs::hard_link(&path, folder.path().join("hard")).unwrap();
        assert!(matches!(read(&path), Err(PrivateFileError::HardLink { links: 2, .. })));
        std::fs::remove_file(folder.path().join("hard")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        let refusal = read(&path).unwrap_err().to_string();
        assert!(refusal.contains("mode 0640") && refusal.contains("chmod 600"), "{refusal}");
    }
}
