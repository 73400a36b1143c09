//! What a visitor meets: sign-in, programs, groups, web sockets, log-out.

use futures_util::{SinkExt, StreamExt};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::Role;

use super::Finding;
use super::deployment::{Deployment, Portal, SITE};
use super::program::Proxy;
use crate::backend::{Answer, Seen, WELCOME};
use crate::response::Response;
use crate::visitor::{Request, Visitor};
use crate::wire::within;

/// Fails a case with words where a condition does not hold.
macro_rules! holds {
    ($condition:expr, $($words:tt)+) => {
        if !$condition {
            return Err(format!($($words)+));
        }
    };
}
pub(super) use holds;

const DEEP: &str = "/deep/link%20x?a=1&b=%2Fc%20d&&e=%C3%A4+f&rd=//evil.example";

pub async fn deep_link(deployment: &mut Deployment) -> Finding {
    let mut traveller = deployment.traveller();
    let (answer, seen) = deployment.sends(&traveller.site, &Request::get(DEEP)).await;
    let answer = answer.ok_or("no answer")?;
    holds!(answer.status == 302 && seen.is_empty(), "{answer:?} and {seen:?}");
    let account = deployment.gateway.account.clone();
    let arrived = traveller.sign_in(&deployment.gateway.sandbox, &account, &format!("https://{SITE}{DEEP}")).await;
    holds!(arrived.url == format!("https://{SITE}{DEEP}"), "back at {}", arrived.url);
    holds!(arrived.page.status == 200 && arrived.page.text() == WELCOME, "{:?}", arrived.page);
    let seen = deployment.gateway.backend.last().await;
    let line = seen.request_line();
    holds!(line == format!("GET {DEEP} HTTP/1.1"), "the app saw {line}");
    holds!(seen.headers_named("remote-user") == ["ada"], "the app saw {}", seen.head);
    holds!(seen.headers_named("remote-email") == [account.email.as_str()], "the app saw {}", seen.head);
    holds!(traveller.site.jar.contains_key("__Host-portcullis"), "{:?}", traveller.site.jar.keys());
    Ok(format!("{}, then the very address", answer.status))
}

/// Leads to a page of the site that asks who is there, with the way back.
fn leads_to_sign_in(answer: &Response, portal: Portal) -> Result<(), String> {
    let location = answer.header("location").ok_or_else(|| format!("no Location: {answer:?}"))?;
    let here = location.strip_prefix("https://app.example.com").unwrap_or(location);
    let (page, query) = here.split_once('?').unwrap_or((here, ""));
    let wanted = if portal == Portal::OnTheSite { "/portcullis/login" } else { "/portcullis/start" };
    holds!(page == wanted, "Location: {location}");
    holds!(query.split('&').any(|pair| pair.starts_with("rd=")), "Location: {location}");
    Ok(())
}

pub async fn form_without_session(deployment: &mut Deployment) -> Finding {
    let request = Request::post("/order", &[("what", "tea")]);
    let (answer, seen) = deployment.sends(&deployment.visitor(), &request).await;
    let answer = answer.ok_or("no answer")?;
    holds!(seen.is_empty(), "the app saw {seen:?}");
    // The controller of ingress-nginx knows no other status than 302.
    let wanted = if deployment.proxy == Proxy::IngressNginx { 302 } else { 303 };
    holds!(answer.status == wanted, "{answer:?}");
    leads_to_sign_in(&answer, deployment.portal)?;
    Ok(format!("{}", answer.status))
}

fn program(method: &str) -> Request {
    Request::new(method, "/api/items?x=1")
        .bare()
        .header("Accept", "application/json")
        .header("X-Requested-With", "XMLHttpRequest")
        .header("Sec-Fetch-Mode", "cors")
        .header("Sec-Fetch-Dest", "empty")
        .header("Sec-Fetch-Site", "same-origin")
        .header("Origin", "https://app.example.com")
}

pub async fn program_without_session(deployment: &mut Deployment) -> Finding {
    let mut found = Vec::new();
    for method in ["GET", "POST", "DELETE"] {
        let (answer, seen) = deployment.sends(&deployment.visitor(), &program(method)).await;
        let answer = answer.ok_or("no answer")?;
        holds!(seen.is_empty(), "{method}: the app saw {seen:?}");
        if deployment.proxy == Proxy::IngressNginx {
            // Its `auth-signin` sends everybody there.
            holds!(answer.status == 302, "{method}: {answer:?}");
            found.push("302");
        } else {
            holds!(answer.status == 401, "{method}: {answer:?}");
            holds!(answer.header("location").is_none(), "{method}: {answer:?}");
            found.push("401");
        }
    }
    found.dedup();
    Ok(found.join(", "))
}

pub async fn open_path(deployment: &mut Deployment) -> Finding {
    for request in [Request::get("/public/style.css?v=1"), Request::new("GET", "/public/data.json").bare()] {
        let (answer, seen) = deployment.sends(&deployment.visitor(), &request).await;
        let answer = answer.ok_or("no answer")?;
        holds!(answer.status == 200 && answer.text() == WELCOME, "{answer:?}");
        holds!(seen.len() == 1, "the app saw {seen:?}");
        let named = values_of(&seen[0], "remote-user");
        holds!(named.is_empty(), "somebody is named: {named:?}");
    }
    Ok("passes, nobody named".to_owned())
}

/// The values of a header that are not empty.
pub fn values_of<'a>(seen: &'a Seen, name: &str) -> Vec<&'a str> {
    seen.headers_named(name).into_iter().filter(|value| !value.is_empty()).collect()
}

pub async fn wrong_group(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let (answer, seen) = deployment.sends(&bob, &Request::get("/admin/users")).await;
    let answer = answer.ok_or("no answer")?;
    holds!(answer.status == 403 && seen.is_empty(), "{answer:?} and {seen:?}");
    let (grace, mut traveller) = (deployment.grace.clone(), deployment.traveller());
    let arrived = traveller.sign_in(&deployment.gateway.sandbox, &grace, "https://app.example.com/admin/users").await;
    holds!(arrived.page.status == 200, "an admin got {:?}", arrived.page);
    let seen = deployment.gateway.backend.last().await;
    holds!(seen.request_line() == "GET /admin/users HTTP/1.1", "{}", seen.head);
    holds!(seen.headers_named("remote-groups") == ["admins"], "{}", seen.head);
    Ok("403".to_owned())
}

pub fn handshake(origin: &str) -> Request {
    Request::get("/socket")
        .bare()
        .header("Connection", "keep-alive, Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
        .header("Origin", origin)
        .header("Sec-Fetch-Mode", "websocket")
}

/// A handshake that must not reach the app; its status.
async fn refused_socket(deployment: &Deployment, visitor: &Visitor, origin: &str) -> Result<u16, String> {
    deployment.gateway.backend.answers(Answer::WebSocketEcho);
    let before = deployment.gateway.backend.count();
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&handshake(origin))).await;
    let answer = wire.answer("GET").await;
    deployment.gateway.backend.answers(Answer::Welcome);
    let seen = deployment.gateway.backend.seen().split_off(before);
    let answer = answer.ok_or("no answer")?;
    holds!(answer.status != 101 && seen.is_empty(), "{answer:?} and {seen:?}");
    Ok(answer.status)
}

pub async fn socket_without_session(deployment: &mut Deployment) -> Finding {
    let status = refused_socket(deployment, &deployment.visitor(), "https://app.example.com").await?;
    let wanted = if deployment.proxy == Proxy::IngressNginx { 302 } else { 401 };
    holds!(status == wanted, "{status}");
    Ok(status.to_string())
}

pub async fn socket_with_session(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    deployment.gateway.backend.answers(Answer::WebSocketEcho);
    let mut wire = bob.connect().await;
    wire.send(bob.bytes(&handshake("https://app.example.com"))).await;
    let answer = wire.answer("GET").await.ok_or("no answer")?;
    holds!(answer.status == 101, "{answer:?}");
    let mut socket = WebSocketStream::from_raw_socket(wire.into_io(), Role::Client, None).await;
    for text in ["hello", &"long ".repeat(20_000)] {
        within("sending", socket.send(Message::text(text))).await.map_err(|error| error.to_string())?;
        let back = within("the echo", socket.next()).await.ok_or("it ended")?.map_err(|error| error.to_string())?;
        holds!(back == Message::text(text), "another text came back");
    }
    let seen = deployment.gateway.backend.last().await;
    deployment.gateway.backend.answers(Answer::Welcome);
    holds!(seen.headers_named("remote-user") == ["bob"], "{}", seen.head);
    Ok("opens".to_owned())
}

pub async fn socket_of_another_site(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let mut found = Vec::new();
    for origin in ["https://evil.example", "null", "http://app.example.com"] {
        found.push(refused_socket(deployment, &bob, origin).await?.to_string());
    }
    found.dedup();
    Ok(found.join(", "))
}

pub async fn another_upgrade(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let request = Request::get("/h2c")
        .header("Connection", "Upgrade, HTTP2-Settings")
        .header("Upgrade", "h2c")
        .header("HTTP2-Settings", "AAMAAABk");
    let (answer, seen) = deployment.sends(&bob, &request).await;
    let status = answer.map_or(0, |answer| answer.status);
    holds!(status == 200, "it was upgraded, or not answered: {status}");
    let passed_on = seen.iter().any(|seen| !seen.headers_named("upgrade").is_empty());
    // Its template passes every upgrade on, and no annotation changes that.
    holds!(passed_on == (deployment.proxy == Proxy::IngressNginx), "the app saw {seen:?}");
    Ok(if passed_on { "passed on" } else { "not passed on" }.to_owned())
}

pub async fn copied_cookie(deployment: &mut Deployment) -> Finding {
    let mut traveller = deployment.bobs.take().ok_or("bob was never here")?;
    let copy = traveller.site.clone();
    let (answer, _) = deployment.sends(&copy, &Request::get("/")).await;
    holds!(answer.as_ref().is_some_and(|answer| answer.status == 200), "before: {answer:?}");
    let page = traveller.log_out(deployment.portal.host()).await;
    holds!(page.page.status == 200, "{:?}", page.page);
    let (answer, seen) = deployment.sends(&copy, &Request::get("/")).await;
    let answer = answer.ok_or("no answer")?;
    holds!(answer.status == 302 && seen.is_empty(), "{answer:?} and {seen:?}");
    // The next ones are not held back by what was sent to them already.
    deployment.gateway.advance(11 * 60);
    Ok(format!("dead ({})", answer.status))
}

pub async fn body(deployment: &mut Deployment) -> Finding {
    let bob = deployment.bob().await;
    let long = "x".repeat(300_000);
    for text in ["a=1", long.as_str()] {
        let request = Request::post("/upload", &[("file", text)]);
        let (answer, seen) = deployment.sends(&bob, &request).await;
        holds!(answer.as_ref().is_some_and(|answer| answer.status == 200), "{answer:?}");
        holds!(seen.len() == 1 && seen[0].whole, "the app saw {} requests", seen.len());
        holds!(seen[0].body == request.body, "another body of {} bytes", seen[0].body_length);
    }
    Ok("whole".to_owned())
}
