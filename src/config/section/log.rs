//! `[log]`

use crate::config::reader::{Text, section};
use crate::config::value::log::{Format, Level};

section! {
    /// What is logged on standard error, and how.
    Log {
        /// `text` for people, `json` for machines: one object for each line.
        format: Text<Format> = Text(Format::Text),
        /// The least level that is written: `error`, `warn`, `info`, `debug` or `trace`; more exactly by target, such
        /// as `info,request=off`. Targets are `request`, `audit` and `gateway`.
        level: Text<Level> = Text(Level("info".to_owned())),
    }
}
