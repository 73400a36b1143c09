//! Targets that no request line names: where `Destination` leads, and our own pages in other spellings.

use std::collections::BTreeSet;

use super::Finding;
use super::cases::holds;
use super::deployment::{Deployment, SITE};
use super::paths::reads_as;
use super::program::Proxy;
use crate::own_pages::SPELLINGS;
use crate::visitor::{Request, Visitor};

const METHODS: [&str; 2] = ["MOVE", "COPY"];

/// Places that bob may not write to, as a `WebDAV` client names them.
const CLOSED: [&str; 11] = [
    "https://app.example.com/admin/x",
    "https://APP.example.com:443/admin/x",
    "/admin/x",
    "/ADMIN/x",
    "/admin;v=1/x",
    "https://app.example.com/public/../admin/x",
    "https://app.example.com/public/%2e%2e/admin/x",
    "http://app.example.com/public/x",
    "https://app.example.com:8443/public/x",
    "https://evil.example/public/x",
    "//app.example.com/public/x",
];

/// A request that must not reach the app; its status.
async fn refused(deployment: &Deployment, visitor: &Visitor, request: &Request) -> Result<u16, String> {
    let (answer, seen) = deployment.sends(visitor, request).await;
    let status = answer.ok_or_else(|| format!("{request:?}: no answer"))?.status;
    holds!(seen.is_empty(), "{request:?}: {status}, and the app saw {seen:?}");
    Ok(status)
}

fn listed(statuses: BTreeSet<u16>) -> String {
    statuses.into_iter().map(|status| status.to_string()).collect::<Vec<_>>().join(", ")
}

/// COPY and MOVE write where `Destination` says. A person outside the group writes nowhere that the rules close, and
/// the field arrives where they may.
pub async fn destination(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut statuses = BTreeSet::new();
    for (method, destination) in METHODS.iter().flat_map(|method| CLOSED.map(|closed| (*method, closed))) {
        let request = Request::new(method, "/public/y").header("Destination", destination);
        statuses.insert(refused(deployment, &bob, &request).await?);
    }
    for name in ["X-Amz-Copy-Source", "X-Copy-From", "X-MS-Copy-Source", "X-Goog-Copy-Source", "X-Amz-Rename-Source"] {
        let request = Request::new("PUT", "/public/y").header(name, "/admin/x");
        statuses.insert(refused(deployment, &bob, &request).await?);
    }
    let twice = Request::new("MOVE", "/y").header("Destination", "/public/x").header("Destination", "/admin/x");
    statuses.insert(refused(deployment, &bob, &twice).await?);
    let stranger = deployment.visitor();
    let copy = Request::new("COPY", "/public/y").header("Destination", "/x").bare();
    let wanted = if deployment.proxy == Proxy::IngressNginx { 302 } else { 401 };
    let status = refused(deployment, &stranger, &copy).await?;
    holds!(status == wanted, "a program of a stranger: {status}");
    for (visitor, target, destination) in
        [(&bob, "/y", "https://app.example.com/z%20z"), (&stranger, "/public/y", "/public/z")]
    {
        let request = Request::new("MOVE", target).header("Destination", destination).header("Overwrite", "F");
        let (answer, seen) = deployment.sends(visitor, &request).await;
        holds!(seen.len() == 1 && seen[0].headers_named("destination") == [destination], "{answer:?}, {seen:?}");
    }
    Ok(format!("judged ({})", listed(statuses)))
}

/// What some server reads as a path below our own: never the app's to serve, whoever asks.
pub async fn own_pages(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut statuses = BTreeSet::new();
    for visitor in [&bob, &deployment.visitor()] {
        for target in SPELLINGS {
            for target in [target.to_owned(), format!("https://{SITE}{target}")] {
                let (answer, seen) = deployment.sends(visitor, &Request::get(&target)).await;
                let status = answer.as_ref().map_or(0, |answer| answer.status);
                for seen in seen {
                    let reached = seen.request_line().split(' ').nth(1).unwrap_or_default();
                    holds!(!reads_as(reached, "portcullis"), "{target}: {status}, and the app saw {reached}");
                }
                statuses.insert(status);
            }
        }
    }
    // Some proxies tidy a spelling up into our own page, which is answered as ever.
    statuses.retain(|status| *status >= 400);
    Ok(format!("never the app's ({})", listed(statuses)))
}

/// A `%25` that decodes to nothing further is a percent sign, and the app gets it as it was sent.
pub async fn percent_sign(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    for target in ["/50%25%20off.pdf", "/100%25?a=%2541"] {
        let (answer, seen) = deployment.sends(&bob, &Request::get(target)).await;
        let reached = seen.first().map_or("", |seen| seen.request_line());
        holds!(reached == format!("GET {target} HTTP/1.1"), "{target}: {answer:?}, the app saw {reached:?}");
    }
    Ok("passes".to_owned())
}
