//! What somebody without a session is told: a person, a script, a WebSocket.

use super::super::examination::Examination;
use super::super::location;
use super::super::mend::Mend;
use super::super::proxy::Proxy;
use super::super::question::Question;
use super::doors::{mend_of, told};
use super::{Fault, Outcome};

pub(super) async fn person(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let page = probe.deployment.page();
    let answer = match &seen.page {
        Ok(answer) => answer,
        Err(silence) => return Outcome::NotChecked(silence.clone()),
    };
    let mut faults = Vec::new();
    let mut right = String::new();
    match answer.status {
        200..=299 => return Outcome::wrong(Mend::Ask, format!("{page} answers {} without a session", answer.status)),
        403 => {
            let why = "the gateway does not believe the proxy, or a rule denies the page";
            return Outcome::wrong(Mend::Believe, format!("{page} answers 403: {why}"));
        }
        // What nginx says when the answer to its question is none that it knows, such as 400.
        500 => {
            let why = "the gateway may have refused the proxy's question";
            return Outcome::wrong(Mend::Believe, format!("{page} answers 500: {why}; its log says why"));
        }
        400 | 404.. => return Outcome::wrong(mend_of(answer.status), format!("{page} answers {}", told(answer))),
        302 | 303 => match location::judge(&probe.deployment, &page, answer) {
            Ok(led) => right = led,
            Err(fault) => faults.push(fault),
        },
        _ => faults.push(Fault::new(Mend::Refusal, format!("{page} answers {} and not 302", told(answer)))),
    }
    // 307 and 308 would make the browser send the form to the sign-in page, with all that was typed into it.
    match probe.ask(&Question::person(&page).method("POST")).await {
        Ok(answer) if matches!(answer.status, 302 | 303) => {}
        Ok(answer) => {
            faults.push(Fault::new(Mend::Refusal, format!("POST {page} answers {} and not 303", told(&answer))));
        }
        Err(silence) => faults.push(Fault::new(Mend::Refusal, format!("POST {page}: {silence}"))),
    }
    Outcome::of(faults, right)
}

pub(super) fn program(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.refusal() {
        return outcome;
    }
    match &seen.program {
        Err(silence) => Outcome::NotChecked(silence.clone()),
        Ok(answer) if answer.status == 401 && answer.first("location").is_none() => Outcome::Right("401".to_owned()),
        Ok(answer) if answer.status < 300 => Outcome::wrong(Mend::Ask, format!("it answers {}", answer.status)),
        Ok(answer) if seen.proxy == Some(Proxy::IngressNginx) && answer.status == 302 => {
            Outcome::NotChecked("ingress-nginx has one answer for people and scripts (auth-signin)".to_owned())
        }
        Ok(answer) => {
            let why = "a script that follows a redirect takes the sign-in page for its data";
            Outcome::wrong(Mend::Refusal, format!("it answers {} and not 401: {why}", told(answer)))
        }
    }
}

pub(super) async fn websocket(seen: &Examination) -> Outcome {
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
            Outcome::wrong(Mend::Ask, "the handshake is answered 101 without a session")
        }
        Ok(answer) if answer.status < 300 => {
            Outcome::wrong(Mend::Ask, format!("the handshake is answered {} without a session", answer.status))
        }
        Ok(answer) => Outcome::Right(format!("refused with {}", answer.status)),
        Err(_) => Outcome::Right("refused without an answer".to_owned()),
    }
}
