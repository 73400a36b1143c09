//! The CPaaS fails in every way it can: a clear page, never "wrong code", never a way in, and the guess is given back.

use serde_json::json;

use crate::gateway::{Gateway, Setup};
use crate::phone::wrong_code;
use crate::response::{Response, expect_redirect};
use crate::visitor::{VERIFY, Visitor};

/// Each way to misbehave: its name and what the sandbox is told.
fn ways() -> Vec<(&'static str, serde_json::Value)> {
    let status = |status: u16| json!({ "operation": "any", "kind": "status", "status": status, "count": null });
    let kind = |kind: &str| json!({ "operation": "any", "kind": kind, "count": null });
    vec![
        ("500", status(500)),
        ("429", status(429)),
        ("a redirect elsewhere", status(302)),
        ("503", status(503)),
        ("nonsense", kind("garbage")),
        (LOST, kind("drop")),
        ("a hang", json!({ "operation": "any", "kind": "delay", "milliseconds": 600_000, "count": null })),
    ]
}

/// The CPaaS does what it is asked, and its answer never arrives.
const LOST: &str = "a closed connection";

async fn another_code(gateway: &Gateway, visitor: &mut Visitor) -> String {
    gateway.advance(120);
    visitor.ask_again("sms").await;
    gateway.sandbox.code(&gateway.account.phone, 2).await
}

fn impatient() -> Setup {
    Setup { cpaas: "timeout = \"1s\"".to_owned(), ..Setup::default() }
}

fn assert_service_error(answer: &Response, status: u16, what: &str) {
    assert_eq!(answer.status, status, "{what}: {answer:?}");
    let words = answer.words();
    assert!(!words.contains("Code invalid or expired"), "{what}: a service error is no wrong code: {words}");
    assert!(!words.contains("Invalid credentials"), "{what}: nor a wrong password: {words}");
    assert!(words.to_lowercase().contains("try again"), "{what}: the page says what to do: {words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_no_code_can_be_sent_the_page_says_so_and_nobody_gets_in() {
    for (what, how) in ways() {
        let gateway = Gateway::with(impatient()).await;
        gateway.sandbox.misbehaves_with(how).await;
        let mut visitor = gateway.visitor();
        let answer = visitor.password("/", "ada", &gateway.account.password).await;
        expect_redirect(&answer, "/portcullis/verify?sent=0", what);
        let page = visitor.follow(answer).await;
        assert_service_error(&page, 200, what);
        assert!(page.words().contains("could not send"), "{what}: {}", page.words());
        assert!(!visitor.is_in().await, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_failed_send_the_visitor_can_send_again_and_get_in() {
    let gateway = Gateway::with(impatient()).await;
    gateway.sandbox.misbehaves_status("create", 500).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    visitor.follow(answer).await;
    gateway.sandbox.behaves().await;
    gateway.advance(120);
    let answer = visitor.ask_again("sms").await;
    assert!(visitor.follow(answer).await.words().contains("Verification code sent."));
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code of the second attempt");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_sms_fails_the_mail_still_works() {
    let gateway = Gateway::with(impatient()).await;
    gateway.sandbox.misbehaves("create", "drop", Some(1)).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    visitor.follow(answer).await;
    gateway.advance(120);
    let answer = visitor.ask_again("email").await;
    visitor.follow(answer).await;
    let code = gateway.sandbox.code("ada@example.com", 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the other way");
}

#[tokio::test(flavor = "multi_thread")]
async fn when_a_code_cannot_be_checked_nobody_gets_in_and_the_guess_is_given_back() {
    for (what, how) in ways() {
        let gateway = Gateway::with(impatient()).await;
        let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
        let mut how = how;
        how["operation"] = json!("verify");
        for guess in 0..4 {
            visitor.code(&wrong_code(&code, guess)).await;
        }
        gateway.sandbox.misbehaves_with(how).await;
        for _ in 0..3 {
            assert_service_error(&visitor.code(&code).await, 503, what);
            assert!(!visitor.is_in().await, "{what}");
        }
        gateway.sandbox.behaves().await;
        gateway.advance(2);
        // With the answer lost, the CPaaS may have spent the code: a new one is needed.
        let last = if what == LOST { another_code(&gateway, &mut visitor).await } else { code };
        expect_redirect(&visitor.code(&last).await, "/", &format!("{what}: the fifth guess is still there"));
        assert!(visitor.is_in().await, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn only_204_verifies_a_code() {
    for status in [200, 201, 202, 206] {
        let gateway = Gateway::with(impatient()).await;
        let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
        gateway.sandbox.misbehaves_status("verify", status).await;
        let answer = visitor.code(&wrong_code(&code, 0)).await;
        assert_service_error(&answer, 503, &format!("{status} to a wrong code"));
        assert!(!visitor.is_in().await, "{status} is no proof");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refusal_of_the_cpaas_is_a_wrong_code() {
    for status in [400, 403, 404, 410, 422] {
        let gateway = Gateway::with(impatient()).await;
        let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
        gateway.sandbox.misbehaves_status("verify", status).await;
        let answer = visitor.code(&code).await;
        assert!(answer.status == 422 && answer.words().contains("Code invalid or expired"), "{status}: {answer:?}");
        assert!(!visitor.is_in().await, "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_was_withdrawn_is_fetched_anew_once() {
    let gateway = Gateway::with(impatient()).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let tokens = gateway.sandbox.calls("token").await;
    let once = json!({ "operation": "verify", "kind": "status", "status": 401, "count": 1 });
    gateway.sandbox.misbehaves_with(once).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code is right");
    assert_eq!(gateway.sandbox.calls("token").await, tokens + 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_never_helps_is_a_service_error_and_no_loop() {
    let gateway = Gateway::with(impatient()).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    gateway.sandbox.misbehaves_status("verify", 401).await;
    let before = gateway.sandbox.calls("verify").await;
    assert_service_error(&visitor.code(&code).await, 503, "401 for ever");
    assert!(!visitor.is_in().await);
    assert_eq!(gateway.sandbox.calls("verify").await, before + 2, "one retry");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_token_serves_many_and_is_renewed_at_half_its_life() {
    let gateway = Gateway::start().await;
    for name in ["bob", "cyd", "eve"] {
        let account = gateway.add_account(name).await;
        gateway.half_signed_in(&account).await;
    }
    assert_eq!(gateway.sandbox.calls("token").await, 1);
    gateway.advance(4 * 3600 + 60);
    let late = gateway.add_account("fay").await;
    gateway.half_signed_in(&late).await;
    assert_eq!(gateway.sandbox.calls("token").await, 2, "after more than half of eight hours");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_send_whose_fate_is_unknown_is_not_repeated_by_itself() {
    let gateway = Gateway::with(impatient()).await;
    gateway.sandbox.misbehaves("create", "drop", None).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    visitor.follow(answer).await;
    assert_eq!(gateway.sandbox.calls("create").await, 1, "one message at most for one press of the button");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_needs_no_cpaas() {
    let gateway = Gateway::with(impatient()).await;
    let visitor = gateway.ada().await;
    gateway.sandbox.misbehaves("any", "drop", None).await;
    assert!(visitor.is_in().await);
    assert_eq!(gateway.visitor().open(VERIFY).await.status, 200, "and the login page stands");
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_code_can_be_sent_by_the_sms_api() {
    let setup = Setup {
        cpaas: "sender_number = \"+15005550001\"".to_owned(),
        delivery: Some("sms = [\"cpaas_message\"]\nemail = [\"cpaas\"]".to_owned()),
        ..Setup::default()
    };
    let gateway = Gateway::with(setup).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    assert_eq!((gateway.sandbox.calls("sms").await, gateway.sandbox.calls("create").await), (1, 0));
    let answer = visitor.code(&wrong_code(&code, 0)).await;
    assert!(answer.status == 422 && answer.words().contains("Code invalid or expired"), "{answer:?}");
    expect_redirect(&visitor.code(&code).await, "/", "our own code");
    let store = std::fs::read(gateway.path("portcullis.db")).unwrap();
    assert!(!store.windows(6).any(|window| window == code.as_bytes()), "the store holds no code");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_provider_of_a_list_is_tried_when_the_first_fails() {
    let setup = Setup {
        cpaas: "sender_number = \"+15005550001\"".to_owned(),
        delivery: Some("sms = [\"cpaas\", \"cpaas_message\"]\nemail = [\"cpaas\"]".to_owned()),
        ..Setup::default()
    };
    let gateway = Gateway::with(setup).await;
    // A clear refusal: after a 500 or a lost answer the message may be under way, and a second one would confuse.
    gateway.sandbox.misbehaves_status("create", 429).await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code of the second provider");
}
