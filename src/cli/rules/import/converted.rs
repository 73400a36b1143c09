//! Sites with rules, as they will be printed, and what was refused on the way.

use crate::policy::Requirement;

/// What a conversion yields.
#[derive(Default)]
pub(super) struct Conversion {
    pub(super) sites: Vec<ConvertedSite>,
    pub(super) findings: Vec<Finding>,
}

/// One `[[sites]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConvertedSite {
    pub(super) host: String,
    /// The address of the app; `None`: the file does not say it.
    pub(super) upstream: Option<String>,
    pub(super) rules: Vec<ConvertedRule>,
}

/// One `[[sites.rules]]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConvertedRule {
    /// Where it comes from.
    pub(super) comment: String,
    pub(super) path_regex: Option<String>,
    pub(super) methods: Vec<String>,
    pub(super) networks: Vec<String>,
    pub(super) groups: Vec<String>,
    pub(super) accounts: Vec<String>,
    pub(super) require: Requirement,
}

/// One line of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Finding {
    /// Which rule or setting.
    pub(super) subject: String,
    pub(super) outcome: Outcome,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It is said exactly; the text says how.
    Converted(String),
    /// It is not said, or said more strictly. The text says why.
    Rejected(String),
    /// It has no place here, and changes nothing about who passes.
    Note(String),
}

impl ConvertedRule {
    /// A rule for everything.
    pub(super) fn everything(require: Requirement, comment: impl Into<String>) -> Self {
        Self {
            comment: comment.into(),
            path_regex: None,
            methods: Vec::new(),
            networks: Vec::new(),
            groups: Vec::new(),
            accounts: Vec::new(),
            require,
        }
    }
}

impl Conversion {
    pub(super) fn converted(&mut self, subject: impl Into<String>, how: impl Into<String>) {
        self.findings.push(Finding { subject: subject.into(), outcome: Outcome::Converted(how.into()) });
    }

    pub(super) fn rejected(&mut self, subject: impl Into<String>, why: impl Into<String>) {
        self.findings.push(Finding { subject: subject.into(), outcome: Outcome::Rejected(why.into()) });
    }

    pub(super) fn note(&mut self, subject: impl Into<String>, what: impl Into<String>) {
        self.findings.push(Finding { subject: subject.into(), outcome: Outcome::Note(what.into()) });
    }

    /// Whether anything was refused.
    pub(super) fn is_incomplete(&self) -> bool {
        self.findings.iter().any(|finding| matches!(finding.outcome, Outcome::Rejected(_)))
    }
}
