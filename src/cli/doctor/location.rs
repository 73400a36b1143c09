//! Judges the redirect of a refusal.

use url::Url;

use super::super::wire::Answer;
use super::deployment::Deployment;
use super::fix::Fix;
use super::outcome::{Code, Fault, quoted};

/// It redirects nowhere, or not to our sign-in.
pub(super) const REDIRECT: Code = Code::error("PD303", "a person without a session is not redirected to the sign-in");
/// The way back is another host, another scheme or another page.
pub(super) const WAY_BACK: Code = Code::error("PD304", "the sign-in does not lead back to the page that was requested");

/// A refusal of a request for `target` must redirect to the sign-in with a way back (`rd`) to exactly that URL.
pub(super) fn judge(deployment: &Deployment, target: &str, answer: &Answer) -> Result<String, Fault> {
    let fault = |fix, seen: String| {
        let code = if fix == Fix::Original { WAY_BACK } else { REDIRECT };
        Err(Fault::new(code, fix, seen))
    };
    let status = answer.status;
    let Some(written) = answer.first("location") else {
        return fault(Fix::Refusal, format!("it answers {status} without a Location"));
    };
    let Some(led) = deployment.resolve(target, written) else {
        return fault(Fix::Refusal, format!("it redirects to {}, which is not a URL", quoted(written)));
    };
    if !leads_to_sign_in(deployment, &led) {
        return fault(Fix::Ask, format!("it redirects to {}, which is not our sign-in", quoted(written)));
    }
    let back: Vec<String> =
        led.query_pairs().filter(|(key, _)| key == "rd").map(|(_, value)| value.into_owned()).collect();
    let wanted = deployment.resolve(target, target);
    // Resolved against the requested page, as the sign-in page reads a path.
    let named = back.first().and_then(|back| deployment.resolve(target, back));
    let asked = deployment.origin();
    let secure = asked_over_https(deployment);
    if led.scheme() == "http" && secure {
        return fault(Fix::Original, format!("visitors come by https, but it redirects to {}", quoted(written)));
    }
    if !deployment.is_here(&led) && named.as_ref().is_none_or(|named| !deployment.is_here(named)) {
        return fault(Fix::Original, format!("it redirects away from {asked}: to {}", quoted(written)));
    }
    match back.first() {
        None => fault(Fix::Original, format!("{} has no page to return to (rd)", quoted(written))),
        Some(back_to) if back.len() > 1 || named != wanted => {
            let said = format!("the way back (rd) is {}, but {} was requested", quoted(back_to), quoted(target));
            fault(Fix::Original, said)
        }
        Some(_) => Ok(if deployment.is_here(&led) {
            format!("{status} to {}", led.path())
        } else {
            format!("{status} to the portal at {}", led.host_str().unwrap_or_default())
        }),
    }
}

fn asked_over_https(deployment: &Deployment) -> bool {
    deployment.origin().starts_with("https://")
}

/// Only our own paths: `/login` and `/start` below the prefix, on this host or the portal's.
fn leads_to_sign_in(deployment: &Deployment, led: &Url) -> bool {
    let path = led.path();
    path == deployment.ours("/login") || path == deployment.ours("/start")
}
