//! The app and the host that people type.

use crate::cli::init::dialogue::Dialogue;
use crate::cli::init::plan::Plan;
use crate::cli::init::trial::{self, Trials, Verdict};
use crate::cli::init::upstream;
use crate::cli::online::Subject;
use crate::config::answer::{AnswerKind, parse};

pub(super) async fn ask(dialogue: &mut Dialogue, plan: &mut Plan, trials: Trials) -> anyhow::Result<()> {
    plan.host = dialogue
        .until("Host that people type for your app", Some(&plan.host), |answer| parse(AnswerKind::SiteHost, answer))?;
    loop {
        let answer = dialogue.until("Address at which your app runs", Some(&plan.upstream), upstream::read)?;
        if let Some(remark) = answer.remark() {
            dialogue.say(format!("  {remark}"))?;
        }
        plan.upstream = answer.url;
        if trial::of_answer(dialogue, plan, Subject::Sites, trials).await? == Verdict::Settled {
            return Ok(());
        }
    }
}
