//! Whether a visitor can choose the address that they come from: rules with `networks`, and every limit that counts by
//! address, hang on it.
//!
//! What the gateway made of `X-Forwarded-For` is shown to nobody. But it refuses a list in which something else than an
//! address stands, as far as it reads it: up to the first address that is no trusted proxy's. So a word that is no
//! address is noticed where a proxy passes the field on as it came, and, from a machine whose address is trusted too,
//! where it appends to it. To the app it is visible in any case, if the app shows what it got.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;

pub(super) const CHECK: Check = Check {
    name: "client-address",
    about: "a visitor cannot choose the address that they come from",
    codes: &[BELIEVED, SHOWN],
    run: |seen| Box::pin(chosen(seen)),
};

const BELIEVED: Code = Code::error("PD406", "the gateway reads the X-Forwarded-For that a visitor sent");
const SHOWN: Code = Code::warning("PD407", "the app gets the X-Forwarded-For that a visitor sent");

const FIELD: &str = "X-Forwarded-For";

/// No address, and nobody's obfuscated one either (RFC 7239 §6.3).
const NO_ADDRESS: &str = "doctor-7c1f";

/// An address of nobody (RFC 5737).
const CLAIMED: &str = "203.0.113.77";

async fn chosen(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let page = probe.deployment.page();
    let login = probe.deployment.ours("/login");
    if let Err(outcome) = seen.closed() {
        return outcome;
    }
    let mut faults = Vec::new();
    for (target, before) in [(&page, &seen.page), (&login, &seen.login)] {
        let Ok(before) = before else { continue };
        let claim = ProbeRequest::person(target).field(FIELD, NO_ADDRESS);
        if let Ok(answer) = probe.ask(&claim).await
            && answer.status != before.status
        {
            let said =
                format!("with {FIELD}: {NO_ADDRESS} {target} answers {}, and {} without", answer.status, before.status);
            faults.push(Fault::new(BELIEVED, Fix::Client, said));
        }
    }
    let shown = shown(seen).await;
    let right = match &shown {
        Ok(()) => "neither the gateway nor the app is told what a visitor claims",
        Err(None) => "the gateway does not read what a visitor claims; --echo shows what the app gets",
        Err(Some(_)) => "",
    };
    faults.extend(shown.err().flatten());
    Outcome::of(faults, right)
}

/// What the app shows of a claim: nothing, the claim, or (`None`) it does not show what it gets.
async fn shown(seen: &Examination) -> Result<(), Option<Fault>> {
    let (Some(echo), Ok(cookie)) = (&seen.echo, &seen.session) else { return Err(None) };
    let claim = ProbeRequest::person(echo).field(FIELD, CLAIMED).field("X-Real-IP", CLAIMED);
    match seen.probe.ask_with(&claim, cookie).await {
        Ok(answer) if answer.status < 300 && answer.text().contains(CLAIMED) => {
            let said = format!("the app sees {CLAIMED}, which a visitor claimed in {FIELD} or X-Real-IP");
            Err(Some(Fault::new(SHOWN, Fix::Client, said)))
        }
        Ok(_) => Ok(()),
        Err(_) => Err(None),
    }
}
