//! `portcullis config check | show | reference | schema`: checks, shows and documents the configuration.

use std::path::PathBuf;
use std::process::ExitCode;

use super::exit_status::WRONG_CONFIGURATION;
use super::flags::FlagArguments;
use super::online::{self, Subject};
use super::reachable::Reachable;
use super::runtime::block_on;
use super::terminal;
use crate::config::load::{Config, Flags, Sources, load};
use crate::config::mistake::Mistakes;
use crate::config::{reference, schema};
use crate::platform::clock::Clock;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Print every mistake on a line; the exit status is 78 if there is one.
    Check(CheckArguments),
    /// Print the effective settings and where each was set, secrets hidden.
    Show {
        #[command(flatten)]
        flags: FlagArguments,
    },
    /// Print the reference of all keys (Markdown).
    Reference,
    /// Print the JSON schema of the configuration file.
    Schema,
}

#[derive(Debug, clap::Args)]
pub(super) struct CheckArguments {
    /// Also sign in to the CPaaS and the mail server, reach every site and every receiver of events, and look at the
    /// database. Sends no message and no event.
    #[arg(long)]
    online: bool,
    #[command(flatten)]
    flags: FlagArguments,
}

/// The configuration as `serve` reads it.
fn configuration(file: Option<PathBuf>, flags: FlagArguments) -> Result<Config, Mistakes> {
    load(&Sources::of_process(file, Flags::from(flags)))
}

pub(super) fn run(command: Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check(CheckArguments { online, flags }) => return check(&configuration(file, flags)?, online),
        Command::Show { flags } => terminal::print(configuration(file, flags)?.show())?,
        Command::Reference => terminal::print(&reference::reference())?,
        Command::Schema => terminal::print(&format!("{:#}\n", schema::schema().as_value()))?,
    }
    Ok(ExitCode::SUCCESS)
}

fn check(config: &Config, online: bool) -> anyhow::Result<ExitCode> {
    let refused = Reachable::of(&config.settings).refused();
    for warning in config.warnings.iter().chain(&refused) {
        terminal::print(&format!("warning: {warning}\n"))?;
    }
    let faults = config.certificate_faults(Clock::system().now());
    if !faults.is_empty() {
        faults.iter().for_each(terminal::tell);
        return Ok(ExitCode::from(WRONG_CONFIGURATION));
    }
    if online {
        let report = block_on(async { Ok(online::check(config, &Subject::ALL).await) })?;
        for line in &report.reached {
            terminal::print(&format!("{line}\n"))?;
        }
        report.findings.iter().for_each(terminal::tell);
        if let Some(status) = report.status() {
            return Ok(ExitCode::from(status));
        }
    }
    terminal::print("ok\n")?;
    Ok(ExitCode::SUCCESS)
}
