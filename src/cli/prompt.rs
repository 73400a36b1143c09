//! Prompts for passwords and confirmations.

use std::io::{BufRead, ErrorKind, IsTerminal as _, Read as _, Write};

use anyhow::{Context as _, bail, ensure};
use secrecy::{ExposeSecret as _, SecretString};
use tokio::signal::unix::{SignalKind, signal};
use tokio::task::JoinHandle;

use crate::cli::exit_status::INTERRUPTED;
use crate::cli::terminal;
use crate::domain::username::Username;
use crate::platform::terminal_mode::TerminalMode;

/// More bytes than the longest password; a file piped in by mistake is not read whole.
const LONGEST_LINE: u64 = 64 * 1024;

/// Where a password comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// Prompted for twice on the terminal, without echo.
    Prompt,
    /// The first line of standard input.
    StandardInput,
}

/// The source of the operator's input: the terminal, or a test.
pub(super) trait Prompt {
    /// Reads a new password.
    fn password(&mut self, source: Source) -> anyhow::Result<SecretString>;
    /// Returns an error unless the operator confirms the removal.
    fn confirm(&mut self, name: &Username, out: &mut dyn Write) -> anyhow::Result<()>;
}

/// The terminal and standard input of this process.
pub(super) struct Console;

impl Prompt for Console {
    fn password(&mut self, source: Source) -> anyhow::Result<SecretString> {
        match source {
            Source::StandardInput => first_line(&mut std::io::stdin().lock()),
            Source::Prompt => {
                let first = prompt("New password: ")?;
                let second = prompt("Again: ")?;
                ensure!(
                    first.expose_secret() == second.expose_secret(),
                    "the two passwords differ; nothing was changed"
                );
                Ok(first)
            }
        }
    }

    fn confirm(&mut self, name: &Username, out: &mut dyn Write) -> anyhow::Result<()> {
        let input = std::io::stdin();
        if !input.is_terminal() {
            bail!("there is no terminal for the confirmation; give --yes to remove {name} without it");
        }
        confirmed(name, &mut input.lock(), out)
    }
}

/// Requires the name to be typed: a habitual `y` removes nobody.
pub(super) fn confirmed(name: &Username, input: &mut dyn BufRead, out: &mut dyn Write) -> anyhow::Result<()> {
    write!(out, "Remove {name} for good? Type the user name: ")?;
    out.flush()?;
    let mut typed = String::new();
    input.take(LONGEST_LINE).read_line(&mut typed)?;
    ensure!(typed.trim() == name.as_str(), "not confirmed; {name} was not removed");
    Ok(())
}

/// The first line without its line ending; blanks in it are part of the password.
pub(super) fn first_line(input: &mut dyn BufRead) -> anyhow::Result<SecretString> {
    let mut line = zeroize::Zeroizing::new(String::new());
    input.take(LONGEST_LINE).read_line(&mut line).context("the password could not be read from standard input")?;
    let password = line.strip_suffix('\n').map_or(line.as_str(), |rest| rest.strip_suffix('\r').unwrap_or(rest));
    ensure!(!password.is_empty(), "standard input has no password in its first line");
    Ok(SecretString::from(password))
}

fn prompt(question: &str) -> anyhow::Result<SecretString> {
    let interrupt = end_on_interrupt()?;
    let typed = rpassword::prompt_password(question);
    if typed.as_ref().is_err_and(|error| error.kind() == ErrorKind::Interrupted) {
        // The prompt has sent the signal on, which ends the process.
        loop {
            std::thread::park();
        }
    }
    interrupt.abort();
    typed.map(SecretString::from).context("there is no terminal for the password prompt; use --password-stdin")
}

/// Ends the process on Ctrl-C and restores the terminal: the default action of the signal would leave one that shows
/// nothing of what is typed.
fn end_on_interrupt() -> std::io::Result<JoinHandle<()>> {
    let mode = TerminalMode::of_standard_input();
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(tokio::spawn(async move {
        interrupt.recv().await;
        if let Some(mode) = mode {
            mode.restore();
        }
        terminal::tell("\nportcullis: stopped; nothing was changed");
        std::process::exit(i32::from(INTERRUPTED));
    }))
}
