//! A second target in a header: whether the gateway sees where COPY and MOVE write (RFC 4918 §10.3).

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;

pub(super) const CHECK: Check = Check {
    name: "second-target",
    about: "the target in a Destination header is judged like the path",
    codes: &[UNSEEN],
    run: |seen| Box::pin(destination(seen)),
};

const UNSEEN: Code = Code::error("PD315", "the gateway does not get `Destination`");

/// A target on a reserved host (RFC 2606): a gateway that sees it refuses.
const ELSEWHERE: &str = "https://evil.example/public";

/// A target on an unknown host is refused before the visitor's credentials are judged, so the answer shows whether the
/// gateway saw it. A proxy that hides it from the gateway but passes it to the app lets COPY and MOVE write where no
/// rule is applied.
async fn destination(seen: &Examination) -> Outcome {
    let refusal = match seen.refusal() {
        Ok(refusal) => refusal,
        Err(outcome) => return outcome,
    };
    let request = ProbeRequest::person(&seen.probe.deployment.page()).field("Destination", ELSEWHERE);
    match seen.probe.ask(&request).await {
        Ok(answer) if answer.status < 300 || answer.status == refusal.status => {
            let said = format!("with Destination: {ELSEWHERE} the page answers {}, as without it", answer.status);
            Outcome::wrong(UNSEEN, Fix::SecondTarget, said)
        }
        Ok(answer) => Outcome::Right(format!("a Destination on another host is refused with {}", answer.status)),
        Err(silence) => Outcome::NotChecked(silence),
    }
}
