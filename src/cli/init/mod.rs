//! `portcullis init`: a first configuration, from questions or from options, and everything that it needs to start.
//!
//! The answers become a [`plan::Plan`]; the plan becomes a configuration that is judged and tried in memory, before
//! anything is written. Called by `cli`.

mod arguments;
mod closing;
mod dialogue;
mod draft;
mod existing;
mod files;
mod interrupt;
mod lock;
mod plan;
mod questions;
mod render;
mod sent_code;
mod service;
mod steps;
mod taken;
mod trial;
mod unit;
mod upstream;

use std::path::Path;
use std::process::ExitCode;

use anyhow::{bail, ensure};

pub(super) use self::arguments::Arguments;
use self::dialogue::{Confirmation, Dialogue, Stopped};
use self::existing::{Existing, refuse_existing};
use self::files::Contents;
use self::interrupt::Interrupts;
use self::plan::{Layout, Plan};
use self::questions::Answers;
use self::trial::Trials;
use super::runtime::block_on;
use super::terminal;
use crate::platform::clock::Clock;

pub(super) fn run(arguments: Arguments, config: Option<&Path>) -> anyhow::Result<ExitCode> {
    ensure!(
        config.is_none(),
        "init writes portcullis.toml into a folder: name that with --directory; --config is for the other commands"
    );
    let layout = Layout::of(arguments.directory.as_deref())?;
    let existing = if arguments.force { Existing::MoveAside } else { Existing::Refuse };
    refuse_existing(&layout.config, existing)?;
    block_on(async {
        if arguments.yes {
            without_questions(arguments, layout, existing).await
        } else {
            asking(&arguments, layout, existing).await
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn asking(arguments: &Arguments, layout: Layout, existing: Existing) -> anyhow::Result<()> {
    // Mistakes that no answer can mend, such as a folder that the database cannot be in.
    Plan::new(layout.clone()).draft()?;
    let mut dialogue = Dialogue::start()?;
    let interrupts = Interrupts::start()?;
    let trials = if arguments.offline { Trials::Off } else { Trials::On };
    let Answers { plan, person } = questions::ask(&mut dialogue, layout, trials, existing).await?;
    let folder = plan.layout.config.parent().unwrap_or(&plan.layout.config).display();
    if dialogue.confirm(&format!("Write it to {folder}?"), Confirmation::Yes)? == Confirmation::No {
        return Err(Stopped.into());
    }
    let config = plan.draft()?;
    let written = interrupts
        .hold_up(files::write(Contents { plan: &plan, config: &config, person: person.as_ref() }, existing))
        .await?;
    closing::show(&plan, person.as_ref(), &written, Some(&mut dialogue))
}

async fn without_questions(arguments: Arguments, layout: Layout, existing: Existing) -> anyhow::Result<()> {
    let interrupts = Interrupts::start()?;
    let offline = arguments.offline;
    let Answers { plan, person } = arguments.options.answers(layout, &mut std::io::stdin().lock())?;
    let config = plan.draft()?;
    for warning in &config.warnings {
        terminal::tell(&format!("warning: {warning}"));
    }
    if let Some(person) = &person {
        if let Some(taken) = taken::account(&config.settings.store, &person.account).await {
            bail!("{taken}; give another one, or leave --user out; nothing was written");
        }
        person.account.check_password(&person.password, &config.settings.password)?;
    }
    let faults = config.certificate_faults(Clock::system().now());
    faults.iter().for_each(terminal::tell);
    ensure!(faults.is_empty() || offline, "nothing was written");
    if !offline {
        trial::of_everything(&plan, &config).await?;
    }
    let written = interrupts
        .hold_up(files::write(Contents { plan: &plan, config: &config, person: person.as_ref() }, existing))
        .await?;
    closing::show(&plan, person.as_ref(), &written, None)
}
