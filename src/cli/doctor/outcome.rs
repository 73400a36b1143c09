//! The result of a check: right, faults with their codes, or not checked.

use super::fix::Fix;

/// How serious a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// Strangers get in, or nobody can sign in.
    Error,
    /// Something is weaker or less convenient than it has to be.
    Warning,
    /// Nothing is wrong, but the operator should know. Does not change the exit status.
    Note,
}

/// A kind of finding. Scripts and operators' notes refer to it: an identifier never changes and is never reused for
/// another kind. The first digit is the topic, as in the table in `docs/operation.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    /// The description in the table of `docs/operation.md`.
    pub(super) means: &'static str,
}

/// One fault: its kind, what was observed, and its fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) seen: String,
    pub(super) fix: Fix,
}

/// The result of one check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// With what was observed.
    Right(String),
    /// With at least one fault.
    Found(Vec<Fault>),
    /// With the reason.
    NotChecked(String),
}

impl Severity {
    /// As printed in the report and in JSON.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl Code {
    pub(super) const fn error(id: &'static str, means: &'static str) -> Self {
        Self { id, severity: Severity::Error, means }
    }

    pub(super) const fn warning(id: &'static str, means: &'static str) -> Self {
        Self { id, severity: Severity::Warning, means }
    }

    pub(super) const fn note(id: &'static str, means: &'static str) -> Self {
        Self { id, severity: Severity::Note, means }
    }
}

impl Fault {
    pub(super) fn new(code: Code, fix: Fix, seen: impl Into<String>) -> Self {
        Self { code, seen: seen.into(), fix }
    }
}

impl Outcome {
    /// `Right` if there are no faults.
    pub(super) fn of(faults: Vec<Fault>, right: impl Into<String>) -> Self {
        if faults.is_empty() { Self::Right(right.into()) } else { Self::Found(faults) }
    }

    pub(super) fn wrong(code: Code, fix: Fix, seen: impl Into<String>) -> Self {
        Self::Found(vec![Fault::new(code, fix, seen)])
    }
}

/// A remote party's text, for the report: without control characters for the terminal, and cut to 160 characters.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 160;
    let cut: String = text.chars().take(MOST).collect();
    format!("{cut:?}{}", if cut.len() < text.len() { "…" } else { "" })
}
