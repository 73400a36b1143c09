//! The sources of values: the file, the environment (two kinds of names), the flags.
//!
//! Each becomes a tree of values; `origin` merges them. A problem of the source itself (no such file, invalid TOML, a
//! malformed variable) is a mistake like any other.

pub(super) mod environment;
pub(super) mod file;
pub(super) mod flags;
pub(super) mod person;

use std::collections::BTreeMap;
use std::ffi::OsString;

/// The environment of the process at the start.
pub(super) type Variables = BTreeMap<OsString, OsString>;
