//! Whether a visitor can choose their client address: rules with `networks`, and every limit that is counted by
//! address, depend on it.
//!
//! No answer shows what the gateway read from `X-Forwarded-For`. But the gateway refuses a list that contains something
//! other than an address, as far as it reads it: up to the first address that is not a trusted proxy's. So an entry
//! that is not an address is detected if a proxy passes the field on unchanged, and, from a machine whose address is
//! trusted too, if it appends to the field. In the app it is visible in any case, if the app shows the headers it got.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;

pub(super) const CHECK: Check = Check {
    name: "client-address",
    about: "a visitor cannot choose their client address",
    codes: &[BELIEVED, SHOWN],
    run: |seen| Box::pin(chosen(seen)),
};

const BELIEVED: Code = Code::error("PD406", "the gateway uses a visitor's X-Forwarded-For");
const SHOWN: Code = Code::warning("PD407", "the app gets a visitor's X-Forwarded-For");

const FIELD: &str = "X-Forwarded-For";

/// Not an address, and not an obfuscated identifier either (RFC 7239 §6.3).
const NO_ADDRESS: &str = "doctor-7c1f";

/// A documentation address (RFC 5737).
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
                format!("with {FIELD}: {NO_ADDRESS} {target} answers {}, without it {}", answer.status, before.status);
            faults.push(Fault::new(BELIEVED, Fix::Client, said));
        }
    }
    let shown = shown(seen).await;
    let right = match &shown {
        Ok(()) => "neither the gateway nor the app gets a visitor's claim",
        Err(None) => "the gateway does not use a visitor's claim; use --echo to check what the app gets",
        Err(Some(_)) => "",
    };
    faults.extend(shown.err().flatten());
    Outcome::of(faults, right)
}

/// Whether the app gets a visitor's claim: `Ok` if it does not, the fault if it does, `Err(None)` if the app does not
/// show the headers it got.
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
