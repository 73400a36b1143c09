//! `[log]`: format and levels.

use tracing_subscriber::filter::EnvFilter;

use super::{ConfigValue, name_of, quoted, word};
use crate::config::mistake::Fault;
use crate::config::mistakes::nearest;

/// The format of log lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One JSON object per line, for programs.
    Json,
    /// Text, for people.
    Text,
}

/// Which lines are written: a level, or a list of `target=level`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) struct Level(pub(in crate::config) String);

const FORMATS: [(&str, Format); 2] = [("text", Format::Text), ("json", Format::Json)];
const LEVELS: [&str; 6] = ["off", "error", "warn", "info", "debug", "trace"];

impl ConfigValue for Format {
    const EXAMPLE: &'static str = "json";
    const WORDS: &'static [&'static str] = &["text", "json"];

    fn kind() -> String {
        "`text` or `json`".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        word(text, &FORMATS)
    }

    fn text(&self) -> String {
        name_of(*self, &FORMATS)
    }
}

impl ConfigValue for Level {
    const EXAMPLE: &'static str = "info,request=warn";

    fn kind() -> String {
        "a level, or `target=level` parts with commas between them".to_owned()
    }

    /// A part without `=` must be a level: the filter would read any other word as a target and show all of it.
    fn parse(text: &str) -> Result<Self, Fault> {
        for part in text.split(',').map(str::trim) {
            let level = part.rsplit('=').next().unwrap_or_default();
            if !LEVELS.contains(&level) {
                let remedy = match nearest(level, LEVELS.into_iter()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("write one of {}", LEVELS.join(", ")),
                };
                return Err(Fault::new(format!("{} is not a log level", quoted(level)), remedy));
            }
        }
        let known = EnvFilter::builder().parse(text).is_ok();
        known.then(|| Self(text.to_owned())).ok_or_else(|| super::not_a::<Self>(text))
    }

    fn text(&self) -> String {
        self.0.clone()
    }
}
