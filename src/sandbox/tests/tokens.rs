//! When the client requests a token.

use std::time::Duration;

use futures_util::future::join_all;
use secrecy::SecretString;

use super::{codes, delivery, hand, project, request, sandbox};
use crate::delivery::{Grant, Sent};
use crate::domain::method::CodeMethod;
use crate::sandbox::RunningSandbox;
use crate::sandbox::faults::{Kind, Misbehaviour, Operation};

#[tokio::test]
async fn a_token_is_used_for_half_of_its_life() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    for (passed, asked) in [(0, 1), (4 * 3600 - 1, 1), (1, 2), (4 * 3600 - 1, 2), (1, 3), (20 * 3600, 4)] {
        hand.advance(Duration::from_secs(passed));
        codes.create(&request()).await.unwrap();
        assert_eq!(sandbox.calls().of(Operation::Token), asked);
    }
}

#[tokio::test]
async fn twenty_calls_at_once_ask_for_one_token() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let request = request();
    sandbox.misbehave(Misbehaviour {
        operation: Operation::Token,
        kind: Kind::Delay,
        milliseconds: 200,
        status: None,
        count: Some(1),
    });
    let all = join_all((0..20).map(|_| codes(&delivery, CodeMethod::Sms).create(&request))).await;
    assert!(all.iter().all(Result::is_ok));
    assert_eq!((sandbox.calls().of(Operation::Token), sandbox.calls().of(Operation::Create)), (1, 20));
}

#[tokio::test]
async fn twenty_calls_at_once_share_one_failure_and_the_next_call_asks_again() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let request = request();
    sandbox.misbehave(Misbehaviour {
        operation: Operation::Token,
        kind: Kind::Status,
        milliseconds: 200,
        status: Some(503),
        count: Some(1),
    });
    let all = join_all((0..20).map(|_| codes(&delivery, CodeMethod::Sms).create(&request))).await;
    assert!(all.iter().all(Result::is_err));
    assert_eq!((sandbox.calls().of(Operation::Token), sandbox.calls().of(Operation::Create)), (1, 0));
    codes(&delivery, CodeMethod::Sms).create(&request).await.unwrap();
}

/// Returns once somebody has called the operation.
async fn is_called(sandbox: &RunningSandbox, operation: Operation) {
    while sandbox.calls().of(operation) == 0 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn a_call_that_is_given_up_does_not_spoil_the_token_for_the_next() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let request = request();
    sandbox.misbehave(Misbehaviour {
        operation: Operation::Token,
        kind: Kind::Delay,
        milliseconds: 3_600_000,
        status: None,
        count: Some(1),
    });
    let codes = codes(&delivery, CodeMethod::Sms);
    tokio::select! {
        created = codes.create(&request) => panic!("the token is an hour away: {created:?}"),
        () = is_called(&sandbox, Operation::Token) => {}
    }
    codes.create(&request).await.unwrap();
}

#[tokio::test]
async fn a_refused_token_is_replaced_once_and_the_call_made_again() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let refuse = |count| Misbehaviour {
        operation: Operation::Create,
        kind: Kind::Status,
        milliseconds: 0,
        status: Some(401),
        count: Some(count),
    };
    sandbox.misbehave(refuse(1));
    codes.create(&request()).await.unwrap();
    assert_eq!((sandbox.calls().of(Operation::Token), sandbox.calls().of(Operation::Create)), (2, 2));
    assert_eq!(sandbox.messages().len(), 1);
    sandbox.misbehave(refuse(2));
    let error = codes.create(&request()).await.unwrap_err();
    assert_eq!(error.sent, Sent::No);
    assert_eq!((sandbox.calls().of(Operation::Token), sandbox.calls().of(Operation::Create)), (3, 4));
}

#[tokio::test]
async fn a_token_that_the_cpaas_forgot_is_replaced_for_all_calls_at_once() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let request = request();
    codes(&delivery, CodeMethod::Sms).create(&request).await.unwrap();
    sandbox.forget_tokens();
    let all = join_all((0..20).map(|_| codes(&delivery, CodeMethod::Sms).create(&request))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert_eq!(sandbox.messages().len(), 21);
    // One token for all calls that were refused together; calls that were refused later use it.
    assert_eq!(sandbox.calls().of(Operation::Token), 2);
}

#[tokio::test]
async fn wrong_credentials_are_named_without_being_shown() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    for grant in [
        Grant::Project { client_id: "PRIV-demo".into(), client_secret: SecretString::from("canary-not-it") },
        Grant::Account {
            client_id: "PUB-demo".into(),
            email: "operator@sandbox.example".into(),
            password: SecretString::from("canary-not-it"),
        },
    ] {
        assert!(!format!("{grant:?}").contains("canary") && !format!("{grant:?}").contains('@'));
        let delivery = delivery(&sandbox, &hand.clock(), grant);
        let error = codes(&delivery, CodeMethod::Sms).create(&request()).await.unwrap_err();
        assert_eq!(error.sent, Sent::No);
        assert!(error.to_string().starts_with("cpaas: create: token: refused with status 401 (invalid_"), "{error}");
        assert!(!format!("{error:?}").contains("canary"));
    }
}
