//! What a check can find.

use super::fix::Fix;

/// How much something matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Severity {
    /// Somebody gets in, or nobody can sign in.
    Error,
    /// Something is weaker or more awkward than it has to be.
    Warning,
    /// Nothing is wrong, and the operator should know. It does not change the exit status.
    Note,
}

/// A kind of finding. Scripts and notes of operators refer to it: an identifier never changes and is never given to
/// another kind. The first digit says what it is about, as the table in `docs/operation.md` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Code {
    pub(super) id: &'static str,
    pub(super) severity: Severity,
    /// What it says about a deployment, for the table.
    pub(super) means: &'static str,
}

/// Something that was found: its kind, what was seen, and what fixes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) code: Code,
    pub(super) seen: String,
    pub(super) fix: Fix,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// With what was seen.
    Right(String),
    /// At least one.
    Found(Vec<Fault>),
    /// With the reason.
    NotChecked(String),
}

impl Severity {
    /// The word in the report.
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
    /// Right where nothing is wrong.
    pub(super) fn of(faults: Vec<Fault>, right: impl Into<String>) -> Self {
        if faults.is_empty() { Self::Right(right.into()) } else { Self::Found(faults) }
    }

    pub(super) fn wrong(code: Code, fix: Fix, seen: impl Into<String>) -> Self {
        Self::Found(vec![Fault::new(code, fix, seen)])
    }
}

/// A stranger's words in the report: no control characters for the terminal, and not whole pages.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 160;
    let cut: String = text.chars().take(MOST).collect();
    format!("{cut:?}{}", if cut.len() < text.len() { "…" } else { "" })
}
