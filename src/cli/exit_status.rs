//! The exit statuses of every command.

/// A configuration with mistakes (`EX_CONFIG` of sysexits.h).
pub(super) const WRONG_CONFIGURATION: u8 = 78;
/// Any failure while running.
pub(super) const FAILED: u8 = 1;
/// Ctrl-C at a question: 128 and the number of SIGINT, as shells say it.
pub(super) const INTERRUPTED: u8 = 130;
