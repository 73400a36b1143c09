//! Spellings of a path that one parser reads as our own page and another as the protected page, and overridden methods.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;

pub(super) const SPELLINGS: Check = Check {
    name: "paths",
    about: "no spelling of a path opens the page",
    codes: &[OPEN_SPELLING],
    run: |seen| Box::pin(spellings(seen)),
};

pub(super) const METHODS: Check = Check {
    name: "methods",
    about: "TRACE is refused and a method cannot be overridden",
    codes: &[TRACE, OVERRIDE],
    run: |seen| Box::pin(methods(seen)),
};

const OPEN_SPELLING: Code = Code::error("PD311", "another spelling of the path opens the page");
const TRACE: Code = Code::warning("PD312", "TRACE is answered");
const OVERRIDE: Code = Code::error("PD313", "a visitor's header changes the method");

/// The page in spellings that must not open it. The first ones begin like our own pages, which need no session.
pub(super) fn tricks(prefix: &str, page: &str) -> Vec<String> {
    let bare = page.trim_start_matches('/');
    let (parent, last) = page.rsplit_once('/').unwrap_or(("", page));
    vec![
        format!("{prefix}/..{page}"),
        format!("{prefix}/%2e%2e{page}"),
        format!("{prefix}/..%2f{bare}"),
        format!("{prefix}/..;{page}"),
        format!("{prefix}\\..\\{bare}"),
        format!("{prefix}/#/..{page}"),
        format!("{prefix}/health/live/../../..{page}"),
        format!("/{page}"),
        format!("{parent}/./{last}"),
        format!("{parent}/%2e/{last}"),
        format!("{parent}/x/..%2f{last}"),
        format!("{page}#"),
    ]
}

async fn spellings(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.closed() {
        return outcome;
    }
    let deployment = &seen.probe.deployment;
    let tricks = tricks(&deployment.prefix, deployment.path());
    let count = tricks.len();
    let mut faults = Vec::new();
    for target in tricks {
        if let Ok(answer) = seen.probe.ask(&ProbeRequest::person(&target)).await
            && answer.status < 300
        {
            faults.push(Fault::new(
                OPEN_SPELLING,
                Fix::Paths,
                format!("{target} answers {} without a session", answer.status),
            ));
        }
    }
    Outcome::of(faults, format!("{count} spellings open nothing"))
}

async fn methods(seen: &Examination) -> Outcome {
    let refusal = match seen.closed() {
        Ok(refusal) => refusal,
        Err(outcome) => return outcome,
    };
    let page = seen.probe.deployment.page();
    let mut faults = Vec::new();
    if let Ok(answer) = seen.probe.ask(&ProbeRequest::bare(&page).method("TRACE")).await
        && answer.status < 300
    {
        let echo = "scripts can read cookies that HttpOnly hides from them";
        faults.push(Fault::new(TRACE, Fix::Trace, format!("TRACE answers {}: {echo}", answer.status)));
    }
    let mut request = ProbeRequest::person(&page);
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        request = request.field(name, "OPTIONS");
    }
    match seen.probe.ask(&request).await {
        Ok(answer) if answer.status == 400 || same(&answer, refusal) => {}
        Ok(answer) => {
            let seen = format!("with X-HTTP-Method-Override: OPTIONS the page answers {}", answer.status);
            faults.push(Fault::new(OVERRIDE, Fix::Override, seen));
        }
        Err(_) => {}
    }
    Outcome::of(faults, "TRACE is refused, and overriding changes nothing")
}

fn same(one: &Answer, other: &Answer) -> bool {
    (one.status, one.first("location")) == (other.status, other.first("location"))
}
