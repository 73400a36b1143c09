//! Questions and answers on the terminal.
//!
//! A question is asked until its answer is valid; each wrong one gets the reason. The end of the input ends the command.

use std::fmt::Display;
use std::io::{BufRead as _, ErrorKind, IsTerminal as _, Read as _, Write as _};

use anyhow::{Context as _, bail, ensure};
use zeroize::Zeroizing;

use crate::cli::terminal;
use crate::platform::secret::SecretString;

/// More than any answer: what is pasted by mistake is not read whole.
const LONGEST_LINE: u64 = 64 * 1024;

/// The operator at the terminal.
pub(super) struct Dialogue(());

/// What the operator wants after a test failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum AfterFailure {
    Correct,
    GoOn,
}

/// The answer to a question for yes or no, and its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Confirmation {
    Yes,
    No,
}

/// The operator ended the conversation before anything was written.
#[derive(Debug, thiserror::Error)]
#[error("stopped; nothing was written")]
pub(super) struct Stopped;

impl Dialogue {
    /// Fails without a terminal: a script would answer questions that it does not know.
    pub(super) fn start() -> anyhow::Result<Self> {
        ensure!(
            std::io::stdin().is_terminal() && std::io::stdout().is_terminal(),
            "init asks its questions on a terminal, and there is none; without questions: portcullis init --yes \
             --upstream URL --host HOST"
        );
        Ok(Self(()))
    }

    #[expect(clippy::unused_self, reason = "who talks holds the dialogue")]
    pub(super) fn say(&mut self, text: impl Display) -> anyhow::Result<()> {
        Ok(terminal::print(&format!("{text}\n"))?)
    }

    /// One line. An empty one is the default, if there is one.
    pub(super) fn line(&mut self, question: &str, default: Option<&str>) -> anyhow::Result<String> {
        let shown = default.filter(|default| !default.is_empty()).map(|default| format!(" [{default}]"));
        terminal::print(&format!("{question}{}: ", shown.unwrap_or_default()))?;
        std::io::stdout().flush()?;
        let mut line = String::new();
        let read = std::io::stdin().lock().take(LONGEST_LINE).read_line(&mut line);
        if read.context("the answer cannot be read")? == 0 {
            self.say("")?;
            bail!("the input ended; nothing was written");
        }
        let line = line.trim();
        Ok(if line.is_empty() { default.unwrap_or_default().to_owned() } else { line.to_owned() })
    }

    /// Asks until the answer is valid.
    pub(super) fn until<T>(
        &mut self,
        question: &str,
        default: Option<&str>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<T> {
        loop {
            let line = self.line(question, default)?;
            match parse(&line) {
                Ok(answer) => return Ok(answer),
                Err(_) if line.is_empty() => self.say("  an answer is needed")?,
                Err(why) => self.say(format!("  {why}"))?,
            }
        }
    }

    /// The number of an option, from 0.
    pub(super) fn choose(&mut self, question: &str, options: &[&str], default: usize) -> anyhow::Result<usize> {
        self.say(question)?;
        for (index, option) in options.iter().enumerate() {
            self.say(format!("  {}  {option}", index + 1))?;
        }
        let count = options.len();
        self.until("Number", Some(&(default + 1).to_string()), |answer| {
            let chosen = answer.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            chosen.filter(|chosen| *chosen < count).ok_or_else(|| format!("write a number from 1 to {count}"))
        })
    }

    pub(super) fn confirm(&mut self, question: &str, default: Confirmation) -> anyhow::Result<Confirmation> {
        let (shown, word) = match default {
            Confirmation::Yes => ("Y/n", "y"),
            Confirmation::No => ("y/N", "n"),
        };
        self.until(&format!("{question} ({shown})"), None, |answer| {
            let answer = if answer.is_empty() { word } else { answer };
            match answer.to_lowercase().as_str() {
                "y" | "yes" => Ok(Confirmation::Yes),
                "n" | "no" => Ok(Confirmation::No),
                _ => Err("write y or n".to_owned()),
            }
        })
    }

    /// What to do about a failed test.
    pub(super) fn after_failure(&mut self) -> anyhow::Result<AfterFailure> {
        let options = ["correct the answer", "go on anyway", "stop; nothing is written"];
        match self.choose("What now?", &options, 0)? {
            0 => Ok(AfterFailure::Correct),
            1 => Ok(AfterFailure::GoOn),
            _ => Err(Stopped.into()),
        }
    }

    /// A secret, without echo.
    pub(super) fn secret(
        &mut self,
        question: &str,
        check: impl Fn(&str) -> Result<String, String>,
    ) -> anyhow::Result<SecretString> {
        loop {
            let typed = hidden(&format!("{question} (not shown): "))?;
            match check(&typed) {
                Ok(_) => return Ok(SecretString::from(typed.as_str())),
                Err(why) => self.say(format!("  {why}"))?,
            }
        }
    }

    /// A new password, typed twice, without echo; `None` if the two differ.
    pub(super) fn new_password(&mut self) -> anyhow::Result<Option<SecretString>> {
        let first = hidden("New password: ")?;
        let second = hidden("Again: ")?;
        if first == second {
            return Ok(Some(SecretString::from(first.as_str())));
        }
        self.say("  the two passwords differ")?;
        Ok(None)
    }
}

/// Whether an answer is none: Enter, or a dash where Enter would take an earlier answer.
pub(super) fn is_none(answer: &str) -> bool {
    answer.is_empty() || answer == "-"
}

/// Asks without echo.
fn hidden(question: &str) -> anyhow::Result<Zeroizing<String>> {
    match rpassword::prompt_password(question) {
        // Ctrl-C: the prompt has sent the signal on, which ends the process.
        Err(error) if error.kind() == ErrorKind::Interrupted => loop {
            std::thread::park();
        },
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => bail!("the input ended; nothing was written"),
        typed => Ok(Zeroizing::new(typed?)),
    }
}
