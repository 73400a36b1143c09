//! Tries what a configuration names: signs in to the CPaaS and the mail server, reaches every site and every
//! receiver of events, looks at the database.
//!
//! Uses the clients of the gateway itself, so that what succeeds here succeeds for visitors. Sends no message, creates no
//! file and changes nothing. Called by `config check --online` and `init`.

mod cpaas;
mod events;
mod mail_server;
mod report;
mod sites;
mod store;

use futures_util::FutureExt as _;
use futures_util::future::join_all;

pub(super) use self::report::{Finding, Report};
use crate::config::load::Config;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    Cpaas,
    MailServer,
    Sites,
    Events,
    Store,
}

impl Subject {
    pub(super) const ALL: [Self; 5] = [Self::Cpaas, Self::MailServer, Self::Sites, Self::Events, Self::Store];
}

/// Tries everything at once. Each trial ends with the time-out that the configuration sets for it, 60 s at most.
pub(super) async fn check(config: &Config, subjects: &[Subject]) -> Report {
    let trials = subjects.iter().map(|subject| match subject {
        Subject::Cpaas => cpaas::check(config).boxed(),
        Subject::MailServer => mail_server::check(config).boxed(),
        Subject::Sites => sites::check(config).boxed(),
        Subject::Events => events::check(config).boxed(),
        Subject::Store => store::check(config).boxed(),
    });
    Report::join(join_all(trials).await)
}
