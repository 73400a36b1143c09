//! The places something can be written in: the file, the environment (two kinds of names), the flags.
//!
//! Each becomes a tree of values; `origin` merges them. What is wrong with the place itself (no such file, no TOML, a
//! malformed variable) is a mistake like any other.

pub(super) mod environment;
pub(super) mod file;
pub(super) mod flags;
pub(super) mod person;

use std::collections::BTreeMap;
use std::ffi::OsString;

/// The environment of the process, as it was at the start.
pub(super) type Variables = BTreeMap<OsString, OsString>;
