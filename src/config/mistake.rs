//! What is wrong with a configuration, one line for each mistake.

use std::fmt;
use std::io;

/// One mistake: the key, where it was written, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(super) key: String,
    pub(super) origin: String,
    pub(super) fault: Fault,
}

/// What is wrong with a value and what to do about it. Never repeats a secret, a number or an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) what: String,
    pub(super) remedy: String,
}

/// Every mistake that was found; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub(super) Vec<Mistake>);

impl Fault {
    pub(super) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

/// Why a file cannot be read, in a word or two.
pub(super) fn reason(error: &io::Error) -> String {
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound { "no such file".to_owned() } else { kind.to_string() }
}

impl Mistakes {
    /// The lines, in the order in which they were found: section by section, then what concerns several.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(ToString::to_string)
    }
}

impl Mistake {
    /// What is wrong without what to do: for a warning.
    pub(super) fn observation(&self) -> String {
        format!("{} ({}): {}", self.key, self.origin, self.fault.what)
    }
}

/// A key or a value may hold anything, also a line break or an escape sequence for the terminal; one mistake stays one
/// harmless line.
fn one_line(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    text.chars().try_for_each(|c| if c.is_control() { write!(f, "{}", c.escape_default()) } else { write!(f, "{c}") })
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, origin, fault: Fault { what, remedy } } = self;
        one_line(f, &format!("{key} ({origin}): {what}; {remedy}"))
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, mistake) in self.0.iter().enumerate() {
            let line_end = if at + 1 < self.0.len() { "\n" } else { "" };
            write!(f, "{mistake}{line_end}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Mistakes {}
