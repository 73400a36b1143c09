//! The headers of our own answers: cookies, caching, security headers.

use super::own_paths::sign_in_page;
use crate::cli::doctor::check::Check;
use crate::cli::doctor::examination::Examination;
use crate::cli::doctor::fix::Fix;
use crate::cli::doctor::outcome::{Code, Fault, Outcome, quoted};
use crate::cli::doctor::probe_request::ProbeRequest;
use crate::cli::wire::Answer;
use crate::domain::origin::Scheme;

pub(super) const COOKIES: Check = Check {
    name: "cookies",
    about: "cookies are bound to this host and to https, and hidden from scripts",
    codes: &[NO_COOKIE, LOOSE_COOKIE, SHARED_COOKIE],
    run: |seen| Box::pin(cookies(seen)),
};

pub(super) const CACHING: Check = Check {
    name: "caching",
    about: "our answers are not cached",
    codes: &[STORABLE, CACHED],
    run: |seen| Box::pin(std::future::ready(caching(seen))),
};

pub(super) const HEADERS: Check = Check {
    name: "headers",
    about: "our pages keep their security headers",
    codes: &[NO_HEADERS, NO_HSTS],
    run: |seen| Box::pin(std::future::ready(headers(seen))),
};

const NO_COOKIE: Code = Code::error("PD501", "the sign-in page sets no cookie");
const LOOSE_COOKIE: Code = Code::error("PD502", "a cookie lacks an attribute or its prefix");
const SHARED_COOKIE: Code = Code::note("PD507", "a cookie is sent to every host below a domain");
const STORABLE: Code = Code::warning("PD503", "one of our answers has no `no-store`");
const CACHED: Code = Code::error("PD504", "one of our answers comes from a cache");
const NO_HEADERS: Code = Code::warning("PD505", "a security header of our pages is missing or changed");
const NO_HSTS: Code = Code::warning("PD506", "Strict-Transport-Security is missing");

/// The sign-in page of this host, if it is ours.
fn sign_in(seen: &Examination) -> Result<&Answer, Outcome> {
    let deployment = &seen.probe.deployment;
    let not_ours = Outcome::NotChecked("the sign-in page is not ours".to_owned());
    match (&seen.login, sign_in_page(&deployment.ours("/login"), &deployment.prefix, &seen.login)) {
        (Ok(answer), Ok(())) => Ok(answer),
        (Ok(_) | Err(_), _) => Err(not_ours),
    }
}

async fn cookies(seen: &Examination) -> Outcome {
    let login = match sign_in(seen) {
        Ok(login) => login,
        Err(outcome) => return outcome,
    };
    let mut lines: Vec<String> = login.all("set-cookie").map(str::to_owned).collect();
    // If people sign in on another host, the cookie of this host is set at `/start`.
    let start = seen.page.as_ref().ok().and_then(|page| page.first("location"));
    let start = start.and_then(|location| seen.probe.deployment.resolve("/", location));
    if let Some(start) = start.filter(|start| start.path() == seen.probe.deployment.ours("/start")) {
        let target = format!("{}?{}", start.path(), start.query().unwrap_or_default());
        if let Ok(answer) = seen.probe.ask(&ProbeRequest::person(&target)).await {
            lines.extend(answer.all("set-cookie").map(str::to_owned));
        }
    }
    if lines.is_empty() && login.status == 200 {
        return Outcome::wrong(NO_COOKIE, Fix::Cookies, "the sign-in page sets no cookie: the proxy removes it");
    }
    if lines.is_empty() {
        return Outcome::NotChecked("this host sets no cookie before the sign-in".to_owned());
    }
    let scheme = seen.probe.deployment.scheme();
    let faults = lines.iter().filter_map(|line| cookie(line, scheme).err()).collect();
    let names: Vec<&str> = lines.iter().map(|line| name(line)).collect();
    Outcome::of(faults, names.join(", "))
}

fn name(line: &str) -> &str {
    line.split('=').next().unwrap_or_default().trim()
}

/// Judges one `Set-Cookie` line. Its value is ignored.
pub(super) fn cookie(line: &str, scheme: Scheme) -> Result<(), Fault> {
    let name = name(line);
    let attributes: Vec<String> = line.split(';').skip(1).map(|part| part.trim().to_ascii_lowercase()).collect();
    let has = |attribute: &str| attributes.iter().any(|written| written == attribute);
    let domain = attributes.iter().any(|written| written.starts_with("domain="));
    let https = scheme == Scheme::Https;
    let lacks = [
        (!has("httponly"), "HttpOnly"),
        (!has("samesite=lax"), "SameSite=Lax"),
        (!has("path=/"), "Path=/"),
        (https && !has("secure"), "Secure"),
        (https && !domain && !name.starts_with("__Host-"), "the prefix __Host-"),
        (https && domain && !name.starts_with("__Secure-"), "the prefix __Secure-"),
    ];
    let lacks: Vec<&str> = lacks.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect();
    if lacks.is_empty() {
        let shared = || format!("the cookie {} is sent to every host below its Domain", quoted(name));
        return if domain { Err(Fault::new(SHARED_COOKIE, Fix::Domain, shared())) } else { Ok(()) };
    }
    // A missing prefix over https is not caused by the proxy changing the cookie: the gateway believed that the visitor
    // came by http.
    let fix = if lacks.iter().any(|what| what.starts_with("the prefix")) { Fix::Original } else { Fix::Cookies };
    Err(Fault::new(LOOSE_COOKIE, fix, format!("the cookie {} lacks {}", quoted(name), lacks.join(", "))))
}

fn caching(seen: &Examination) -> Outcome {
    let refused = seen.refusal().is_ok();
    let pages = [
        ("the sign-in page", &seen.login, sign_in(seen).is_ok()),
        ("the redirect", &seen.page, refused),
        ("the refusal of a script", &seen.program, refused),
    ];
    let mut faults = Vec::new();
    let mut looked_at = Vec::new();
    for (what, heard, ours) in pages {
        if let (Ok(answer), true) = (heard, ours) {
            looked_at.push(what);
            if !answer.says("cache-control", "no-store") {
                let said = answer.first("cache-control").unwrap_or_default();
                faults.push(Fault::new(STORABLE, Fix::Caching, format!("{what} has Cache-Control {}", quoted(said))));
            }
        }
    }
    for (what, heard) in [("the page", &seen.page_again), ("the sign-in page", &seen.login_again)] {
        if let Some(sign) = heard.as_ref().ok().and_then(from_cache) {
            faults.push(Fault::new(CACHED, Fix::Caching, format!("{what} comes from a cache: {sign}")));
        }
    }
    if looked_at.is_empty() && faults.is_empty() {
        return Outcome::NotChecked("none of the answers was ours".to_owned());
    }
    Outcome::of(faults, format!("no-store on {}", looked_at.join(", ")))
}

/// How caches mark a cached answer (RFC 9111 §5.1, RFC 9211, and older fields).
fn from_cache(answer: &Answer) -> Option<String> {
    if let Some(age) = answer.first("age").filter(|age| *age != "0") {
        return Some(format!("Age: {}", quoted(age)));
    }
    let fields = ["x-cache", "x-cache-status", "x-proxy-cache", "cf-cache-status", "x-varnish-cache", "cache-status"];
    let hit = fields.into_iter().find(|field| answer.says(field, "hit"))?;
    Some(format!("{hit}: {}", quoted(answer.first(hit).unwrap_or_default())))
}

fn headers(seen: &Examination) -> Outcome {
    let page = match sign_in(seen) {
        Ok(page) => page,
        Err(outcome) => return outcome,
    };
    let wanted = [
        ("Content-Security-Policy", "frame-ancestors 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
    ];
    let mut faults = Vec::new();
    for (field, word) in wanted {
        if !page.says(field, word) {
            let said = page.first(field).map_or_else(|| "missing".to_owned(), quoted);
            faults.push(Fault::new(
                NO_HEADERS,
                Fix::Headers,
                format!("{field} is {said}, and should contain {word:?}"),
            ));
        }
    }
    let https = seen.probe.deployment.scheme() == Scheme::Https;
    if https && !page.says("strict-transport-security", "max-age=") {
        faults.push(Fault::new(NO_HSTS, Fix::Hsts, "Strict-Transport-Security is missing"));
    }
    Outcome::of(faults, "the sign-in page has them")
}
