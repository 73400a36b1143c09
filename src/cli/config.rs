//! `portcullis config check | show | reference | schema`: checks, shows and documents the configuration.

use std::path::PathBuf;
use std::process::ExitCode;

use super::exit_status::WRONG_CONFIGURATION;
use super::terminal;
use crate::config::load::{Config, Flags, Sources, load};
use crate::config::mistake::Mistakes;
use crate::config::{reference, schema};
use crate::platform::clock::Clock;

#[derive(Debug, Clone, Copy, clap::Subcommand)]
pub(super) enum Command {
    /// Print every mistake on a line; the exit status is 78 if there is one.
    Check,
    /// Print the effective settings and where each was set, secrets hidden.
    Show,
    /// Print the reference of all keys (Markdown).
    Reference,
    /// Print the JSON schema of the configuration file.
    Schema,
}

/// The configuration as `serve` reads it, without its flags.
fn configuration(file: Option<PathBuf>) -> Result<Config, Mistakes> {
    load(&Sources::of_process(file, Flags::default()))
}

pub(super) fn run(command: Command, file: Option<PathBuf>) -> anyhow::Result<ExitCode> {
    match command {
        Command::Check => {
            let config = configuration(file)?;
            let warnings = config
                .warnings
                .iter()
                .map(|warning| {
                    format!(
                        "warning: {warning}
"
                    )
                })
                .collect::<Vec<_>>()
                .concat();
            let faults = config.certificate_faults(Clock::system().now());
            if !faults.is_empty() {
                terminal::print(&warnings)?;
                faults.iter().for_each(terminal::tell);
                return Ok(ExitCode::from(WRONG_CONFIGURATION));
            }
            terminal::print(&format!("{warnings}ok\n"))?;
        }
        Command::Show => terminal::print(configuration(file)?.show())?,
        Command::Reference => terminal::print(&reference::reference())?,
        Command::Schema => terminal::print(&format!("{:#}\n", schema::schema().as_value()))?,
    }
    Ok(ExitCode::SUCCESS)
}
