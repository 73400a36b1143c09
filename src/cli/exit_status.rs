//! The exit statuses of every command.

/// A configuration with mistakes (`EX_CONFIG` of sysexits.h).
pub(super) const WRONG_CONFIGURATION: u8 = 78;
/// Any failure while running.
pub(super) const FAILED: u8 = 1;
