//! How codes are sent.

use crate::cli::init::dialogue::{Dialogue, is_none};
use crate::cli::init::plan::{Codes, CpaasAccount, MailAccount, MailServer, Plan, SANDBOX, Secret};
use crate::cli::init::questions::readable_file;
use crate::cli::init::trial::{self, Trials, Verdict};
use crate::cli::online::Subject;
use crate::config::answer::{AnswerKind, parse};

/// One way to send codes: how it is offered, and what is asked about it.
struct Way {
    offered: &'static str,
    ask: fn(&mut Dialogue, Option<&Codes>) -> anyhow::Result<Codes>,
    subject: Option<Subject>,
}

const SMS: Way = Way { offered: "by SMS through a CPaaS", ask: cpaas, subject: Some(Subject::Cpaas) };
const MAIL: Way = Way { offered: "by mail through a mail server", ask: mail, subject: Some(Subject::MailServer) };
const TRIAL: Way = Way {
    offered: "to a simulated phone on this machine, to try it (portcullis sandbox)",
    ask: sandbox,
    subject: None,
};

/// The sandbox is not in every build.
const WAYS: &[Way] = if cfg!(feature = "demo") { &[SMS, MAIL, TRIAL] } else { &[SMS, MAIL] };

pub(super) async fn ask(dialogue: &mut Dialogue, plan: &mut Plan, trials: Trials) -> anyhow::Result<()> {
    let mut before = None;
    let mut usual = if plan.is_for_this_machine() { WAYS.len() - 1 } else { 0 };
    loop {
        let offered: Vec<&str> = WAYS.iter().map(|way| way.offered).collect();
        let chosen = dialogue.choose("How are codes sent?", &offered, usual)?;
        // Whoever corrects an answer stays with the way that they chose.
        usual = chosen;
        let Some(way) = WAYS.get(chosen) else { continue };
        plan.codes = (way.ask)(dialogue, before.as_ref())?;
        before = Some(plan.codes.clone());
        let Some(subject) = way.subject else { return Ok(()) };
        if trial::of_answer(dialogue, plan, subject, trials).await? == Verdict::Settled {
            return Ok(());
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "asked like the other ways")]
fn sandbox(_: &mut Dialogue, _: Option<&Codes>) -> anyhow::Result<Codes> {
    Ok(Codes::Sandbox(SANDBOX.to_owned()))
}

fn cpaas(dialogue: &mut Dialogue, before: Option<&Codes>) -> anyhow::Result<Codes> {
    let before = if let Some(Codes::Cpaas(account)) = before { Some(account) } else { None };
    let base_url =
        text(dialogue, "URL of the CPaaS", before.map(|before| before.base_url.as_str()), AnswerKind::CpaasUrl)?;
    let client_id = text(
        dialogue,
        "Key of the project, or client id of the account",
        before.map(|before| before.client_id.as_str()),
        AnswerKind::Identifier,
    )?;
    let email = before.and_then(|before| before.email.as_deref());
    let email = optional(dialogue, "E-mail address of the account; empty for a project", email, AnswerKind::Email)?;
    let question = if email.is_some() { "Password of the account" } else { "Secret of the project" };
    let secret = Secret::Given(dialogue.secret(question, |typed| parse(AnswerKind::Secret, typed))?);
    Ok(Codes::Cpaas(CpaasAccount { base_url, client_id, email, secret, root_certificates: Vec::new() }))
}

fn mail(dialogue: &mut Dialogue, before: Option<&Codes>) -> anyhow::Result<Codes> {
    let before = if let Some(Codes::MailServer(server)) = before { Some(server) } else { None };
    let host = text(dialogue, "Mail server", before.map(|before| before.host.as_str()), AnswerKind::MailHost)?;
    let tls = before.map_or("starttls", |before| before.tls.as_str());
    let tls = text(dialogue, "TLS: starttls, implicit, or none on this machine", Some(tls), AnswerKind::Encryption)?;
    let port = before.and_then(|before| before.port).map(|port| port.to_string());
    let port = dialogue.until("Port; empty for the usual one", port.as_deref().or(Some("")), port_of)?;
    let from = before.map(|before| before.from.as_str());
    let from = text(dialogue, "Sender of the mails, such as gate@example.com", from, AnswerKind::Sender)?;
    let username = before.and_then(|before| before.account.as_ref()).map(|account| account.username.as_str());
    let username = optional(dialogue, "User name there; empty if it needs none", username, AnswerKind::Identifier)?;
    let account = match username {
        Some(username) => {
            let password = dialogue.secret("Password there", |typed| parse(AnswerKind::Secret, typed))?;
            Some(MailAccount { username, password: Secret::Given(password) })
        }
        None => None,
    };
    let authority = before.and_then(|before| before.root_certificates.first()).map(String::as_str);
    let root_certificates = authority_file(dialogue, authority)?.into_iter().collect();
    Ok(Codes::MailServer(MailServer { host, port, tls, from, account, root_certificates }))
}

fn text(dialogue: &mut Dialogue, question: &str, before: Option<&str>, kind: AnswerKind) -> anyhow::Result<String> {
    dialogue.until(question, before, |answer| parse(kind, answer))
}

fn optional(
    dialogue: &mut Dialogue,
    question: &str,
    before: Option<&str>,
    kind: AnswerKind,
) -> anyhow::Result<Option<String>> {
    dialogue.until(question, before.or(Some("")), |answer| {
        if is_none(answer) { Ok(None) } else { parse(kind, answer).map(Some) }
    })
}

/// The path of a file, absolute: the service is started elsewhere.
fn authority_file(dialogue: &mut Dialogue, before: Option<&str>) -> anyhow::Result<Option<String>> {
    let question = "Certificate file of its own authority; empty for a public one";
    dialogue.until(question, before.or(Some("")), |answer| {
        if is_none(answer) { Ok(None) } else { readable_file(answer).map(|file| Some(file.display().to_string())) }
    })
}

fn port_of(answer: &str) -> Result<Option<u16>, String> {
    if is_none(answer) {
        return Ok(None);
    }
    let port = answer.parse::<u16>().ok().filter(|port| *port > 0);
    port.map(Some).ok_or_else(|| "write a number from 1 to 65535, or nothing".to_owned())
}
