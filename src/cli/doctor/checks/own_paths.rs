//! Our own paths: the pages of the portal, forward auth, the keys of assertions.

use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::location;
use crate::cli::doctor::outcome::{Code, Fault, Outcome, quoted};
use crate::cli::doctor::probe::Heard;
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;

pub(super) const PORTAL: Check = Check {
    name: "portal",
    about: "our own pages can be reached without a session",
    codes: &[NOT_PASSED, REFUSED, UNKNOWN_HOST, NO_GATEWAY, FORGOTTEN, NO_STYLE],
    run: |seen| Box::pin(portal(seen)),
};

pub(super) const DECISIONS: Check = Check {
    name: "decisions",
    about: "forward-auth requests are refused from outside",
    codes: &[DECIDED],
    run: |seen| Box::pin(decisions(seen)),
};

pub(super) const KEYS: Check = Check {
    name: "keys",
    about: "the keys of assertions can be fetched, if a site uses them",
    codes: &[FOREIGN_KEYS],
    run: |seen| Box::pin(keys(seen)),
};

const NOT_PASSED: Code =
    Code::error("PD201", "requests below `/portcullis/` do not reach the gateway, or require a session");
const REFUSED: Code =
    Code::error("PD202", "the gateway refuses requests that the proxy passes on below `/portcullis/`");
const UNKNOWN_HOST: Code = Code::error("PD203", "the proxy passes on a host other than the site's");
const NO_GATEWAY: Code = Code::error("PD204", "the proxy does not reach the gateway");
const DECIDED: Code = Code::error("PD205", "`/portcullis/authz/` answers forward-auth requests from outside");
const FOREIGN_KEYS: Code = Code::warning("PD206", "`/portcullis/jwks.json` does not come from the gateway");

const FORGOTTEN: Code = Code::error("PD207", "the sign-in page does not lead back to the page that was requested");
const NO_STYLE: Code = Code::warning("PD208", "style sheet and script of our pages do not come from the gateway");

async fn portal(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let deployment = &probe.deployment;
    if let Err(why) = probe.reached() {
        return Outcome::NotChecked(why);
    }
    let mut faults = Vec::new();
    let live = deployment.ours("/health/live");
    let mut passed = true;
    match probe.ask(&ProbeRequest::bare(&live)).await {
        Ok(answer) if answer.status == 200 && answer.text().trim().is_empty() => {}
        // The gateway answers the proxy about the page, so the proxy is the reason that it does not answer here,
        // whatever status the proxy sends (nginx answers 500 if it asks about our own pages, and is refused).
        Ok(answer) if answer.status != 200 && asks_us(seen) => {
            passed = false;
            faults.push(Fault::new(NOT_PASSED, Fix::Portal, format!("{live} answers {}", told(&answer))));
        }
        Ok(answer) if answer.status == 200 => {
            faults.push(Fault::new(
                NOT_PASSED,
                Fix::Portal,
                format!("{live} answers 200 with a page: it comes from the app, not from us"),
            ));
        }
        Ok(answer) => faults.push(status(&answer, &live)),
        Err(silence) => faults.push(Fault::new(NO_GATEWAY, Fix::Gateway, format!("{live}: {silence}"))),
    }
    let login = deployment.ours("/login");
    match sign_in_page(&login, &deployment.prefix, &seen.login) {
        Ok(()) => faults.extend([way_back(seen).await, style(seen).await].into_iter().flatten()),
        Err(fault) if !asks_us(seen) => faults.push(fault),
        Err(fault) if !passed => faults.push(Fault { code: NOT_PASSED, fix: Fix::Portal, ..fault }),
        // The gateway trusts the proxy, but the proxy passes on too little here.
        Err(fault) if fault.code == REFUSED => faults.push(Fault { fix: Fix::Original, ..fault }),
        Err(fault) => faults.push(fault),
    }
    Outcome::of(faults, format!("{live} and {login} answer"))
}

/// Whether the gateway is reached and trusts the proxy: the page is refused with the gateway's own redirect.
fn asks_us(seen: &Examination) -> bool {
    let page = seen.probe.deployment.page();
    seen.page.as_ref().is_ok_and(|answer| location::judge(&seen.probe.deployment, &page, answer).is_ok())
}

/// Follows the redirect of the page's refusal on this host: the form there must contain the way back. If the proxy
/// passes on another host, the gateway treats the page as another site's, and leads to the start page of the host that
/// it got.
async fn way_back(seen: &Examination) -> Option<Fault> {
    let deployment = &seen.probe.deployment;
    let page = deployment.page();
    let led = seen.page.as_ref().ok()?.first("location")?;
    let led = deployment.resolve(&page, led)?;
    if !deployment.is_here(&led) || led.path() != deployment.ours("/login") {
        return None;
    }
    let target = format!("{}?{}", led.path(), led.query().unwrap_or_default());
    let answer = seen.probe.ask(&ProbeRequest::person(&target)).await.ok()?;
    // The page's query contains this marker.
    let kept = answer.status != 200 || answer.text().contains("doctor=1");
    let said = || {
        format!("the form of {} does not contain the way back to {page}: the proxy passes on another host", led.path())
    };
    (!kept).then(|| Fault::new(FORGOTTEN, Fix::Host, said()))
}

/// The style sheet of the sign-in page, which a location for `.css` and `.js` may send elsewhere.
async fn style(seen: &Examination) -> Option<Fault> {
    let text = seen.login.as_ref().ok()?.text();
    let style = text.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|path| path.contains(".css"))?;
    let answer = seen.probe.ask(&ProbeRequest::bare(style)).await.ok()?;
    let ours = answer.status == 200 && answer.says("content-type", "text/css");
    (!ours).then(|| Fault::new(NO_STYLE, Fix::Portal, format!("{style} answers {}", told(&answer))))
}

/// The sign-in page must be ours, or redirect to the portal.
pub(super) fn sign_in_page(login: &str, prefix: &str, heard: &Heard) -> Result<(), Fault> {
    let answer =
        heard.as_ref().map_err(|silence| Fault::new(NO_GATEWAY, Fix::Gateway, format!("{login}: {silence}")))?;
    let form = answer.text().contains(&format!("action=\"{prefix}/login\""));
    let path = answer.first("location").map(|location| location.split(['?', '#']).next().unwrap_or_default());
    let leads_on = path.is_some_and(|path| path.ends_with("/login") && path != login || path.ends_with("/start"));
    match answer.status {
        200 if form => Ok(()),
        302 | 303 if leads_on => Ok(()),
        200 => Err(Fault::new(NOT_PASSED, Fix::Portal, format!("{login} answers 200 with a page that is not ours"))),
        _ => Err(status(answer, login)),
    }
}

/// The fault for an unexpected status of one of our own paths.
fn status(answer: &Answer, path: &str) -> Fault {
    let (code, fix) = match answer.status {
        // If we do not trust the proxy, we treat https requests as plain http, and refuse them.
        400 => (REFUSED, Fix::Believe),
        421 => (UNKNOWN_HOST, Fix::Host),
        500.. => (NO_GATEWAY, Fix::Gateway),
        _ => (NOT_PASSED, Fix::Portal),
    };
    Fault::new(code, fix, format!("{path} answers {}", told(answer)))
}

/// The status and the redirect target, if any.
pub(super) fn told(answer: &Answer) -> String {
    match answer.first("location") {
        Some(location) => format!("{} and redirects to {}", answer.status, quoted(location)),
        None => answer.status.to_string(),
    }
}

async fn decisions(seen: &Examination) -> Outcome {
    let probe = &seen.probe;
    let deployment = &probe.deployment;
    if let Err(why) = probe.reached() {
        return Outcome::NotChecked(why);
    }
    let page = deployment.path();
    let scheme = deployment.scheme().as_str();
    let authz = deployment.ours("/authz");
    let encoded = deployment.ours("/%61uthz");
    // One request in the form of each proxy, and two spellings that a careless rule lets through.
    let words = ["/forward-auth", "/auth-request", "/refusal"];
    let plain = words.iter().map(|word| format!("{authz}{word}")).chain([format!("{authz}/ext-authz{page}")]);
    let plain: Vec<_> = plain.collect();
    let odd = [format!("{encoded}/forward-auth"), deployment.ours("//authz/forward-auth")];
    let mut faults = Vec::new();
    for target in plain.iter().chain(&odd) {
        let request = ProbeRequest::person(target)
            .field("X-Forwarded-Method", "GET")
            .field("X-Forwarded-Proto", scheme)
            .field("X-Forwarded-Host", &deployment.authority())
            .field("X-Forwarded-Uri", page)
            .field("X-Original-Method", "GET")
            .field("X-Original-URL", &deployment.url_of(page));
        // Closing the connection is a refusal too.
        let Ok(answer) = probe.ask(&request).await else { continue };
        // 401 is an answer to the forward-auth request. If a proxy has no way to refuse it, it may route it nowhere,
        // which is a failure (503).
        let refused = answer.status >= 400 && answer.status != 401;
        // A proxy may treat an odd spelling as an ordinary page: then the way back is that page, not the page in the
        // forward-auth request.
        let is_a_page = odd.contains(target) && location::judge(deployment, target, &answer).is_ok();
        if !refused && !is_a_page {
            faults.push(Fault::new(DECIDED, Fix::Decisions, format!("{target} answers {}", told(&answer))));
        }
    }
    Outcome::of(faults, format!("{authz}/ is refused"))
}

async fn keys(seen: &Examination) -> Outcome {
    let path = seen.probe.deployment.ours("/jwks.json");
    match seen.probe.ask(&ProbeRequest::bare(&path)).await {
        Ok(answer) if answer.status == 200 => {
            let read = serde_json::from_slice::<serde_json::Value>(&answer.body).ok();
            match read.as_ref().and_then(|value| value.get("keys")?.as_array()) {
                Some(keys) => Outcome::Right(match keys.len() {
                    1 => format!("{path} has 1 key"),
                    count => format!("{path} has {count} keys"),
                }),
                None => Outcome::wrong(
                    FOREIGN_KEYS,
                    Fix::Portal,
                    format!("{path} answers 200 without a key set: it does not come from us"),
                ),
            }
        }
        Ok(answer) if answer.status == 404 => Outcome::NotChecked("no site uses assertions".to_owned()),
        // The same fault affects all our pages, and is reported there.
        Ok(answer) if answer.status == 421 || answer.status >= 500 => {
            Outcome::NotChecked(format!("{path} answers {}", answer.status))
        }
        // Also for 400: that is our answer to a forward-auth request for our own pages.
        Ok(answer) => Outcome::wrong(FOREIGN_KEYS, Fix::Portal, format!("{path} answers {}", told(&answer))),
        Err(silence) => Outcome::NotChecked(silence),
    }
}
