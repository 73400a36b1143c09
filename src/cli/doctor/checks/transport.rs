//! Whether the deployment can be reached, and whether the connection is protected.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::deployment::Deployment;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome, quoted};
use crate::cli::doctor::probe::Heard;
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;
use crate::domain::origin::Scheme;

pub(super) const TLS: Check = Check {
    name: "tls",
    about: "the certificate is valid and plain http redirects to https",
    codes: &[UNREACHED, PLAIN_URL, CERTIFICATE, PLAIN_HTTP],
    run: |seen| Box::pin(tls(seen)),
};

const UNREACHED: Code = Code::error("PD101", "the address does not answer");
const PLAIN_URL: Code = Code::error("PD102", "the deployment is reached over plain http");
const CERTIFICATE: Code = Code::error("PD103", "the certificate is not valid");
const PLAIN_HTTP: Code = Code::error("PD104", "plain http is answered, or redirects to something other than https");

async fn tls(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let deployment = &probe.deployment;
    if let Err(why) = probe.reached() {
        return Outcome::wrong(UNREACHED, Fix::Reach, why);
    }
    if deployment.scheme() == Scheme::Http {
        return if deployment.is_on_this_machine() {
            Outcome::NotChecked("plain http on this machine".to_owned())
        } else {
            Outcome::wrong(
                PLAIN_URL,
                Fix::Https,
                "the URL is plain http: anyone on the network path can read passwords and cookies",
            )
        };
    }
    let mut faults = Vec::new();
    if let Err(why) = &probe.certificate {
        faults.push(Fault::new(CERTIFICATE, Fix::Certificate, format!("the certificate is not valid: {why}")));
    }
    let mut right =
        "the certificate is valid; plain http was not tested because this is not the default port".to_owned();
    if deployment.stands_on_its_usual_port() {
        match plain(deployment, &probe.ask_plainly(&ProbeRequest::person(&deployment.page())).await) {
            Ok(plain) => right = format!("the certificate is valid; plain http {plain}"),
            Err(fault) => faults.push(fault),
        }
    }
    Outcome::of(faults, right)
}

/// Plain http must redirect to https on this host, or be refused.
pub(super) fn plain(deployment: &Deployment, heard: &Heard) -> Result<String, Fault> {
    let Ok(answer) = heard else { return Ok("is not answered".to_owned()) };
    if let Some(location) = answer.first("location").filter(|_| is_redirect(answer)) {
        let led = deployment.resolve(&deployment.page(), location);
        let secure = led.is_some_and(|url| url.scheme() == "https" && url.host_str() == Some(deployment.host()));
        if secure && location.contains("://") {
            return Ok("redirects to https".to_owned());
        }
        return Err(Fault::new(PLAIN_HTTP, Fix::Https, format!("plain http redirects to {}", quoted(location))));
    }
    if answer.status >= 400 {
        return Ok(format!("is refused with {}", answer.status));
    }
    Err(Fault::new(PLAIN_HTTP, Fix::Https, format!("plain http answers {}", answer.status)))
}

fn is_redirect(answer: &Answer) -> bool {
    matches!(answer.status, 301 | 302 | 303 | 307 | 308)
}
