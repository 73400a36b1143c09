//! `server.hsts`: the Strict-Transport-Security header (RFC 6797).

use super::{ConfigValue, quoted};
use crate::config::mistake::Fault;

/// The value of the header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::config) enum Hsts {
    /// Two years if the gateway itself uses TLS, else no header.
    Auto,
    /// No header.
    Off,
    /// This value.
    Value(String),
}

impl ConfigValue for Hsts {
    const EXAMPLE: &'static str = "max-age=63072000";

    fn kind() -> String {
        "`auto`, `off` or the value of the header".to_owned()
    }

    fn parse(text: &str) -> Result<Self, Fault> {
        match text {
            "auto" => return Ok(Self::Auto),
            "off" => return Ok(Self::Off),
            _ => {}
        }
        let mut directives = text.split(';').map(str::trim);
        let age = directives.next().and_then(|first| first.strip_prefix("max-age="));
        let whole =
            age.is_some_and(|age| !age.is_empty() && age.len() <= 10 && age.bytes().all(|b| b.is_ascii_digit()));
        if whole && directives.all(|word| matches!(word, "includeSubDomains" | "preload")) {
            return Ok(Self::Value(text.to_owned()));
        }
        let remedy = "write `auto`, `off`, or `max-age=63072000`, optionally with `; includeSubDomains` or `; preload`";
        Err(Fault::new(format!("{} is not a Strict-Transport-Security value", quoted(text)), remedy))
    }

    fn text(&self) -> String {
        match self {
            Self::Auto => "auto".to_owned(),
            Self::Off => "off".to_owned(),
            Self::Value(value) => value.clone(),
        }
    }
}
