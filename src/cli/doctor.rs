//! `portcullis doctor`: walks a live deployment from outside and says, check by check, what is right, what is wrong,
//! and the lines that mend it in the configuration of its proxy.
//!
//! It reads no configuration of ours and needs no access to the machine: it sees what a stranger sees, so what it finds
//! wrong a stranger can use. It asks at most [`probe::MOST_REQUESTS`] harmless requests, guesses nothing about
//! passwords and changes nothing.

mod check;
mod checks;
mod deployment;
mod examination;
mod fix;
mod instructions;
mod location;
mod outcome;
mod probe;
mod probe_request;
mod proxy;
mod report;

use std::path::PathBuf;
use std::process::ExitCode;

use self::checks::CHECKS;
use self::deployment::{ConnectAddress, Deployment, DeploymentUrl, Prefix};
use self::examination::Examination;
use self::probe::{Probe, Session};
use self::proxy::Proxy;
use self::report::Report;
use super::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The deployment, or a page of it that nobody opens without a session, such as <https://app.example.com/admin>
    #[arg(long, value_name = "URL")]
    url: DeploymentUrl,
    /// The proxy whose lines mend it. Left out: guessed from its answers.
    #[arg(long, value_enum)]
    proxy: Option<Proxy>,
    /// A private file with the value of a session cookie of the deployment, for the checks that need a session.
    #[arg(long, value_name = "FILE")]
    cookie_file: Option<PathBuf>,
    /// A path of the app that shows the request headers it got, to see the app's side.
    #[arg(long, value_name = "PATH", requires = "cookie_file", value_parser = deployment::path)]
    echo: Option<String>,
    /// Where our own pages stand (`portal.path`).
    #[arg(long, value_name = "PATH", default_value = "/portcullis")]
    prefix: Prefix,
    /// Connect to this address instead of looking the host up.
    #[arg(long, value_name = "IP[:PORT]")]
    resolve: Option<ConnectAddress>,
    /// Further authorities whose certificates hold (PEM).
    #[arg(long, value_name = "FILE")]
    root_certificates: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Wrong arguments, as for clap: status 1 says that the deployment is wrong.
const WRONG_ARGUMENTS: u8 = 2;

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let files = Session::read(arguments.cookie_file.as_deref())
        .and_then(|session| Ok((session, probe::trust(arguments.root_certificates.as_deref())?)));
    let (session, trust) = match files {
        Ok(files) => files,
        Err(error) => {
            terminal::tell(&format!("portcullis: {error:#}"));
            return Ok(ExitCode::from(WRONG_ARGUMENTS));
        }
    };
    let deployment = Deployment::new(arguments.url, arguments.prefix, arguments.resolve);
    let probe = Probe::new(deployment, trust, session).await?;
    let examination = Examination::begin(probe, arguments.proxy, arguments.echo).await;
    let mut report = Report::new(&examination);
    for check in CHECKS {
        let outcome = (check.run)(&examination).await;
        report.add(check, outcome);
    }
    let text = if arguments.json { report.json() } else { report.text() };
    terminal::print(&text)?;
    Ok(if report.is_all_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
