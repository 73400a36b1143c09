//! System calls about this process: core dumps, open files, user, priority.

use rustix::io::Errno;
use rustix::process::{
    DumpableBehavior, Resource, Rlimit, getrlimit, set_dumpable_behavior, setpriority_process, setrlimit,
};

/// Keeps passwords, codes and keys in memory out of files: a crash writes no core dump, and other processes of the same
/// user can neither dump nor trace this one (OWASP ASVS 13.3.1).
pub(crate) fn hide_memory() -> Result<(), Errno> {
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    set_dumpable_behavior(DumpableBehavior::NotDumpable)
}

/// Raises the soft limit on open files to the hard limit and returns it. `None`: there is no limit.
pub(crate) fn raise_open_files() -> Option<u64> {
    let before = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: before.maximum, maximum: before.maximum };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => before.maximum,
        Err(_) => before.current,
    }
}

/// The name of this machine.
pub(crate) fn host_name() -> String {
    rustix::system::uname().nodename().to_string_lossy().into_owned()
}

/// The effective user of this process.
pub(super) fn effective_user() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Whether this process may do everything on this machine.
pub(crate) fn is_root() -> bool {
    effective_user() == 0
}

/// Lowers the priority of this thread below all others. On Linux a priority belongs to a thread, named by its id.
pub(crate) fn lower_priority_of_this_thread() -> Result<(), Errno> {
    /// Half of the scale: the thread still gets its turn on a busy machine, so that load locks nobody out.
    const NICE: i32 = 10;
    setpriority_process(Some(rustix::thread::gettid()), NICE)
}
