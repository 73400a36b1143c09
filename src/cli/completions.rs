//! `portcullis completions SHELL`: prints a shell completion script.

use std::process::ExitCode;

use clap_complete::Shell;

use super::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell to generate the script for.
    shell: Shell,
}

/// Prints the script for `command`, the root command.
pub(super) fn run(arguments: &Arguments, command: &mut clap::Command) -> anyhow::Result<ExitCode> {
    // Written to memory first: the generator panics if the reader of a pipe has closed it.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "portcullis", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
