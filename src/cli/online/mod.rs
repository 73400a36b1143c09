//! Tries what a configuration names: signs in to the CPaaS and the mail server, reaches every site, looks at the database.
//!
//! Uses the clients of the gateway itself, so that what succeeds here succeeds for visitors. Sends no message, creates no
//! file and changes nothing. Called by `config check --online` and `init`.

mod cpaas;
mod mail_server;
mod sites;
mod store;

use std::fmt;

use futures_util::FutureExt as _;
use futures_util::future::join_all;

use super::exit_status::{FAILED, WRONG_CONFIGURATION};
use crate::config::load::Config;
use crate::config::place::KeyPlace;
use crate::delivery::{PeerFault, SignInError};

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Cpaas,
    MailServer,
    Sites,
    Store,
}

impl Subject {
    pub(super) const ALL: [Self; 4] = [Self::Cpaas, Self::MailServer, Self::Sites, Self::Store];
}

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Report {
    /// What works, one line each.
    pub reached: Vec<String>,
    /// What does not.
    pub findings: Vec<Finding>,
}

/// One thing that does not work: one line, as a mistake in the configuration.
#[derive(Debug)]
pub(super) struct Finding {
    pub at: KeyPlace,
    pub what: String,
    pub remedy: String,
    pub kind: Kind,
}

/// Whether the configuration is at fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
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
    fn reached(line: String) -> Self {
        Self { reached: vec![line], findings: Vec::new() }
    }

    fn found(finding: Finding) -> Self {
        Self { reached: Vec::new(), findings: vec![finding] }
    }

    fn join(reports: Vec<Self>) -> Self {
        reports.into_iter().fold(Self::default(), |mut all, one| {
            all.reached.extend(one.reached);
            all.findings.extend(one.findings);
            all
        })
    }

    /// The exit status for what was found; `None`: everything works.
    pub(super) fn status(&self) -> Option<u8> {
        let kinds = || self.findings.iter().map(|finding| finding.kind);
        if kinds().any(|kind| kind == Kind::WrongConfiguration) {
            Some(WRONG_CONFIGURATION)
        } else {
            kinds().next().map(|_| FAILED)
        }
    }
}

/// Tries everything at once. Each trial ends with the time-out that the configuration sets for it, 60 s at most.
pub(super) async fn check(config: &Config, subjects: &[Subject]) -> Report {
    let trials = subjects.iter().map(|subject| match subject {
        Subject::Cpaas => cpaas::check(config).boxed(),
        Subject::MailServer => mail_server::check(config).boxed(),
        Subject::Sites => sites::check(config).boxed(),
        Subject::Store => store::check(config).boxed(),
    });
    Report::join(join_all(trials).await)
}

/// Whose fault it is that a provider did not let us in.
fn kind(error: &SignInError) -> Kind {
    match error.fault {
        PeerFault::Setup | PeerFault::Credentials => Kind::WrongConfiguration,
        PeerFault::Unreachable | PeerFault::Tls | PeerFault::Answer => Kind::Unreachable,
    }
}
