//! What an attacker tried before a release and got away with once.

use std::time::Duration;

use serde_json::json;

use crate::gateway::{Gateway, GatewayProcess, Setup};
use crate::phone::wrong_code;
use crate::response::expect_redirect;
use crate::visitor::{Request, SEND, VERIFY, form};
use crate::wire::eventually;

/// lighttpd and others turn every byte of a field name that is no letter or digit into `_` for CGI: `Remote~User` is
/// `HTTP_REMOTE_USER` there.
#[tokio::test(flavor = "multi_thread")]
async fn no_spelling_with_another_mark_tells_the_site_who_asks() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    for mark in "!#$%&'*+^`|~".chars() {
        for name in ["Remote-User", "Remote-Groups", "X-Forwarded-For", "X-Real-IP", "Transfer-Encoding"] {
            let spelled = name.replace('-', &mark.to_string());
            let answer = visitor.send(Request::get("/").header(&spelled, "eve")).await;
            assert_eq!(answer.status, 200, "{spelled}: {answer:?}");
            let seen = gateway.backend.last().await;
            assert!(seen.headers_named(&spelled.to_lowercase()).is_empty(), "{spelled} reached the site");
        }
    }
}

/// A code that was paid for, arrived on the phone and is then refused: the visitor closed or reloaded the page while it
/// was being sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_arrives_counts_though_the_visitor_left_while_it_was_sent() {
    let gateway = Gateway::start().await;
    let account = gateway.account.clone();
    let (mut visitor, _) = gateway.half_signed_in(&account).await;
    gateway.advance(60);
    let page = visitor.get(VERIFY).await;
    let slow = json!({ "operation": "create", "kind": "delay", "milliseconds": 700, "count": 1 });
    gateway.sandbox.misbehaves_with(slow).await;
    let request = Request::post(SEND, &form(&page, SEND).filled(&[("method", "email")]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    eventually("the send is under way", || async { gateway.sandbox.calls("create").await == 2 }).await;
    drop(wire);
    let code = gateway.sandbox.code(&account.email, 1).await;
    eventually("the page says where the code went", || async {
        visitor.clone().get(VERIFY).await.text().contains("An e-mail with your code was sent")
    })
    .await;
    expect_redirect(&visitor.code(&code).await, "/", "the code that arrived last");
    assert!(visitor.is_in().await);
}

/// Counted attempts close a factor after a hundred; whoever leaves before the answer must not do that unseen.
#[tokio::test(flavor = "multi_thread")]
async fn a_guess_whose_visitor_leaves_before_the_answer_is_in_the_log() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account.clone()).await;
    let page = visitor.get(VERIFY).await;
    gateway.sandbox.misbehaves_with(json!({ "operation": "verify", "kind": "delay", "milliseconds": 3000 })).await;
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &wrong_code(&code, 0))]));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    eventually("the guess is under way", || async { gateway.sandbox.calls("verify").await == 1 }).await;
    drop(wire);
    gateway.process.has_written("attempt.not-judged").await;
    gateway.process.has_written("499").await;
}

/// Seen on an old session, whose making does not lie in the future after the jump: its idle time would begin anew at
/// the later of both clocks.
#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_does_not_stretch_the_idle_time_of_an_old_session() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    for _ in 0..4 {
        gateway.advance(50 * 60);
        assert!(visitor.is_in().await);
    }
    gateway.clock.retreat(Duration::from_hours(2));
    gateway.advance(110 * 60);
    assert!(!visitor.is_in().await, "not used for an hour and fifty minutes");
}
