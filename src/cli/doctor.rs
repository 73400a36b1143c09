//! `portcullis doctor`: tests a live deployment from outside and reports, check by check, what is right, what is wrong,
//! and the lines that fix it in the configuration of its proxy.
//!
//! It reads no configuration and needs no access to the machine: it sees what a stranger sees, so an attacker can use
//! whatever it finds wrong. It sends at most [`probe::MOST_REQUESTS`] harmless requests, guesses no passwords and
//! changes nothing.

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
    /// The deployment, or a page of it that requires a session, such as <https://app.example.com/admin>
    #[arg(long, value_name = "URL")]
    url: DeploymentUrl,
    /// The proxy in front, for which the fixes are written. Default: guessed from its answers.
    #[arg(long, value_enum)]
    proxy: Option<Proxy>,
    /// A private file (0600) with the value of a session cookie of the deployment, for the checks that need a session.
    #[arg(long, value_name = "FILE")]
    cookie_file: Option<PathBuf>,
    /// A path of the app that shows the request headers it got, to check what the app receives.
    #[arg(long, value_name = "PATH", requires = "cookie_file", value_parser = deployment::path)]
    echo: Option<String>,
    /// The path of Portcullis' own pages (`portal.path`).
    #[arg(long, value_name = "PATH", default_value = "/portcullis")]
    prefix: Prefix,
    /// Connect to this address instead of looking the host up.
    #[arg(long, value_name = "IP[:PORT]")]
    resolve: Option<ConnectAddress>,
    /// Additional trusted certificate authorities (PEM).
    #[arg(long, value_name = "FILE")]
    root_certificates: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Wrong arguments, as in clap: status 1 means that the deployment is wrong.
const WRONG_ARGUMENTS: u8 = 2;

pub(super) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let files = Session::read(arguments.cookie_file.as_deref())
        .and_then(|session| Ok((session, probe::trust(arguments.root_certificates.as_deref())?)));
    let (session, trust) = match files {
        Ok(files) => files,
        Err(error) => {
            terminal::tell(&format!("portcullis: {}", terminal::one_line(&error)));
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
