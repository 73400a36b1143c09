//! Fields that only a proxy may set, sent by a stranger: an identity, and the original request.

use super::own_paths;
use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome, quoted};
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;
use crate::domain::origin::Scheme;

pub(super) const SPOOFED_IDENTITY: Check = Check {
    name: "spoofed-identity",
    about: "a stranger's identity headers open nothing",
    codes: &[BELIEVED],
    run: |seen| Box::pin(identity(seen)),
};

pub(super) const IDENTITY: Check = Check {
    name: "identity",
    about: "the app gets the identity only from us",
    codes: &[APP_BELIEVES, NOT_TOLD, TOLD_TWICE],
    run: |seen| Box::pin(told(seen)),
};

pub(super) const SPOOFED_ORIGIN: Check = Check {
    name: "spoofed-origin",
    about: "a stranger's forwarding headers change nothing",
    codes: &[MOVED],
    run: |seen| Box::pin(origin(seen)),
};

const BELIEVED: Code = Code::error("PD401", "a visitor's identity header opens the page");
const APP_BELIEVES: Code = Code::error("PD402", "the app gets a visitor's identity headers");
const NOT_TOLD: Code = Code::error("PD403", "the app does not get the signed-in person's identity");
const TOLD_TWICE: Code = Code::error("PD404", "the app gets more than one `Remote-User`");
const MOVED: Code = Code::error("PD405", "a visitor's forwarding header changes the answer");

/// The user name that the stranger claims. No account has it.
pub(super) const IMPOSTOR: &str = "doctor-7c1f-impostor";

type Fields = &'static [(&'static str, &'static str)];

/// Every spelling that some app reads as `Remote-User` (CGI, WSGI and PHP fold `-`, `_` and case together).
pub(super) const SPELLINGS: [Fields; 6] = [
    &[("Remote-User", IMPOSTOR), ("Remote-Groups", IMPOSTOR), ("Remote-Email", IMPOSTOR), ("Remote-Name", IMPOSTOR)],
    &[("REMOTE_USER", IMPOSTOR), ("Remote_Groups", IMPOSTOR)],
    &[("remote.user", IMPOSTOR)],
    &[("Remote-User", IMPOSTOR), ("remote-user", IMPOSTOR)],
    &[("Remote-User", IMPOSTOR), ("Connection", "close, Remote-User, Remote-Groups")],
    &[("X-Portcullis-Assertion", IMPOSTOR), ("X_Portcullis_Assertion", IMPOSTOR)],
];

/// What the stranger claims about the original request. `evil.example` is a reserved name (RFC 2606).
const ORIGINS: [(Fix, Fields); 10] = [
    (Fix::Original, &[("X-Forwarded-Host", "evil.example")]),
    (Fix::Original, &[("X-Forwarded-Proto", "http"), ("X-Forwarded-Port", "80")]),
    (Fix::Original, &[("X-Forwarded-Uri", "/public"), ("X-Forwarded-Prefix", "/public")]),
    (Fix::Original, &[("X-Forwarded-Method", "OPTIONS"), ("X-Original-Method", "OPTIONS")]),
    (Fix::Original, &[("X-Original-URL", "https://evil.example/public"), ("X-Original-URI", "/public")]),
    (Fix::Original, &[("X-Rewrite-URL", "/public")]),
    (
        Fix::Replacements,
        &[("X-HTTP-Path-Override", "/public"), ("X-Override-URL", "/public"), ("X-Script-Name", "/public")],
    ),
    (Fix::Original, &[("Forwarded", "for=127.0.0.1;host=evil.example;proto=http")]),
    (Fix::Original, &[("X-Forwarded-For", "127.0.0.1"), ("X-Real-IP", "127.0.0.1")]),
    (Fix::Original, &[("X-Forwarded-For", "10.0.0.1"), ("X-Real-IP", "10.0.0.1")]),
];

fn with(request: ProbeRequest, fields: Fields) -> ProbeRequest {
    fields.iter().fold(request, |request, (name, value)| request.field(name, value))
}

fn names(fields: Fields) -> String {
    let names: Vec<String> = fields.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    names.join(", ")
}

async fn identity(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.closed() {
        return outcome;
    }
    let page = seen.probe.deployment.page();
    let mut faults = Vec::new();
    for fields in SPELLINGS {
        if let Ok(answer) = seen.probe.ask(&with(ProbeRequest::person(&page), fields)).await
            && answer.status < 300
        {
            let said = format!("with {} the page answers {} without a session", names(fields), answer.status);
            faults.push(Fault::new(BELIEVED, Fix::Identity, said));
        }
    }
    Outcome::of(faults, format!("{} spellings open nothing", SPELLINGS.len()))
}

async fn told(seen: &Examination) -> Outcome {
    let Some(echo) = &seen.echo else {
        return Outcome::NotChecked(
            "this check needs a path of the app that shows its request headers (--echo)".to_owned(),
        );
    };
    let cookie = match &seen.session {
        Ok(cookie) => cookie,
        Err(why) => return Outcome::NotChecked(why.clone()),
    };
    let plain = match seen.probe.ask_with(&ProbeRequest::person(echo), cookie).await {
        Ok(answer) if answer.status == 200 => answer,
        Ok(answer) => return Outcome::NotChecked(format!("{echo} answers {} with the session", answer.status)),
        Err(silence) => return Outcome::NotChecked(silence),
    };
    let mut faults: Vec<Fault> = told_once(&plain).err().into_iter().collect();
    if faults.is_empty() {
        for fields in SPELLINGS {
            // A refusal is right too: the app must only not get a field that it reads as ours.
            if let Ok(answer) = seen.probe.ask_with(&with(ProbeRequest::person(echo), fields), cookie).await
                && answer.status < 300
                && let Err(fault) = told_once(&answer)
            {
                faults.push(Fault::new(fault.code, fault.fix, format!("with {}: {}", names(fields), fault.seen)));
            }
        }
    }
    Outcome::of(faults, "the app sees one Remote-User, and it is ours")
}

/// The page must show one `Remote-User`, and nothing of the impostor.
pub(super) fn told_once(answer: &Answer) -> Result<(), Fault> {
    let text = answer.text();
    if text.contains(IMPOSTOR) {
        return Err(Fault::new(APP_BELIEVES, Fix::Identity, "the app sees the stranger's value"));
    }
    match count(&text) {
        1 => Ok(()),
        0 => Err(Fault::new(NOT_TOLD, Fix::Identity, "the app gets no Remote-User")),
        more => Err(Fault::new(TOLD_TWICE, Fix::Identity, format!("the app sees Remote-User {more} times"))),
    }
}

/// How often `Remote-User` occurs as a name: before `:` or `=`, possibly quoted, in any spelling.
fn count(text: &str) -> usize {
    let text = text.to_ascii_lowercase().replace(['_', '.'], "-");
    let found = text.match_indices("remote-user");
    let is_name = |rest: &str| {
        let rest = rest.trim_start_matches(['"', '\'', ' ', ']', ')']);
        rest.starts_with(':') || rest.starts_with('=') || rest.starts_with("&#34;") || rest.starts_with("&quot;")
    };
    found.filter(|(at, name)| text.get(at + name.len()..).is_some_and(is_name)).count()
}

async fn origin(seen: &Examination) -> Outcome {
    let refusal = match seen.closed() {
        Ok(refusal) => refusal,
        Err(outcome) => return outcome,
    };
    let page = seen.probe.deployment.page();
    let mut faults = Vec::new();
    for (fix, fields) in ORIGINS {
        // On an http deployment, a claim of `http` changes nothing.
        if fields.iter().any(|(_, value)| *value == "http") && seen.probe.deployment.scheme() == Scheme::Http {
            continue;
        }
        if let Ok(answer) = seen.probe.ask(&with(ProbeRequest::person(&page), fields)).await
            && let Err(why) = unmoved(refusal, &answer)
        {
            faults.push(Fault::new(MOVED, fix, format!("with {} the page {why}", names(fields))));
        }
    }
    Outcome::of(faults, "they change nothing")
}

/// The answer must be the same refusal as without the stranger's fields, or 400.
pub(super) fn unmoved(refusal: &Answer, answer: &Answer) -> Result<(), String> {
    if answer.status == 400 {
        return Ok(());
    }
    if answer.status < 300 {
        return Err(format!("answers {} without a session", answer.status));
    }
    let before = refusal.first("location");
    let after = answer.first("location");
    if before == after {
        return Ok(());
    }
    let before = before.map_or_else(|| refusal.status.to_string(), quoted);
    Err(format!("answers {}, without it {before}", own_paths::told(answer)))
}
