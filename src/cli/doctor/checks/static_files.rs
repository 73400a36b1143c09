//! Whether the proxy asks about every path, whatever its extension. Many existing configurations have a location for
//! `.css` and `.png` that goes directly to the app; it opens `/admin/report.png`, and much more in an app that ignores
//! an extension or the path after its script name.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome};
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;

pub(super) const CHECK: Check = Check {
    name: "static-files",
    about: "the proxy asks about static-file paths as well",
    codes: &[NOT_ASKED],
    run: |seen| Box::pin(extensions(seen)),
};

const NOT_ASKED: Code = Code::error(
    "PD314",
    "paths with the extension of a static file are answered without a session, and others are not",
);

/// Extensions that such locations commonly match.
const EXTENSIONS: [&str; 10] = ["css", "js", "png", "jpg", "svg", "ico", "woff2", "json", "map", "txt"];

/// No such file exists: an answer for it comes from a server that did not ask the gateway, or a rule lets everybody in.
const NAME: &str = "doctor-7c1f-nothing";

async fn extensions(seen: &Examination) -> Outcome {
    if let Err(outcome) = seen.refusal() {
        return outcome;
    }
    let page = seen.probe.deployment.path();
    let beside = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut folders = vec![String::new(), beside.to_owned()];
    folders.dedup();
    let mut faults = Vec::new();
    let mut looked_at = Vec::new();
    for folder in folders {
        let path = format!("{folder}/{NAME}");
        // If a path without extension is open as well, a rule opens it, and there is nothing to compare with.
        let Ok(refusal) = seen.probe.ask(&ProbeRequest::person(&path)).await else { continue };
        if !matches!(refusal.status, 300..=399 | 401) {
            continue;
        }
        looked_at.push(format!("{folder}/"));
        let mut open = Vec::new();
        for extension in EXTENSIONS {
            if let Ok(answer) = seen.probe.ask(&ProbeRequest::person(&format!("{path}.{extension}"))).await
                && !is_same(&refusal, &answer)
            {
                open.push(format!(".{extension} ({})", answer.status));
            }
        }
        if !open.is_empty() {
            let open = open.join(", ");
            let said =
                format!("below {folder}/ no sign-in is required for {open}; nothing is wrong if a rule opens them");
            faults.push(Fault::new(NOT_ASKED, Fix::StaticFiles, said));
        }
    }
    if looked_at.is_empty() {
        return Outcome::NotChecked("no folder of the page requires a session".to_owned());
    }
    Outcome::of(faults, format!("{} extensions below {} require a session", EXTENSIONS.len(), looked_at.join(" and ")))
}

/// Whether this is the same refusal as without extension. The query of the redirect contains the path, so it is
/// ignored.
fn is_same(refusal: &Answer, answer: &Answer) -> bool {
    let leads =
        |answer: &Answer| answer.first("location").map(|to| to.split('?').next().unwrap_or_default().to_owned());
    (refusal.status, leads(refusal)) == (answer.status, leads(answer))
}
