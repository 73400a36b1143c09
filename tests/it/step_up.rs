//! The factor asked for again: where a rule wants it fresh, and where only the password was given so far.

use crate::backend::Answer;
use crate::gateway::{Account, Gateway, Setup};
use crate::phone::wrong_code;
use crate::response::{Response, expect_redirect, expect_sign_in};
use crate::visitor::{DEVICE_COOKIE, GUESSES_USED, OVER, Request, SESSION_COOKIE, VERIFY, Visitor, form};

const CONFIRM: &str = "/portcullis/confirm";

fn setup() -> Setup {
    let rules = "[[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\nfresh_within = \"10m\"\n\
                 [[sites.rules]]\npath = \"/notes/**\"\nmethods = [\"GET\"]\nrequire = \"one_factor\"\n\
                 [[sites.rules]]\npath = \"/notes/**\"\nrequire = \"two_factor\"\n\
                 [[sites.rules]]\npath = \"/open/**\"\nrequire = \"nothing\"\n";
    Setup { site: rules.to_owned(), ..Setup::default() }
}

/// From the refused page to the code page: no password on the way.
async fn asks_for_a_code(gateway: &Gateway, visitor: &mut Visitor, target: &str) -> (Response, String) {
    let sent = gateway.sandbox.messages_to(&gateway.account.phone).await.len();
    let answer = visitor.get(target).await;
    expect_sign_in(&answer, &target.replace('?', "%3F").replace('=', "%3D"), "a stale factor leads to the sign-in");
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("Confirm your identity") && !page.text().contains("type=\"password\""), "{page:?}");
    assert_eq!(gateway.sandbox.messages_to(&gateway.account.phone).await.len(), sent, "a page sends nothing");
    let answer = visitor.submit(&page, CONFIRM, &[("method", "sms")]).await;
    let page = visitor.follow(answer).await;
    (page, gateway.sandbox.code(&gateway.account.phone, sent + 1).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_that_is_too_old_is_asked_for_again_without_the_password() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.ada().await;
    assert_eq!(visitor.get("/money/send?to=x").await.status, 200, "fresh enough");
    gateway.advance(599);
    assert_eq!(visitor.get("/money/send?to=x").await.status, 200);
    gateway.advance(2);
    assert_eq!(visitor.get("/other").await.status, 200, "elsewhere the session is good");
    let old = visitor.clone();
    let (page, code) = asks_for_a_code(&gateway, &mut visitor, "/money/send?to=x").await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &wrong_code(&code, 0))]).await;
    assert!(answer.words().contains("Code invalid or expired"), "{answer:?}");
    assert_eq!(visitor.get("/other").await.status, 200, "a wrong code does not end the session");
    let answer = visitor.submit(&answer, VERIFY, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/money/send?to=x");
    assert_eq!(visitor.get("/money/send?to=x").await.status, 200);
    assert_ne!(visitor.jar[SESSION_COOKIE], old.jar[SESSION_COOKIE], "a new cookie");
    assert_eq!(old.clone().get("/other").await.status, 302, "the old one is dead");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_is_told_that_a_fresh_factor_is_missing_and_a_socket_is_not_opened() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.ada().await;
    gateway.advance(601);
    let answer = visitor.send(Request::get("/money/x").header("Accept", "application/json").bare()).await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.json()["error"], "insufficient_user_authentication");
    let passed = gateway.backend.count();
    gateway.backend.answers(Answer::WebSocketEcho);
    let key = "dGhlIHNhbXBsZSBub25jZQ==";
    let handshake = Request::get("/money/socket")
        .header("Connection", "Upgrade")
        .header("Upgrade", "websocket")
        .header("Sec-WebSocket-Version", "13")
        .header("Sec-WebSocket-Key", key)
        .bare();
    assert_eq!(visitor.send(handshake).await.status, 401);
    assert_eq!(gateway.backend.count(), passed);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_needs_a_fresh_factor_does_not_send_its_owner_in_circles() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.ada().await;
    gateway.advance(601);
    let answer = visitor.send(Request::post("/money/send", &[("amount", "5")])).await;
    assert_eq!(
        (answer.status, answer.location()),
        (303, "/portcullis/login?rd=/portcullis/unsent%3Frd%3D/%26to%3D/money/send&rm=POST")
    );
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("Confirm your identity"), "{page:?}");
    assert_eq!(form(&page, CONFIRM).field("rm"), Some("POST"));
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_a_step_up_count_like_those_at_a_sign_in() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.ada().await;
    gateway.advance(601);
    let (page, code) = asks_for_a_code(&gateway, &mut visitor, "/money/x").await;
    for number in 0..4 {
        let answer = visitor.submit(&page, VERIFY, &[("code", &wrong_code(&code, number))]).await;
        assert_eq!(answer.status, 422, "guess {number}: {answer:?}");
    }
    let answer = visitor.submit(&page, VERIFY, &[("code", &wrong_code(&code, 4))]).await;
    expect_redirect(&answer, GUESSES_USED, "the fifth wrong one");
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    expect_redirect(&answer, OVER, "after five wrong ones the right one");
    assert_eq!(visitor.get("/money/x").await.status, 302, "after five wrong ones the right one opens nothing");
    assert_eq!(visitor.get("/other").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_up_ends_with_its_session_and_belongs_to_it() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.ada().await;
    gateway.advance(601);
    let (page, code) = asks_for_a_code(&gateway, &mut visitor, "/money/x").await;
    let mut other = visitor.clone();
    other.log_out().await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    expect_redirect(&answer, OVER, "back to the start");
    assert!(!visitor.is_in().await, "the right code does not bring an ended session back");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_password_alone_opens_what_asks_for_one_factor_and_nothing_else() {
    let gateway = Gateway::with(setup()).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/notes/today", "ada", &gateway.account.password).await;
    assert_eq!(answer.location(), "/notes/today", "{answer:?}");
    assert!(gateway.sandbox.messages_to(&gateway.account.phone).await.is_empty(), "no code is sent");
    assert_eq!(visitor.get("/notes/today").await.status, 200);
    assert_eq!(gateway.backend.last().await.headers_named("remote-user"), ["ada"]);
    assert_eq!(visitor.get("/open/x").await.status, 200);
    let told = gateway.backend.last().await;
    assert!(told.headers_named("remote-user").is_empty(), "nobody, where no rule took it for enough: {}", told.head);
    let passed = gateway.backend.count();
    for (request, status) in [
        (Request::get("/"), 302),
        (Request::get("/money/x"), 302),
        (Request::post("/notes/today", &[("a", "b")]), 303),
        (Request::get("/NOTES/today"), 302),
        (Request::get("/api").header("Accept", "application/json").bare(), 401),
    ] {
        let answer = visitor.send(request.clone()).await;
        assert_eq!(answer.status, status, "{request:?}: {answer:?}");
    }
    assert_eq!(gateway.backend.count(), passed);
    let answer = visitor.get("/portcullis/").await;
    assert_eq!(answer.location(), "/portcullis/confirm?rd=%2Fportcullis%2F", "nor the page of the account: {answer:?}");
    assert!(!visitor.jar.contains_key(DEVICE_COOKIE), "the password alone earns no counter of its own for codes");
    let (page, code) = asks_for_a_code(&gateway, &mut visitor, "/private").await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/private");
    assert!(visitor.jar.contains_key(DEVICE_COOKIE));
    for target in ["/private", "/money/x", "/notes/today", "/open/x"] {
        assert_eq!(visitor.get(target).await.status, 200, "{target}");
        assert_eq!(gateway.backend.last().await.headers_named("remote-user"), ["ada"], "{target}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_too_short_to_stand_alone_needs_the_code_behind_it() {
    // Added while the configuration had no rule of one factor.
    let mut gateway = Gateway::with(Setup::default()).await;
    let short = Account { password: "nine more".to_owned(), ..Account::new("bob") };
    gateway.add(&short).await;
    std::fs::write(gateway.config_file(), format!("{}\n{}", gateway.config(), setup().site)).unwrap();
    gateway.restart().await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/notes/today", "bob", &short.password).await;
    expect_redirect(&answer, VERIFY, "nine characters are not enough alone");
    assert_eq!(visitor.get("/notes/today").await.status, 302);
}
