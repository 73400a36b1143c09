//! Paths that a proxy, the gateway and an app could read differently, raw on the wire.

use super::Finding;
use super::cases::holds;
use super::deployment::{Deployment, PORTAL, SITE};
use crate::visitor::{Request, Visitor};

/// Ways to write `/admin` so that somebody may take it for something open.
const TRICKS: [&str; 44] = [
    "/public/../admin",
    "/public/./../admin",
    "/public/x/../../admin",
    "/public/%2e%2e/admin",
    "/public/.%2e/admin",
    "/public/%2E%2E/admin",
    "/public/..%2fadmin",
    "/public/..%2Fadmin",
    "/public%2f..%2fadmin",
    "/public/%2e%2e%2fadmin",
    "/public/..%5cadmin",
    "/public/%252e%252e/admin",
    "/public/..%252fadmin",
    "/public\\..\\admin",
    "/public/..\\admin",
    "/public/\\../admin",
    "/public//../admin",
    "/public//../../admin",
    "//admin",
    "///admin",
    "/\\admin",
    "//public/../admin",
    "/./admin",
    "/public;/../admin",
    "/public/..;/admin",
    "/public/..;x=1/admin",
    "/admin;/public/x",
    "/admin;x=1",
    "/public#/../admin",
    "/public/%23/../../admin",
    "/admin#/public/",
    "/admin%23",
    "/public?/../../admin",
    "/admin?/public/x",
    "/admin%3f/public/x",
    "/public/%00/../../admin",
    "/admin%00",
    "/ADMIN/x",
    "/Admin",
    "/%61dmin/x",
    "/admin/.",
    "/admin./x",
    "/admin%20/x",
    "/public/..%c0%afadmin",
];

/// Targets that are no path.
const OTHER_TARGETS: [&str; 5] =
    ["https://app.example.com/admin", "http://app.example.com/admin", "https://evil.example/admin", "*", "admin"];

fn reads_as_admin(target: &str) -> bool {
    reads_as(target, "admin")
}

/// Whether any program that reads paths as many do would find this first segment in a target: cut at `?` and `#`,
/// decoded once or twice, backslashes as slashes, parameters of segments left out, blanks and dots at their ends left
/// out, letters folded, dots resolved.
pub fn reads_as(target: &str, name: &str) -> bool {
    let path = target.split_once("://").map_or(target, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
    let path = path.split('?').next().unwrap_or_default();
    let once = decoded(path);
    let twice = decoded(&once);
    let texts = [path.to_owned(), once, twice];
    texts
        .iter()
        .flat_map(|text| [text.clone(), text.split(['#', '?', '\0']).next().unwrap_or_default().to_owned()])
        .any(|text| {
            let text = text.replace('\\', "/").to_lowercase();
            let plain = text.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
            [resolved(text.split('/')), resolved(plain)].iter().any(|first| {
                first.as_deref().is_some_and(|first| {
                    first.split(';').next().unwrap_or_default().trim_end_matches([' ', '.']) == name
                })
            })
        })
}

fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        let byte = code.and_then(|code| u8::from_str_radix(code, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// The first segment once dots are resolved and empty segments left out.
fn resolved<'a>(segments: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut stack: Vec<&str> = Vec::new();
    for segment in segments {
        match segment {
            "" | "." => {}
            ".." => {
                stack.pop();
            }
            other => stack.push(other),
        }
    }
    stack.first().map(|first| (*first).to_owned())
}

async fn tricks(deployment: &Deployment, visitor: &Visitor) -> Finding {
    let mut statuses = std::collections::BTreeSet::new();
    for target in TRICKS.iter().chain(&OTHER_TARGETS) {
        for below in ["", "/../admin/x"] {
            let target = format!("{target}{below}");
            let (answer, seen) = deployment.sends(visitor, &Request::get(&target)).await;
            for seen in seen {
                let reached = seen.request_line().split(' ').nth(1).unwrap_or_default();
                holds!(!reads_as_admin(reached), "{target} reached the app as {reached}");
            }
            statuses.insert(answer.map_or(0, |answer| answer.status));
        }
    }
    // Passed as something that nobody reads as `/admin`, or sent to sign in: that is no refusal.
    let refusals: Vec<_> =
        statuses.into_iter().filter(|status| *status >= 400).map(|status| status.to_string()).collect();
    Ok(format!("never the forbidden one ({})", refusals.join(", ")))
}

pub async fn tricks_with_session(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    tricks(deployment, &bob).await
}

pub async fn tricks_without_session(deployment: &mut Deployment) -> Finding {
    tricks(deployment, &deployment.visitor()).await
}

const QUESTIONS: [&str; 15] = [
    "/portcullis/authz/forward-auth",
    "/portcullis/authz/refusal",
    "/portcullis/authz/auth-request",
    "/portcullis/authz/ext-authz/public/x",
    "/portcullis/authz/",
    "/portcullis/authz",
    "/portcullis/%61uthz/forward-auth",
    "/portcullis//authz/forward-auth",
    "//portcullis/authz/forward-auth",
    "/portcullis/./authz/forward-auth",
    "/x/../portcullis/authz/forward-auth",
    "/portcullis/x/..%2fauthz/forward-auth",
    "/portcullis/authz;x/forward-auth",
    "/portcullis%2fauthz/forward-auth",
    "/PORTCULLIS/authz/forward-auth",
];

/// A visitor who could ask the gateway directly could ask about others, and would learn who they are.
pub async fn questions_from_outside(deployment: &mut Deployment) -> Finding {
    let mut statuses = std::collections::BTreeSet::new();
    let bob = deployment.bob().await;
    for host in [SITE, PORTAL] {
        for target in QUESTIONS {
            let mut visitor = deployment.at(host);
            visitor.jar.clone_from(&bob.jar);
            let request = Request::get(target)
                .header("X-Forwarded-Method", "GET")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", SITE)
                .header("X-Forwarded-Uri", "/")
                .header("X-Original-URL", "https://app.example.com/")
                .header("X-Original-Method", "GET");
            let (answer, seen) = deployment.sends(&visitor, &request).await;
            let answer = answer.ok_or("no answer")?;
            // A yes of ours has these, empty or not. The app may have such a path, which is asked about like any other.
            let told = answer.headers_named("remote-user");
            holds!(told.is_empty() && (answer.status >= 300 || seen.len() == 1), "{target}: {answer:?} and {seen:?}");
            if seen.is_empty() {
                statuses.insert(answer.status);
            }
        }
    }
    let statuses: Vec<_> = statuses.into_iter().map(|status| status.to_string()).collect();
    Ok(statuses.join(", "))
}

#[test]
fn readings_of_the_forbidden_path_are_known() {
    for target in TRICKS {
        let open = ["/public/x", "/public/", "/public?"].iter().any(|start| target.starts_with(start))
            && !target.contains("..");
        assert!(
            open || reads_as_admin(target) || target.contains("%c0%af") || target == "/public?/../../admin",
            "{target}"
        );
    }
    for target in ["/", "/public/admin", "/administration", "/x/admin", "/public/x?/admin"] {
        assert!(!reads_as_admin(target), "{target}");
    }
}
