//! How people reach the gateway: its own certificate, a proxy in front, or this machine only.

use crate::cli::init::dialogue::Dialogue;
use crate::cli::init::plan::{Front, Plan};
use crate::cli::init::questions::readable_file;
use crate::cli::init::trial::{self, Trials, Verdict};
use crate::config::answer::{AnswerKind, parse};
use crate::platform::clock::Clock;

pub(super) fn ask(dialogue: &mut Dialogue, plan: &mut Plan, trials: Trials) -> anyhow::Result<()> {
    loop {
        plan.front = front(dialogue, plan)?;
        if settled(dialogue, plan)? == Verdict::Settled {
            break;
        }
    }
    plan.listen = plan.front.usual_address().to_owned();
    loop {
        plan.listen =
            dialogue.until("Address to listen on", Some(&plan.listen), |answer| parse(AnswerKind::Listen, answer))?;
        let problem = if trials == Trials::On { plan.listen_problem() } else { None };
        if trial::after(dialogue, problem.into_iter().collect())? == Verdict::Settled {
            return Ok(());
        }
    }
}

fn front(dialogue: &mut Dialogue, plan: &Plan) -> anyhow::Result<Front> {
    let options = [
        "https, with certificate files of yours",
        "https, through a proxy in front that ends TLS",
        "plain http on this machine only, to try it",
    ];
    let usual = if plan.is_for_this_machine() { 2 } else { 0 };
    Ok(match dialogue.choose("How do people reach it?", &options, usual)? {
        0 => Front::Certificate {
            certificate: dialogue.until("Certificate file (PEM)", None, readable_file)?,
            key: dialogue.until("Key file (PEM)", None, readable_file)?,
        },
        1 => {
            let question = "Address of the proxy, as this machine sees it";
            Front::Proxy(dialogue.until(question, Some("127.0.0.1, ::1"), |answer| {
                answer
                    .split([',', ' '])
                    .filter(|part| !part.is_empty())
                    .map(|one| parse(AnswerKind::TrustedProxy, one))
                    .collect()
            })?)
        }
        _ => Front::Loopback,
    })
}

/// Judges the answer as `config check` does: do the files fit each other, the host, and the date?
fn settled(dialogue: &mut Dialogue, plan: &Plan) -> anyhow::Result<Verdict> {
    if matches!(plan.front, Front::Loopback) && !plan.is_for_this_machine() {
        let host = &plan.host;
        dialogue.say(format!(
            "  plain http serves hosts of this machine only, such as app.localhost, and {host} is none: passwords would \
             be readable on the network"
        ))?;
        return Ok(Verdict::AskAgain);
    }
    match plan.draft() {
        Ok(config) => {
            let faults = config.certificate_faults(Clock::system().now());
            trial::after(dialogue, faults)
        }
        Err(mistakes) => {
            for mistake in mistakes.lines() {
                dialogue.say(format!("  {mistake}"))?;
            }
            Ok(Verdict::AskAgain)
        }
    }
}
