//! Files of other programs: read within bounds, and YAML with the line of each value.

mod read;
pub(super) mod yaml;

pub(super) use read::{ForeignFile, Location, read};
