//! The answers to requests without a session: of a person, a script, a WebSocket.

use super::own_paths::{sign_in_page, told};
use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::location::{self, REDIRECT, WAY_BACK};
use crate::cli::doctor::outcome::{Code, Fault, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::doctor::proxy::Proxy;
use crate::cli::wire::Answer;
use crate::domain::origin::Scheme;

pub(super) const PERSON: Check = Check {
    name: "page",
    about: "a person without a session is redirected to the sign-in, and back to exactly the same URL",
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
const QUESTION: Code = Code::error("PD302", "the gateway refuses the proxy's forward-auth request for the page");
const FORM: Code = Code::warning("PD305", "a form without a session is not answered with 303");
const UNKNOWN_SITE: Code =
    Code::error("PD306", "the gateway does not know the host in the proxy's forward-auth request");
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
        302 | 303 => match location::judge(&probe.deployment, &page, answer) {
            Ok(led) => right = led,
            Err(fault) => faults.push(fault),
        },
        _ => faults.push(failure(seen, answer, &page)),
    }
    // 307 and 308 would make the browser send the form, with everything in it, to the sign-in page.
    match probe.ask(&ProbeRequest::person(&page).method("POST")).await {
        Ok(form) if matches!(form.status, 302 | 303) => {}
        // The fault of the page is already reported.
        Ok(form) if form.status == answer.status && !faults.is_empty() => {}
        Ok(form) if form.status < 300 => {
            faults.push(Fault::new(OPEN, Fix::Ask, format!("POST {page} answers {} without a session", form.status)));
        }
        Ok(form) => {
            faults.push(Fault::new(FORM, Fix::Refusal, format!("POST {page} answers {} instead of 303", told(&form))));
        }
        Err(silence) => faults.push(Fault::new(FORM, Fix::Refusal, format!("POST {page}: {silence}"))),
    }
    Outcome::of(faults, right)
}

/// The fault for an answer that is not a redirect to the sign-in.
fn failure(seen: &Examination, answer: &Answer, page: &str) -> Fault {
    let told = told(answer);
    let (code, fix, why) = match answer.status {
        200..=299 => (OPEN, Fix::Ask, " without a session"),
        // nginx answers 500 if the answer to its subrequest is a status that it does not handle, such as 400. If the
        // sign-in page works over https, the gateway trusts the proxy: then the forward-auth request is wrong.
        400 | 500 if believes(seen) => {
            (QUESTION, Fix::Original, ": the gateway refuses the forward-auth request; its log says why")
        }
        400 => (QUESTION, Fix::Believe, ""),
        500 => (QUESTION, Fix::Believe, ": the gateway may have refused the forward-auth request; its log says why"),
        403 => (QUESTION, Fix::Believe, ": the gateway does not trust the proxy, or a rule denies the page"),
        421 => (UNKNOWN_SITE, Fix::Host, ""),
        501.. => (FAILURE, Fix::Gateway, ""),
        404.. => (FAILURE, Fix::Ask, ""),
        _ => (REDIRECT, Fix::Refusal, " instead of 302"),
    };
    Fault::new(code, fix, format!("{page} answers {told}{why}"))
}

/// Whether the gateway trusts the proxy: it treats requests from an unknown proxy as plain http, and refuses them.
fn believes(seen: &Examination) -> bool {
    let deployment = &seen.probe.deployment;
    let page = sign_in_page(&deployment.ours("/login"), &deployment.prefix, &seen.login);
    deployment.scheme() == Scheme::Https && page.is_ok()
}

fn program(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.refusal() {
        return outcome;
    }
    match &seen.program {
        Err(silence) => Outcome::NotChecked(silence.clone()),
        Ok(answer) if answer.status == 401 && answer.first("location").is_none() => Outcome::Right("401".to_owned()),
        Ok(answer) if answer.status < 300 => {
            Outcome::wrong(OPEN_TO_SCRIPTS, Fix::Ask, format!("it answers {}", answer.status))
        }
        Ok(answer) if seen.proxy == Some(Proxy::IngressNginx) && answer.status == 302 => {
            Outcome::NotChecked("ingress-nginx has the same answer for people and scripts (auth-signin)".to_owned())
        }
        Ok(answer) => {
            let why = "a script that follows the redirect gets the sign-in page instead of its data";
            Outcome::wrong(SCRIPT, Fix::Refusal, format!("it answers {} instead of 401: {why}", told(answer)))
        }
    }
}

async fn websocket(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    if let Err(silence) = &seen.page {
        return Outcome::NotChecked(silence.clone());
    }
    let request = ProbeRequest::bare(&probe.deployment.page())
        .field("Connection", "Upgrade")
        .field("Upgrade", "websocket")
        .field("Sec-WebSocket-Version", "13")
        // Sixteen arbitrary bytes: no WebSocket is expected to open.
        .field("Sec-WebSocket-Key", "cG9ydGN1bGxpcy1kb2N0bw==")
        .field("Origin", &probe.deployment.origin());
    match probe.ask(&request).await {
        Ok(answer) if answer.status == 101 => {
            Outcome::wrong(OPEN_SOCKET, Fix::Ask, "the handshake is answered 101 without a session")
        }
        Ok(answer) if answer.status < 300 => Outcome::wrong(
            OPEN_SOCKET,
            Fix::Ask,
            format!("the handshake is answered {} without a session", answer.status),
        ),
        Ok(answer) => Outcome::Right(format!("refused with {}", answer.status)),
        Err(_) => Outcome::Right("refused without an answer".to_owned()),
    }
}
