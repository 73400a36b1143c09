//! Messages that overtake each other.

use crate::gateway::{Gateway, Setup};
use crate::phone::{code_in, wrong_code};

/// The gateway makes the codes and keeps their hashes.
async fn with_our_own_codes() -> Gateway {
    let delivery = "sms = [\"cpaas_message\"]\nemail = [\"cpaas\"]\n".to_owned();
    Gateway::with(Setup { delivery: Some(delivery), ..Setup::default() }).await
}

async fn codes(gateway: &Gateway) -> Vec<String> {
    let messages = gateway.sandbox.messages_to(&gateway.account.phone).await;
    messages.iter().map(|message| code_in(&message.text)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_before_stays_good_for_its_lifetime_and_shares_the_five_guesses() {
    let gateway = with_our_own_codes().await;
    let (mut visitor, first) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(60);
    assert_eq!(visitor.ask_again("sms").await.header("location"), Some("/portcullis/verify?sent=1"));
    let sent = codes(&gateway).await;
    assert_eq!((sent.len(), &sent[0]), (2, &first));
    let page = visitor.get("/portcullis/verify?sent=1").await;
    assert!(!page.text().contains("use the code of the newest one"), "both are good: {page:?}");
    let wrong = (0..9).map(|number| wrong_code(&first, number)).find(|code| !sent.contains(code)).unwrap();
    assert_eq!(visitor.code(&wrong).await.status, 422);
    let answer = visitor.code(&first).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_before_ends_with_its_own_lifetime() {
    let gateway = with_our_own_codes().await;
    let (mut visitor, first) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(280);
    visitor.ask_again("sms").await;
    gateway.advance(21);
    let sent = codes(&gateway).await;
    assert_eq!(visitor.code(&first).await.status, 422, "five minutes are over");
    let answer = visitor.code(&sent[1]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_by_another_method_replaces_the_one_before() {
    let delivery = "sms = [\"cpaas_message\"]\nemail = [\"cpaas\"]\n".to_owned();
    let gateway = Gateway::with(Setup { delivery: Some(delivery), ..Setup::default() }).await;
    let (mut visitor, first) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(60);
    let answer = visitor.ask_again("email").await;
    assert_eq!(answer.header("location"), Some("/portcullis/verify?sent=1"), "{answer:?}");
    assert_eq!(visitor.code(&first).await.status, 422, "the session would name the wrong method");
}

#[tokio::test(flavor = "multi_thread")]
async fn both_codes_open_one_session_together() {
    let gateway = with_our_own_codes().await;
    let (mut visitor, first) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(60);
    visitor.ask_again("sms").await;
    let second = codes(&gateway).await.pop().unwrap();
    let page = visitor.get("/portcullis/verify").await;
    let (mut one, mut other) = (visitor.clone(), visitor.clone());
    let (a, b) = (page.clone(), page);
    let verify = "/portcullis/verify";
    let (typed_first, typed_second) = ([("code", first.as_str())], [("code", second.as_str())]);
    let (one, other) = tokio::join!(one.submit(&a, verify, &typed_first), other.submit(&b, verify, &typed_second));
    let sessions = [&one, &other].iter().filter(|answer| answer.header("location") == Some("/")).count();
    assert_eq!(sessions, 1, "{one:?} {other:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_provider_holds_the_code_the_page_names_the_newest_message() {
    let gateway = Gateway::start().await;
    let (mut visitor, first) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(60);
    let answer = visitor.ask_again("sms").await;
    let page = visitor.follow(answer).await;
    assert!(page.text().contains("use the code of the newest one"), "{page:?}");
    assert_eq!(visitor.code(&first).await.status, 422);
}
