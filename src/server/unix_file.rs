//! The file of a unix socket. Its permissions are set before anybody can connect; an existing file is replaced only if
//! no process listens on it; it is removed at the end.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use crate::server::error::ServerError;

/// The owner and the group (that of the proxy in front) may connect; nobody else.
const RIGHTS: u32 = 0o660;

/// A socket file of ours. Dropping it removes the file, unless another has replaced it.
#[derive(Debug)]
pub(super) struct SocketFile {
    path: PathBuf,
    inode: u64,
    /// Locked while we listen. Two gateways that start at once could both find a dead socket and replace each other's;
    /// the lock prevents that.
    _lock: File,
}

impl SocketFile {
    /// Listens on `path`.
    pub(super) fn bind(path: &Path) -> Result<(UnixListener, Self), ServerError> {
        let shown = || format!("unix:{}", path.display());
        let failed = |source: io::Error| ServerError::Listen { address: shown(), source };
        let lock = beside(path, "lock");
        let mut options = OpenOptions::new();
        let lock = options.create(true).truncate(false).write(true).mode(0o600).open(lock).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ServerError::InUse(shown())),
            Err(TryLockError::Error(source)) => return Err(failed(source)),
        }
        refuse_live(path)?;
        let (listener, inode) = make(path).map_err(failed)?;
        Ok((listener, Self { path: path.to_owned(), inode, _lock: lock }))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Fails if another process listens on `path`, or if `path` is not a socket.
fn refuse_live(path: &Path) -> Result<(), ServerError> {
    let shown = || format!("unix:{}", path.display());
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(source) => return Err(ServerError::Listen { address: shown(), source }),
        Ok(there) if !there.file_type().is_socket() => return Err(ServerError::NotASocket(path.to_owned())),
        Ok(_) => {}
    }
    match UnixStream::connect(path) {
        Ok(_) => Err(ServerError::InUse(shown())),
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => Ok(()),
        // Not allowed to connect, or a full backlog: another process may be listening.
        Err(source) => Err(ServerError::Listen { address: shown(), source }),
    }
}

/// Binds under another name, sets the permissions and renames the socket into place, which is atomic for clients.
fn make(path: &Path) -> io::Result<(UnixListener, u64)> {
    let fresh = beside(path, "new");
    let _ = fs::remove_file(&fresh);
    let listener = UnixListener::bind(&fresh)?;
    listener.set_nonblocking(true)?;
    fs::set_permissions(&fresh, fs::Permissions::from_mode(RIGHTS))?;
    let inode = fs::symlink_metadata(&fresh)?.ino();
    fs::rename(&fresh, path)?;
    Ok((listener, inode))
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        if fs::symlink_metadata(&self.path).is_ok_and(|there| there.ino() == self.inode) {
            let _ = fs::remove_file(&self.path);
        }
        // The lock file stays: removing it would let two gateways lock different files of the same name.
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dead_socket_is_replaced_and_a_live_one_is_never_stolen() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gateway.sock");
        drop(UnixListener::bind(&path).unwrap());
        let (listener, file) = SocketFile::bind(&path).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, RIGHTS);
        let error = SocketFile::bind(&path).unwrap_err().to_string();
        assert_eq!(error, format!("cannot listen on unix:{}: another process is listening there", path.display()));
        UnixStream::connect(&path).unwrap();
        drop((listener, file));
        assert!(!path.exists());
        let foreign = UnixListener::bind(&path).unwrap();
        assert!(matches!(SocketFile::bind(&path), Err(ServerError::InUse(_))));
        drop(foreign);
    }

    #[test]
    fn a_file_that_is_no_socket_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.txt");
        fs::write(&path, "precious").unwrap();
        assert!(matches!(SocketFile::bind(&path), Err(ServerError::NotASocket(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
    }
}
