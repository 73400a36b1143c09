//! The phone page and the dashboard.

use super::protocol::ask;
use super::{codes, delivery, free_port, hand, newest_code, project, request, sandbox};
use crate::domain::method::CodeMethod;
use crate::sandbox::Dashboard;
use crate::sandbox::serve::SandboxError;

#[tokio::test]
async fn the_phone_page_shows_the_code_and_runs_nothing_that_a_message_brings() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    assert!(ask(sandbox.address(), "GET /", "", "").await.body.contains("No messages yet"));
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let mut evil = request();
    evil.text = "<script>alert(1)</script> {code}".into();
    codes(&delivery, CodeMethod::Sms).create(&evil).await.unwrap();
    let page = ask(sandbox.address(), "GET /", "", "").await;
    assert!(page.body.contains(newest_code(&sandbox).expose()));
    assert!(!page.body.contains("<script>alert"));
    assert!(page.head.contains("content-security-policy: default-src 'none'") && !page.head.contains("unsafe"));
    for file in ["phone.css", "phone.js", "dashboard.css", "mark.svg"] {
        assert_eq!(ask(sandbox.address(), &format!("GET /assets/{file}"), "", "").await.status, 200);
    }
    assert_eq!(ask(sandbox.address(), "GET /assets/..%2fCargo.toml", "", "").await.status, 404);
}

#[tokio::test]
async fn the_dashboard_greets_by_name_and_escapes_it() {
    let dashboard = Dashboard::start(free_port()).await.unwrap();
    let headers = "remote-user: ada\r\nremote-name: Ada <b>Lovelace</b>\r\nremote-groups: admins,ops\r\nx-forwarded-for: 192.0.2.1\r\n";
    let page = ask(dashboard.address(), "GET /reports?q='&x", headers, "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("Good to see you, <bdi>Ada &#60;b&#62;Lovelace"), "{}", page.body);
    for shown in ["admins,ops", "192.0.2.1", "href=\"/portcullis/logout\""] {
        assert!(page.body.contains(shown), "{shown}");
    }
    assert!(!page.body.contains("q='&x") && !page.body.contains("<b>Love"));
    let anonymous = ask(dashboard.address(), "POST /any/where", "host: app.example.com\r\n", "x=1").await;
    assert!(anonymous.status == 200 && anonymous.body.contains("No gateway before me"));
}

#[tokio::test]
async fn whoami_echoes_every_header_and_every_value() {
    let dashboard = Dashboard::start(free_port()).await.unwrap();
    let answer =
        ask(dashboard.address(), "GET /api/whoami?x=1", "remote-user: ada\r\nremote-user: eve\r\n", "").await.json();
    assert_eq!(answer["headers"]["remote-user"], serde_json::json!(["ada", "eve"]));
    assert_eq!((answer["method"].as_str(), answer["target"].as_str()), (Some("GET"), Some("/api/whoami?x=1")));
}

#[tokio::test]
async fn the_dashboard_stays_on_this_machine() {
    let refused = Dashboard::start("0.0.0.0:0".parse().unwrap()).await;
    assert!(matches!(refused.err(), Some(SandboxError::NotLoopback(_))));
}
