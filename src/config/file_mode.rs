//! Checks whether other users of this machine can read or change a file.

use std::fs::Metadata;
use std::os::unix::fs::PermissionsExt as _;

/// Whether users other than the owner and the group may read it. The group is ignored: a service commonly reads a file
/// of root's through its group.
pub(super) fn readable_by_all(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o004 != 0
}

/// Whether users other than the owner and the group may change it.
pub(super) fn writable_by_all(metadata: &Metadata) -> bool {
    metadata.permissions().mode() & 0o002 != 0
}
