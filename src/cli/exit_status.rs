//! The exit statuses of every command.

/// A configuration with mistakes (`EX_CONFIG` of sysexits.h).
pub(super) const WRONG_CONFIGURATION: u8 = 78;
/// Any failure while running.
pub(super) const FAILED: u8 = 1;
/// `audit verify`: part of the trail cannot be verified, because a key is missing. It is not known to be broken.
pub(super) const UNVERIFIABLE: u8 = 3;
/// Ctrl-C at a question: 128 and the number of SIGINT, as shells say it.
pub(super) const INTERRUPTED: u8 = 130;
