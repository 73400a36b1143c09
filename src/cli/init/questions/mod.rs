//! The conversation, in its order: the app, the way to it, the codes, the first account.

mod codes;
mod front;
mod person;
mod readable_file;
mod site;

use super::dialogue::Dialogue;
use super::existing::Existing;
use super::files;
use super::plan::{Layout, Person, Plan};
use super::trial::Trials;
use readable_file::readable_file;

/// The answers.
pub(super) struct Answers {
    pub plan: Plan,
    pub person: Option<Person>,
}

/// Asks everything.
pub(super) async fn ask(
    dialogue: &mut Dialogue,
    layout: Layout,
    trials: Trials,
    existing: Existing,
) -> anyhow::Result<Answers> {
    dialogue.say(
        "A first configuration of Portcullis. Enter takes the answer in brackets. Nothing is written before the end; \
         Ctrl-C stops.\n",
    )?;
    let mut plan = Plan::new(layout);
    site::ask(dialogue, &mut plan, trials).await?;
    front::ask(dialogue, &mut plan, trials)?;
    codes::ask(dialogue, &mut plan, trials).await?;
    files::refuse_existing_secret(&plan, existing)?;
    let person = person::ask(dialogue, &plan, trials).await?;
    Ok(Answers { plan, person: Some(person) })
}
