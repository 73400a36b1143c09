//! Traffic as apps have it: large bodies, large heads, streams, another port, and what people see when they are
//! refused.

use std::sync::Arc;

use ring::digest::{Context, SHA256};
use tokio::sync::Notify;

use super::Finding;
use super::cases::{handshake, holds};
use super::deployment::{Deployment, PORTAL, Portal, SITE};
use super::program::Proxy;
use super::traveller::Traveller;
use crate::backend::{Answer, Step};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::Wire;

const BLOCK: usize = 64 * 1024;
const LARGE: usize = 100 * 1024 * 1024;

/// A block of an upload: each begins with its number, so that none may be lost, repeated or moved.
pub fn block(number: usize, length: usize) -> Vec<u8> {
    let mut block = vec![b'u'; length];
    block[..8].copy_from_slice(&u64::try_from(number).expect("small").to_be_bytes());
    block
}

/// Begins an upload of so many bytes.
pub async fn begin_upload(visitor: &Visitor, target: &str, length: usize) -> Wire {
    let mut wire = visitor.connect().await;
    let request = Request::new("POST", target)
        .header("Content-Type", "application/octet-stream")
        .header("Content-Length", &length.to_string());
    wire.send(visitor.bytes(&request)).await;
    wire
}

/// Whether the app has this very body from a request for `target`.
pub fn arrived(deployment: &Deployment, target: &str, length: usize, sent: Context) -> Result<(), String> {
    let line = format!("POST {target} HTTP/1.1");
    let seen = deployment.gateway.backend.seen().into_iter().rfind(|seen| seen.request_line() == line);
    let seen = seen.ok_or("the app saw no upload")?;
    holds!(seen.whole && seen.body_length == length, "the app got {} bytes, whole: {}", seen.body_length, seen.whole);
    holds!(seen.hash.0.finish().as_ref() == sent.finish().as_ref(), "the app got other bytes");
    Ok(())
}

pub async fn large_upload(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut wire = begin_upload(&bob, "/large", LARGE).await;
    let mut hash = Context::new(&SHA256);
    for number in 0..LARGE / BLOCK {
        let block = block(number, BLOCK);
        hash.update(&block);
        wire.send(block).await;
    }
    let answer = wire.answer("POST").await.ok_or("no answer")?;
    holds!(answer.status == 200, "{answer:?}");
    arrived(deployment, "/large", LARGE, hash)?;
    Ok("whole".to_owned())
}

/// What is refused is refused by its head: nobody waits for the body, or keeps it. Apache passes a body on to its end
/// before it reads an answer.
pub async fn refused_upload(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let before = deployment.gateway.backend.count();
    let waits = deployment.proxy == Proxy::Apache;
    let mut wire = begin_upload(&bob, "/admin/large", LARGE).await;
    for number in 0..if waits { LARGE / BLOCK } else { 0 } {
        wire.send(block(number, BLOCK)).await;
    }
    let answer = wire.answer("POST").await.ok_or("no answer")?;
    let seen = deployment.gateway.backend.seen().split_off(before);
    holds!(answer.status == 403 && seen.is_empty(), "{answer:?}, and the app saw {seen:?}");
    Ok(if waits { "403, after the body" } else { "403, before the body" }.to_owned())
}

/// As many cookies as fit the largest head that the gateway takes by default.
pub async fn many_cookies(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let theirs: Vec<_> = (0..6).map(|number| format!("theirs{number}={}", "c".repeat(4000))).collect();
    let ours: Vec<_> = bob.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let request = Request::get("/cookies").header("Cookie", &[theirs.clone(), ours].concat().join("; "));
    let (answer, seen) = deployment.sends(&bob, &request).await;
    holds!(answer.as_ref().is_some_and(|answer| answer.status == 200) && seen.len() == 1, "{answer:?}");
    let came = seen[0].headers_named("cookie").join("; ");
    holds!(theirs.iter().all(|cookie| came.contains(cookie)), "the app saw {} bytes of cookies", came.len());
    Ok("24 kB pass".to_owned())
}

pub async fn large_answer_head(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let cookies: Vec<_> = (0..3).map(|number| format!("theirs{number}={}", "c".repeat(4000))).collect();
    let lines = cookies.iter().map(|cookie| format!("Set-Cookie: {cookie}\r\n")).collect::<Vec<_>>().concat();
    deployment.gateway.backend.answers_bytes(format!("HTTP/1.1 200 OK\r\n{lines}Content-Length: 2\r\n\r\nok"));
    let (answer, _) = deployment.sends(&bob, &Request::get("/heads")).await;
    deployment.gateway.backend.answers(Answer::Welcome);
    let answer = answer.ok_or("no answer")?;
    holds!(answer.status == 200 && answer.text() == "ok", "{answer:?}");
    holds!(answer.headers_named("set-cookie") == cookies, "not every cookie arrived");
    Ok("12 kB pass".to_owned())
}

/// The app sends an event only when the one before was seen.
pub async fn events(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let signals: Vec<_> = (0..3).map(|_| Arc::new(Notify::new())).collect();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-cache\r\n\r\n";
    let mut steps = vec![Step::Send(head.into())];
    for (number, signal) in signals.iter().enumerate() {
        steps.extend([Step::Send(format!("data: {number}\n\n").into()), Step::Wait(Arc::clone(signal))]);
    }
    steps.push(Step::Close);
    deployment.gateway.backend.answers(Answer::Script(steps));
    let mut wire = bob.connect().await;
    wire.send(bob.bytes(&Request::get("/events").bare().header("Accept", "text/event-stream"))).await;
    let head = wire.head().await.ok_or("no answer")?;
    holds!(head.status == 200, "{head:?}");
    for (number, signal) in signals.iter().enumerate() {
        wire.until(format!("data: {number}\n\n").as_bytes()).await.ok_or("the stream ended too soon")?;
        signal.notify_one();
    }
    deployment.gateway.backend.answers(Answer::Welcome);
    Ok("each is seen before the next is sent".to_owned())
}

/// Whether this is a page of ours: nobody else has the reference by which the operator finds the request.
fn is_ours(answer: &Response) -> bool {
    let html = answer.headers_named("content-type").iter().any(|kind| kind.starts_with("text/html"));
    html && answer.words().contains("Reference")
}

/// What people see who may not pass, and whose request can be read in two ways.
pub async fn refusal_page(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut statuses = Vec::new();
    let mut ours = Vec::new();
    let requests =
        [Request::get("/admin/x"), Request::post("/admin/x", &[("a", "b")]), Request::get("/public/%252e%252e/x")];
    for request in requests {
        let (answer, seen) = deployment.sends(&bob, &request).await;
        let answer = answer.ok_or("no answer")?;
        holds!(seen.is_empty() && answer.status >= 400, "{request:?}: {answer:?}, and the app saw {seen:?}");
        for name in ["x-portcullis-assertion", "remote-user", "authorization"] {
            holds!(answer.headers_named(name).is_empty(), "{request:?}: {answer:?}");
        }
        statuses.push(answer.status.to_string());
        ours.push(is_ours(&answer));
    }
    statuses.dedup();
    holds!(ours.iter().all(|one| *one == ours[0]), "{ours:?}");
    Ok(format!("{} ({})", if ours[0] { "yes" } else { "no, the proxy's own" }, statuses.join(", ")))
}

/// The proxy listens on another port than 443, as the browser's address bar says.
pub async fn another_port(deployment: &mut Deployment) -> Finding {
    let own;
    let deployment = match deployment.portal {
        Portal::OnTheSite => &*deployment,
        // `portal.url` says the port of every site.
        Portal::OwnHost => {
            own = Box::pin(Deployment::with_its_port(deployment.proxy)).await;
            &own
        }
    };
    let port = deployment.address().port();
    let site = format!("{SITE}:{port}");
    let mut traveller = Traveller::new(deployment.at(&site), deployment.at(&format!("{PORTAL}:{port}")));
    let deep = format!("https://{site}/deep/link?a=1&b=%2F");
    let arrived = traveller.sign_in(&deployment.gateway.sandbox, &deployment.grace, &deep).await;
    holds!(arrived.url == deep && arrived.page.status == 200, "back at {}: {:?}", arrived.url, arrived.page);
    let seen = deployment.gateway.backend.last().await;
    holds!(seen.headers_named("host") == [site.as_str()], "the app saw {}", seen.head);
    // Envoy tells an app its host by `Host` alone.
    let wanted = if deployment.proxy == Proxy::Envoy { &[][..] } else { &[site.as_str()] };
    holds!(seen.headers_named("x-forwarded-host") == wanted, "the app saw {}", seen.head);
    // A place on this very origin, and a WebSocket of its own page.
    let grace = traveller.site.clone();
    let request = Request::new("MOVE", "/y").header("Destination", &format!("https://{site}/z"));
    let (answer, seen) = deployment.sends(&grace, &request).await;
    holds!(seen.len() == 1, "MOVE: {answer:?}");
    deployment.gateway.backend.answers(Answer::WebSocketEcho);
    let mut wire = grace.connect().await;
    wire.send(grace.bytes(&handshake(&format!("https://{site}")))).await;
    let answer = wire.answer("GET").await.ok_or("no answer")?;
    deployment.gateway.backend.answers(Answer::Welcome);
    holds!(answer.status == 101, "{answer:?}");
    Ok("kept".to_owned())
}
