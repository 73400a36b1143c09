//! A small proxy before the gateway that is sound, or broken in one place: what a test of `doctor` looks at.

use std::fmt::Write as _;
use std::net::SocketAddr;

use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::wire::Wire;

/// What a front does with a request.
pub enum Turn {
    /// Answers itself.
    Answer(String),
    /// Passes this head on to the gateway.
    Pass(String),
}

/// How one front is broken: what it does with a request, and with the gateway's answer to it.
#[derive(Clone, Copy)]
pub struct Fault {
    pub request: fn(&str) -> Turn,
    pub answer: fn(&str, String) -> String,
}

pub const SOUND: Fault = Fault { request: |head| Turn::Pass(passed_on(head)), answer: |_, answer| answer };

/// The request as a sound proxy passes it on: its own word about the visitor, and nobody else's.
pub fn passed_on(head: &str) -> String {
    let drops = ["x-forwarded-", "forwarded:", "x-original-", "x-rewrite-", "x-real-ip", "x-http-method"];
    let kept = head.lines().filter(|line| {
        let line = line.to_ascii_lowercase();
        !line.is_empty() && !drops.iter().any(|drop| line.starts_with(drop))
    });
    let mut passed: String = kept.fold(String::new(), |mut passed, line| {
        let _ = write!(passed, "{line}\r\n");
        passed
    });
    let _ = write!(passed, "X-Forwarded-Host: {}\r\n", field(head, "Host"));
    passed
}

pub fn field<'a>(head: &'a str, name: &str) -> &'a str {
    let mut lines = head.lines().filter_map(|line| line.split_once(':'));
    lines.find(|(written, _)| written.eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim())
}

pub fn target(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

pub fn says(status: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Length: 7\r\nConnection: close\r\n\r\nwelcome")
}

/// Starts a front before the gateway; its address.
pub async fn front(gateway: SocketAddr, tls: Option<TlsAcceptor>, fault: Fault) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let tls = tls.clone();
            tokio::spawn(async move {
                let spoken = if tls.is_some() { Tls::Spoken } else { Tls::No };
                let visitor = match tls {
                    // A client that does not trust us leaves here.
                    Some(tls) => match tls.accept(stream).await {
                        Ok(stream) => Wire::over(stream),
                        Err(_) => return,
                    },
                    None => Wire::over(stream),
                };
                serve(visitor, gateway, spoken, fault).await;
            });
        }
    });
    address
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tls {
    Spoken,
    No,
}

async fn serve(mut visitor: Wire, gateway: SocketAddr, tls: Tls, fault: Fault) {
    let Some(head) = visitor.until(b"\r\n\r\n").await else { return };
    let head = String::from_utf8_lossy(&head).into_owned();
    let answer = match (fault.request)(&head) {
        Turn::Answer(answer) => answer,
        // Every front keeps the questions of proxies to itself, unless that is what is broken in it.
        Turn::Pass(_) if target(&head).starts_with("/portcullis/authz") => says("404 Not Found"),
        Turn::Pass(passed) => {
            let mut wire = Wire::open(gateway).await;
            let proto = if tls == Tls::Spoken { "https" } else { "http" };
            let proto = if passed.contains("\r\nX-Forwarded-Proto:") {
                String::new()
            } else {
                format!("X-Forwarded-Proto: {proto}\r\n")
            };
            wire.send(format!("{passed}{proto}\r\n")).await;
            let Some(answer) = wire.answer(head.split(' ').next().unwrap_or_default()).await else { return };
            let mut head = String::from_utf8_lossy(&answer.head).into_owned();
            if answer.header("connection").is_none() {
                head.push_str("\r\nConnection: close");
            }
            // A front with https says so, unless the request says it already.
            if tls == Tls::Spoken && answer.header("strict-transport-security").is_none() {
                head.push_str("\r\nStrict-Transport-Security: max-age=63072000");
            }
            format!("{head}\r\n\r\n{}", answer.text())
        }
    };
    visitor.send((fault.answer)(&head, answer)).await;
    visitor.finish().await;
}

pub fn answers(answer: fn(&str, String) -> String) -> Fault {
    Fault { answer, ..SOUND }
}

pub fn asks(request: fn(&str) -> Turn) -> Fault {
    Fault { request, ..SOUND }
}

pub fn unless(open: bool, head: &str) -> Turn {
    if open { Turn::Answer(says("200 OK")) } else { Turn::Pass(passed_on(head)) }
}

/// A fault, the codes by which it must be found, and a line of the advice.
pub type Case = (&'static str, Fault, &'static [&'static str], &'static str);

/// Fronts that open what should be closed, or close what should be open.
pub fn doors() -> Vec<Case> {
    vec![
        (
            "answers 200 to everything",
            asks(|_| Turn::Answer(says("200 OK"))),
            &["PD201", "PD205", "PD206", "PD301", "PD310"],
            "auth_request /portcullis-question;",
        ),
        (
            "lets the decisions through",
            asks(|head| unless(target(head).starts_with("/portcullis/authz/"), head)),
            &["PD205"],
            "location ^~ /portcullis/authz { return 404; }",
        ),
        (
            "lets an encoded decision through",
            asks(|head| unless(target(head).contains("%61"), head)),
            &["PD205"],
            "return 404;",
        ),
        (
            "asks for a session on our own pages",
            asks(asks_for_a_session),
            &["PD201", "PD206"],
            "location ^~ /portcullis/ {",
        ),
        (
            "opens WebSockets",
            asks(|head| match field(head, "Upgrade") {
                "" => Turn::Pass(passed_on(head)),
                _ => Turn::Answer(
                    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n".to_owned(),
                ),
            }),
            &["PD310"],
            "auth_request /portcullis-question;",
        ),
    ]
}

fn asks_for_a_session(head: &str) -> Turn {
    let ours = target(head).starts_with("/portcullis/") && !target(head).contains("uthz");
    if !ours {
        return Turn::Pass(passed_on(head));
    }
    let location = "Location: /portcullis/login?rd=/portcullis/login";
    Turn::Answer(format!("HTTP/1.1 302 Found\r\n{location}\r\nContent-Length: 0\r\n\r\n"))
}

/// Fronts that send people and scripts where they should not go.
pub fn ways() -> Vec<Case> {
    vec![
        (
            "redirects scripts",
            answers(|_, answer| {
                answer.replace("HTTP/1.1 401 Unauthorized", "HTTP/1.1 302 Found\r\nLocation: /portcullis/login")
            }),
            &["PD309"],
            "return 401;",
        ),
        (
            "sends forms on",
            answers(|_, answer| answer.replace("HTTP/1.1 303 See Other", "HTTP/1.1 307 Temporary Redirect")),
            &["PD305"],
            "error_page 401",
        ),
        (
            "forgets the way back",
            answers(|_, answer| answer.replace("%26rd%3Da%252Fb%2526c", "")),
            &["PD304"],
            "X-Original-URL $scheme://$host$request_uri;",
        ),
        (
            "is not believed by the gateway",
            asks(|head| {
                let ours = target(head).starts_with("/portcullis/");
                if ours { Turn::Pass(passed_on(head)) } else { Turn::Answer(says("403 Forbidden")) }
            }),
            &["PD302"],
            "trusted_proxies = [",
        ),
        (
            "is gone behind itself",
            asks(|_| Turn::Answer(says("502 Bad Gateway"))),
            &["PD204", "PD307"],
            "portcullis health",
        ),
    ]
}

fn without_destination(head: &str) -> Turn {
    let kept: Vec<&str> = head.lines().filter(|line| !line.starts_with("Destination:")).collect();
    Turn::Pass(passed_on(&kept.join("\r\n")))
}

/// Fronts that believe strangers, or change what we say.
pub fn claims() -> Vec<Case> {
    vec![
        (
            "believes a stranger's X-Forwarded-Host",
            answers(|head, answer| {
                let host = if field(head, "X-Forwarded-Host").is_empty() { "Host" } else { "X-Forwarded-Host" };
                answer.replace("\r\nlocation: /", &format!("\r\nlocation: http://{}/", field(head, host)))
            }),
            &["PD405"],
            "proxy_set_header X-Forwarded-Host $host;",
        ),
        (
            "opens for X-Original-URL",
            asks(|head| unless(!field(head, "X-Original-URL").is_empty() && !target(head).contains("uthz"), head)),
            &["PD405"],
            "X-Original-URL",
        ),
        (
            "opens for Remote_User",
            asks(|head| unless(!field(head, "REMOTE_USER").is_empty(), head)),
            &["PD401"],
            "underscores_in_headers off;",
        ),
        (
            "opens what begins like our pages",
            asks(|head| unless(target(head).starts_with("/portcullis/.."), head)),
            &["PD311"],
            "proxy_pass http://127.0.0.1:3000;",
        ),
        (
            "keeps Destination from the gateway",
            asks(without_destination),
            &["PD315"],
            "proxy_set_header Destination $http_destination;",
        ),
        ("echoes TRACE", asks(|head| unless(head.starts_with("TRACE"), head)), &["PD312"], "return 405;"),
        (
            "lets a header change the method",
            asks(|head| unless(!field(head, "X-HTTP-Method-Override").is_empty(), head)),
            &["PD313"],
            "X-HTTP-Method-Override",
        ),
    ]
}

/// Fronts that keep, cut or open what we say to browsers.
pub fn answers_of_ours() -> Vec<Case> {
    vec![
        (
            "caches",
            answers(|_, answer| answer.replace("no-store", "public, max-age=60\r\nAge: 7")),
            &["PD503", "PD504"],
            "proxy_cache off;",
        ),
        (
            "takes HttpOnly away",
            answers(|_, answer| answer.replace("; HttpOnly", "")),
            &["PD502"],
            "proxy_cookie_flags off;",
        ),
        (
            "allows frames",
            answers(|_, answer| answer.replace("frame-ancestors 'none'", "frame-ancestors *")),
            &["PD505"],
            "security headers",
        ),
    ]
}
