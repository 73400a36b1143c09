//! What the trials found, and whose fault it is.

use std::fmt;

use crate::cli::exit_status::{FAILED, WRONG_CONFIGURATION};
use crate::config::place::KeyPlace;
use crate::delivery::{PeerFault, SignInError};

/// What was found.
#[derive(Debug, Default)]
pub(in crate::cli) struct Report {
    /// What works, one line each.
    pub reached: Vec<String>,
    /// What does not.
    pub findings: Vec<Finding>,
}

/// One thing that does not work: one line, as a mistake in the configuration.
#[derive(Debug)]
pub(in crate::cli) struct Finding {
    pub at: KeyPlace,
    pub what: String,
    pub remedy: String,
    pub kind: Kind,
}

/// Whether the configuration is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Kind {
    /// It is: the other side answers and refuses what the configuration says.
    WrongConfiguration,
    /// Perhaps it is; the other side may be down instead.
    Unreachable,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { at: KeyPlace { key, origin }, what, remedy, .. } = self;
        write!(f, "{key} ({origin}): {what}; {remedy}")
    }
}

impl Report {
    pub(super) fn reached(line: String) -> Self {
        Self { reached: vec![line], findings: Vec::new() }
    }

    pub(super) fn found(finding: Finding) -> Self {
        Self { reached: Vec::new(), findings: vec![finding] }
    }

    pub(super) fn join(reports: Vec<Self>) -> Self {
        reports.into_iter().fold(Self::default(), |mut all, one| {
            all.reached.extend(one.reached);
            all.findings.extend(one.findings);
            all
        })
    }

    /// The exit status for what was found; `None`: everything works.
    pub(in crate::cli) fn status(&self) -> Option<u8> {
        let kinds = || self.findings.iter().map(|finding| finding.kind);
        if kinds().any(|kind| kind == Kind::WrongConfiguration) {
            Some(WRONG_CONFIGURATION)
        } else {
            kinds().next().map(|_| FAILED)
        }
    }
}

/// Whose fault it is that a provider did not let us in.
pub(super) fn kind(error: &SignInError) -> Kind {
    match error.fault {
        PeerFault::Setup | PeerFault::NoStartTls | PeerFault::Client | PeerFault::Credentials => {
            Kind::WrongConfiguration
        }
        PeerFault::Unreachable | PeerFault::Tls | PeerFault::Answer => Kind::Unreachable,
    }
}
