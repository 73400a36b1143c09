//! Tries an answer at once, and asks what to do if that fails.

use super::dialogue::{AfterFailure, Dialogue};
use super::plan::Plan;
use crate::cli::online::{self, Finding, Report, Subject};
use crate::cli::terminal;
use crate::config::load::Config;

/// Whether answers are tried on the network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trials {
    On,
    /// `--offline`.
    Off,
}

/// What becomes of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Settled,
    AskAgain,
}

/// Judges the plan as a configuration, then tries one part of it.
pub(super) async fn of_answer(
    dialogue: &mut Dialogue,
    plan: &Plan,
    subject: Subject,
    trials: Trials,
) -> anyhow::Result<Verdict> {
    let config = match plan.draft() {
        Ok(config) => config,
        Err(mistakes) => {
            for mistake in mistakes.lines() {
                dialogue.say(format!("  {mistake}"))?;
            }
            return Ok(Verdict::AskAgain);
        }
    };
    if trials == Trials::Off {
        return Ok(Verdict::Settled);
    }
    let report = online::check(&config, &[subject]).await;
    for line in &report.reached {
        dialogue.say(format!("  {}", line.split_once(": ").map_or(line.as_str(), |(_, line)| line)))?;
    }
    let mut problems: Vec<String> = report.findings.into_iter().map(|finding| finding.what).collect();
    if subject == Subject::Sites && !problems.is_empty() {
        problems.extend(authority_hint(plan).map(str::to_owned));
    }
    after(dialogue, problems)
}

/// Shows what failed, if anything did, and asks what to do.
pub(super) fn after(dialogue: &mut Dialogue, problems: Vec<String>) -> anyhow::Result<Verdict> {
    if problems.is_empty() {
        return Ok(Verdict::Settled);
    }
    for problem in problems {
        dialogue.say(format!("  {problem}"))?;
    }
    Ok(match dialogue.after_failure()? {
        AfterFailure::Correct => Verdict::AskAgain,
        AfterFailure::GoOn => Verdict::Settled,
    })
}

/// `init` does not ask for what an app with an authority of its own needs: it is added to the file afterwards.
fn authority_hint(plan: &Plan) -> Option<&'static str> {
    plan.upstream.starts_with("https://").then_some(
        "if its certificate is from an authority of your own, write it untried, and add two lines at the end of \
         portcullis.toml afterwards: `[sites.tls]` and `ca = \"/path/of/ca.pem\"` (or `insecure = true`, which trusts any certificate)",
    )
}

/// Tries everything that was answered, without questions. Fails if something does not work.
pub(super) async fn of_everything(plan: &Plan, config: &Config) -> anyhow::Result<()> {
    let mut subjects = vec![Subject::Sites, Subject::Store, Subject::MailServer];
    // The sandbox is started after this.
    if !plan.is_for_trial() {
        subjects.push(Subject::Cpaas);
    }
    let Report { reached, findings } = online::check(config, &subjects).await;
    for line in reached {
        terminal::print(&format!("{line}\n"))?;
    }
    let mut failed = findings.len();
    let hint = authority_hint(plan).filter(|_| findings.iter().any(|finding| finding.at.key.starts_with("sites")));
    for Finding { at, what, remedy, .. } in findings {
        terminal::tell(&format!("{}: {what}; {remedy}", at.key));
    }
    if let Some(hint) = hint {
        terminal::tell(hint);
    }
    if let Some(problem) = plan.listen_problem() {
        terminal::tell(&format!("server.listen: {problem}"));
        failed += 1;
    }
    anyhow::ensure!(failed == 0, "nothing was written; correct the options, or write it untried with --offline");
    Ok(())
}
