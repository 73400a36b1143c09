//! Mistakes in a configuration, one line each.

use std::fmt;
use std::io;

/// One mistake: the key, where it was set, what is wrong, what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(super) key: String,
    pub(super) origin: String,
    pub(super) fault: Fault,
}

/// What is wrong with a value and how to fix it. Never contains a secret, a telephone number or an e-mail address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) what: String,
    pub(super) remedy: String,
}

/// What is wrong with a key that is not set.
pub(super) const MISSING: &str = "missing";

/// All mistakes; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistakes(pub(super) Vec<Mistake>);

impl Fault {
    pub(super) fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into() }
    }
}

/// Why a file cannot be read, in one or two words.
pub(super) fn reason(error: &io::Error) -> String {
    let kind = error.kind();
    if kind == io::ErrorKind::NotFound { "no such file".to_owned() } else { kind.to_string() }
}

impl Mistakes {
    /// The lines in the order in which they were found: section by section, then mistakes that concern several
    /// sections.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.0.iter().map(ToString::to_string)
    }
}

impl Mistake {
    /// Whether a key is not set that has to be.
    pub(super) fn is_missing(&self) -> bool {
        self.fault.what == MISSING
    }

    /// The mistake without its remedy, for a warning.
    pub(super) fn observation(&self) -> String {
        format!("{} ({}): {}", self.key, self.origin, self.fault.what)
    }
}

/// Escapes control characters: a key or a value may contain line breaks or escape sequences for the terminal, but a
/// mistake must be one harmless line.
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
