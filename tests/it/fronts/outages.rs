//! What happens when Portcullis, or its store, is not there: nobody passes.

use std::time::Duration;

use super::Finding;
use super::cases::holds;
use super::deployment::{Deployment, Portal};
use super::program::{Proxy, haproxy_with_a_broken_script};
use crate::store_gone::{does, intruder, pass};
use crate::visitor::{Request, Visitor};
use crate::wire::eventually;

/// None of these reaches the app, and the answers say that it is not the visitor's fault.
async fn nothing_passes(deployment: &Deployment, bob: &Visitor) -> Finding {
    let stranger = deployment.visitor();
    let before = deployment.gateway.backend.count();
    let targets = ["/", "/public/x", "/admin/x", "/portcullis/"];
    // At once, since a proxy may try for seconds before it gives up.
    let sent =
        targets.iter().flat_map(|target| [(bob, *target), (&stranger, *target)]).map(async |(visitor, target)| {
            let answer = visitor.clone().try_send(&Request::get(target)).await;
            (target, answer.map_or(0, |answer| answer.status))
        });
    let answers = futures_util::future::join_all(sent).await;
    let seen = deployment.gateway.backend.seen().split_off(before);
    holds!(seen.is_empty(), "{answers:?}, and the app saw {seen:?}");
    holds!(answers.iter().all(|(_, status)| *status >= 400), "{answers:?}");
    let statuses: std::collections::BTreeSet<_> = answers.iter().map(|(_, status)| status.to_string()).collect();
    Ok(statuses.into_iter().collect::<Vec<_>>().join(", "))
}

pub async fn gateway_gone(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    deployment.gateway.stop().await;
    nothing_passes(deployment, &bob).await
}

pub async fn gateway_back(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    deployment.gateway.start_again().await;
    // A proxy may remember for a moment that nobody was there.
    eventually("the proxy finds the gateway again", || async { bob.clone().get("/").await.status == 200 }).await;
    let (answer, seen) = deployment.sends(&deployment.visitor(), &Request::get("/public/x")).await;
    holds!(answer.is_some_and(|answer| answer.status == 200) && seen.len() == 1, "the app saw {seen:?}");
    Ok("passes again".to_owned())
}

/// Once a log-out could have been missed, nobody passes whose session would have to be known.
pub async fn store_gone(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut other = intruder(&deployment.gateway.path("portcullis.db")).await;
    does(&mut other, "ALTER TABLE feed RENAME TO gone").await;
    pass(Duration::from_secs(36)).await;
    let mut statuses = std::collections::BTreeSet::new();
    for target in ["/", "/admin/x", "/deep?x"] {
        let (answer, seen) = deployment.sends(&bob, &Request::get(target)).await;
        let status = answer.as_ref().map_or(0, |answer| answer.status);
        holds!(seen.is_empty() && status >= 500, "{target}: {answer:?}, and the app saw {seen:?}");
        statuses.insert(status.to_string());
    }
    does(&mut other, "ALTER TABLE gone RENAME TO feed").await;
    Ok(statuses.into_iter().collect::<Vec<_>>().join(", "))
}

/// HAProxy goes on with a request whose script failed. The line after it must not.
#[tokio::test]
async fn a_script_of_haproxy_that_fails_lets_nobody_pass() {
    let deployment = Deployment::with(Proxy::Haproxy, Portal::OnTheSite, haproxy_with_a_broken_script).await;
    for target in ["/", "/public/x"] {
        let (answer, seen) = deployment.sends(&deployment.visitor(), &Request::get(target)).await;
        assert!(seen.is_empty() && answer.is_some_and(|answer| answer.status == 503), "{target}: {seen:?}");
    }
}
