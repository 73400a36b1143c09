//! What somebody without a session is told: a person, a script, a WebSocket.

use super::super::super::wire::Answer;
use super::super::examination::Examination;
use super::super::location;
use super::super::mend::Mend;
use super::super::proxy::Proxy;
use super::super::question::Question;
use super::doors::told;
use super::{Check, Code, Fault, Outcome};

pub(super) const PERSON: Check = Check {
    name: "page",
    about: "a person without a session is led to sign in, and back to exactly where they were",
    codes: &[OPEN, QUESTION, REDIRECT, WAY_BACK, FORM, UNKNOWN_SITE, FAILURE],
    run: |seen| Box::pin(person(seen)),
};

pub(super) const PROGRAM: Check = Check {
    name: "program",
    about: "a script without a session gets 401",
    codes: &[OPEN_TO_SCRIPTS, SCRIPT],
    run: |seen| Box::pin(std::future::ready(program(seen))),
};

pub(super) const WEBSOCKET: Check = Check {
    name: "websocket",
    about: "no WebSocket opens without a session",
    codes: &[OPEN_SOCKET],
    run: |seen| Box::pin(websocket(seen)),
};

const OPEN: Code = Code::error("PD301", "the page is open without a session");
const QUESTION: Code = Code::error("PD302", "the gateway refuses the question that the proxy asks about the page");
/// It leads nowhere, or elsewhere than to our sign-in.
pub(in crate::cli::doctor) const REDIRECT: Code =
    Code::error("PD303", "a person without a session is not led to sign in");
/// Another host, another scheme or another page.
pub(in crate::cli::doctor) const WAY_BACK: Code =
    Code::error("PD304", "the sign-in leads elsewhere than back to the page that was asked for");
const FORM: Code = Code::warning("PD305", "a form without a session is not answered with 303");
const UNKNOWN_SITE: Code =
    Code::error("PD306", "the gateway does not know the host in the question that the proxy asks");
const FAILURE: Code = Code::error("PD307", "the page answers with an error");
const OPEN_TO_SCRIPTS: Code = Code::error("PD308", "the page is open to scripts without a session");
const SCRIPT: Code = Code::warning("PD309", "a script without a session is not answered with 401");
const OPEN_SOCKET: Code = Code::error("PD310", "a WebSocket opens without a session");

async fn person(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let page = probe.deployment.page();
    let answer = match &seen.page {
        Ok(answer) => answer,
        Err(silence) => return Outcome::NotChecked(silence.clone()),
    };
    let mut faults = Vec::new();
    let mut right = String::new();
    match answer.status {
        200..=299 => {
            return Outcome::wrong(OPEN, Mend::Ask, format!("{page} answers {} without a session", answer.status));
        }
        403 => {
            let why = "the gateway does not believe the proxy, or a rule denies the page";
            return Outcome::wrong(QUESTION, Mend::Believe, format!("{page} answers 403: {why}"));
        }
        // What nginx says when the answer to its question is none that it knows, such as 400.
        500 => {
            let why = "the gateway may have refused the proxy's question";
            return Outcome::wrong(QUESTION, Mend::Believe, format!("{page} answers 500: {why}; its log says why"));
        }
        400 | 404.. => return Outcome::Found(vec![failure(answer, &page)]),
        302 | 303 => match location::judge(&probe.deployment, &page, answer) {
            Ok(led) => right = led,
            Err(fault) => faults.push(fault),
        },
        _ => faults.push(Fault::new(REDIRECT, Mend::Refusal, format!("{page} answers {} and not 302", told(answer)))),
    }
    // 307 and 308 would make the browser send the form to the sign-in page, with all that was typed into it.
    match probe.ask(&Question::person(&page).method("POST")).await {
        Ok(answer) if matches!(answer.status, 302 | 303) => {}
        Ok(answer) => {
            faults.push(Fault::new(FORM, Mend::Refusal, format!("POST {page} answers {} and not 303", told(&answer))));
        }
        Err(silence) => faults.push(Fault::new(FORM, Mend::Refusal, format!("POST {page}: {silence}"))),
    }
    Outcome::of(faults, right)
}

/// An error in the place of a refusal.
fn failure(answer: &Answer, page: &str) -> Fault {
    let (code, mend) = match answer.status {
        // Without believing a proxy we hold what came by https for plain http, and refuse it.
        400 => (QUESTION, Mend::Believe),
        421 => (UNKNOWN_SITE, Mend::Host),
        500.. => (FAILURE, Mend::Gateway),
        _ => (FAILURE, Mend::Ask),
    };
    Fault::new(code, mend, format!("{page} answers {}", told(answer)))
}

fn program(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.refusal() {
        return outcome;
    }
    match &seen.program {
        Err(silence) => Outcome::NotChecked(silence.clone()),
        Ok(answer) if answer.status == 401 && answer.first("location").is_none() => Outcome::Right("401".to_owned()),
        Ok(answer) if answer.status < 300 => {
            Outcome::wrong(OPEN_TO_SCRIPTS, Mend::Ask, format!("it answers {}", answer.status))
        }
        Ok(answer) if seen.proxy == Some(Proxy::IngressNginx) && answer.status == 302 => {
            Outcome::NotChecked("ingress-nginx has one answer for people and scripts (auth-signin)".to_owned())
        }
        Ok(answer) => {
            let why = "a script that follows a redirect takes the sign-in page for its data";
            Outcome::wrong(SCRIPT, Mend::Refusal, format!("it answers {} and not 401: {why}", told(answer)))
        }
    }
}

async fn websocket(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    if let Err(silence) = &seen.page {
        return Outcome::NotChecked(silence.clone());
    }
    let question = Question::bare(&probe.deployment.page())
        .field("Connection", "Upgrade")
        .field("Upgrade", "websocket")
        .field("Sec-WebSocket-Version", "13")
        // Sixteen bytes of nothing in particular: no socket is meant to come of it.
        .field("Sec-WebSocket-Key", "cG9ydGN1bGxpcy1kb2N0bw==")
        .field("Origin", &probe.deployment.origin());
    match probe.ask(&question).await {
        Ok(answer) if answer.status == 101 => {
            Outcome::wrong(OPEN_SOCKET, Mend::Ask, "the handshake is answered 101 without a session")
        }
        Ok(answer) if answer.status < 300 => Outcome::wrong(
            OPEN_SOCKET,
            Mend::Ask,
            format!("the handshake is answered {} without a session", answer.status),
        ),
        Ok(answer) => Outcome::Right(format!("refused with {}", answer.status)),
        Err(_) => Outcome::Right("refused without an answer".to_owned()),
    }
}
