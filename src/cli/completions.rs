//! `portcullis completions SHELL`

use std::process::ExitCode;

use clap_complete::Shell;

use super::terminal;

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The shell that reads the script.
    shell: Shell,
}

/// Prints the script for `command`, which is the whole command line.
pub(super) fn run(arguments: &Arguments, command: &mut clap::Command) -> anyhow::Result<ExitCode> {
    // Written to memory first: the generator panics where the reader of a pipe has gone.
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, command, "portcullis", &mut script);
    terminal::print(&String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
