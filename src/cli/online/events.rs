//! Reaches every receiver of events; sends no event.

use futures_util::future::join_all;

use super::report::{Finding, Report, kind};
use crate::config::load::Config;
use crate::config::place::KeyPlace;
use crate::delivery::{PeerFault, SignInError};
use crate::events::{Reached, reach_syslog, reach_webhook};

pub(super) async fn check(config: &Config) -> Report {
    let settings = &config.settings.events;
    let webhooks = settings.webhooks.iter().enumerate().map(|(index, webhook)| async move {
        let at = config.places.sink("webhook", index, "url");
        outcome(at, &webhook.url.origin().ascii_serialization(), reach_webhook(webhook).await)
    });
    let syslogs = settings.syslogs.iter().enumerate().map(|(index, syslog)| async move {
        let at = config.places.sink("syslog", index, "address");
        outcome(at, &syslog.name, reach_syslog(syslog).await)
    });
    let (mut reports, more) = tokio::join!(join_all(webhooks), join_all(syslogs));
    reports.extend(more);
    Report::join(reports)
}

/// `shown`: the receiver, without what may be secret in its URL.
fn outcome(at: KeyPlace, shown: &str, outcome: Result<Reached, SignInError>) -> Report {
    let error = match outcome {
        Ok(Reached::Answered(status)) => return Report::reached(format!("{}: {shown} answers {status}", at.key)),
        Ok(Reached::Connected) => return Report::reached(format!("{}: {shown} takes a connection", at.key)),
        Ok(Reached::Unknown) => {
            let line = format!("{}: {shown} is on UDP, where nothing tells whether it listens", at.key);
            return Report::reached(line);
        }
        Err(error) => error,
    };
    let remedy = match error.fault {
        PeerFault::Setup => "name PEM files of authorities in `root_certificates`",
        PeerFault::Tls => "correct the host, or name the authority of its certificate in `root_certificates`",
        PeerFault::Unreachable
        | PeerFault::Answer
        | PeerFault::NoStartTls
        | PeerFault::Client
        | PeerFault::Credentials => "start the receiver, correct the address, or let this machine connect to it",
    };
    let what = format!("{shown} cannot be reached: {error}");
    Report::found(Finding { at, what, remedy: remedy.to_owned(), kind: kind(&error) })
}
