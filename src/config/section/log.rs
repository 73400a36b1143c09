//! `[log]`: format and level.

use crate::config::reader::{Text, section};
use crate::config::value::log::{Format, Level};

section! {
    /// The log on standard error.
    Log {
        /// `text` for people, `json` for programs: one object per line.
        format: Text<Format> = Text(Format::Text),
        /// The minimum level: `error`, `warn`, `info`, `debug` or `trace`; also by target, such as `info,request=off`.
        /// Targets are `request`, `audit` and `gateway`.
        level: Text<Level> = Text(Level("info".to_owned())),
    }
}
