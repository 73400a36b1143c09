//! All faults of the sandbox, and what the client makes of them.

use std::time::Duration;

use super::{codes, delivery, hand, newest_code, project, request, sandbox, texts, within, wrong};
use crate::delivery::{CodeVerdict, Sent};
use crate::domain::method::CodeMethod;
use crate::sandbox::RunningSandbox;
use crate::sandbox::faults::{Kind, Misbehaviour, Operation};

fn misbehave(sandbox: &RunningSandbox, operation: Operation, kind: Kind, status: Option<u16>) {
    sandbox.misbehave(Misbehaviour { operation, kind, milliseconds: 0, status, count: Some(1) });
}

#[tokio::test]
async fn a_failure_on_the_way_to_the_code_is_an_error_and_the_next_call_works() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    for (operation, kind, status, sent) in [
        (Operation::Token, Kind::Status, Some(500), Sent::No),
        (Operation::Token, Kind::Status, Some(429), Sent::No),
        (Operation::Token, Kind::Garbage, None, Sent::No),
        (Operation::Token, Kind::Drop, None, Sent::No),
        (Operation::Token, Kind::Cut, None, Sent::No),
        (Operation::Create, Kind::Status, Some(500), Sent::Perhaps),
        (Operation::Create, Kind::Status, Some(503), Sent::Perhaps),
        (Operation::Create, Kind::Status, Some(429), Sent::No),
        (Operation::Create, Kind::Status, Some(400), Sent::No),
        (Operation::Create, Kind::Garbage, None, Sent::Perhaps),
        (Operation::Create, Kind::Drop, None, Sent::Perhaps),
        (Operation::Create, Kind::Cut, None, Sent::Perhaps),
    ] {
        misbehave(&sandbox, operation, kind, status);
        let error = codes.create(&request()).await.unwrap_err();
        assert_eq!(error.sent, sent, "{operation:?} {kind:?} {status:?}: {error}");
    }
    codes.create(&request()).await.unwrap();
}

#[tokio::test]
async fn a_failing_check_neither_passes_nor_calls_the_code_wrong() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let reference = codes.create(&request()).await.unwrap();
    let right = newest_code(&sandbox);
    for (kind, status) in [
        (Kind::Status, Some(500)),
        (Kind::Status, Some(429)),
        (Kind::Status, Some(302)),
        (Kind::Status, Some(201)),
        (Kind::Garbage, None),
    ] {
        misbehave(&sandbox, Operation::Verify, kind, status);
        codes.verify(&reference, &right).await.unwrap_err();
        misbehave(&sandbox, Operation::Verify, kind, status);
        codes.verify(&reference, &wrong()).await.unwrap_err();
    }
    assert_eq!(codes.verify(&reference, &right).await.unwrap(), CodeVerdict::Right, "nothing was spent");
}

#[tokio::test]
async fn a_check_whose_answer_is_lost_is_an_error_although_the_code_is_spent() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    for kind in [Kind::Drop, Kind::Cut] {
        let reference = codes.create(&request()).await.unwrap();
        let right = newest_code(&sandbox);
        misbehave(&sandbox, Operation::Verify, kind, None);
        assert_eq!(codes.verify(&reference, &right).await.unwrap_err().sent, Sent::Perhaps);
        assert_eq!(codes.verify(&reference, &right).await.unwrap(), CodeVerdict::Wrong);
        assert_eq!(sandbox.calls().verifies.get(&reference.0), Some(&2), "nothing was asked twice");
    }
}

#[tokio::test]
async fn a_hanging_call_ends_at_the_deadline() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let patient = delivery(&sandbox, &hand.clock(), project());
    let hasty = within(&sandbox, &hand.clock(), project(), Duration::from_secs(1));
    let reference = codes(&patient, CodeMethod::Sms).create(&request()).await.unwrap();
    codes(&hasty, CodeMethod::Sms).verify(&reference, &wrong()).await.unwrap();
    let stall =
        |operation| Misbehaviour { operation, kind: Kind::Delay, milliseconds: 3_600_000, status: None, count: None };
    sandbox.misbehave(stall(Operation::Verify));
    sandbox.misbehave(stall(Operation::Create));
    let (right, order) = (newest_code(&sandbox), request());
    let hasty = codes(&hasty, CodeMethod::Sms);
    let (verified, created) = tokio::join!(hasty.verify(&reference, &right), hasty.create(&order));
    let error = verified.unwrap_err();
    assert_eq!((error.sent, error.reason.as_str()), (Sent::Perhaps, "verify: no answer in time"));
    assert_eq!(created.unwrap_err().sent, Sent::Perhaps);
    sandbox.behave();
    let verdict = codes(&patient, CodeMethod::Sms).verify(&reference, &newest_code(&sandbox)).await;
    assert_eq!(verdict.unwrap(), CodeVerdict::Right);
}

#[tokio::test]
async fn a_message_that_fails_says_whether_it_may_have_gone_out() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    for (kind, status, sent, arrived) in [
        (Kind::Status, Some(403), Sent::No, 0),
        (Kind::Status, Some(500), Sent::Perhaps, 0),
        (Kind::Garbage, None, Sent::Perhaps, 0),
        (Kind::Drop, None, Sent::Perhaps, 1),
        (Kind::Cut, None, Sent::Perhaps, 2),
    ] {
        misbehave(&sandbox, Operation::Sms, kind, status);
        let error = texts(&delivery).send(&request().to, "Code 901245", None).await.unwrap_err();
        assert_eq!((error.provider, error.sent), ("cpaas_message", sent), "{kind:?} {status:?}: {error}");
        assert_eq!(sandbox.messages().len(), arrived);
    }
}

#[tokio::test]
async fn a_sandbox_that_is_gone_is_an_error() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let reference = codes(&delivery, CodeMethod::Sms).create(&request()).await.unwrap();
    sandbox.stop().await;
    codes(&delivery, CodeMethod::Sms).verify(&reference, &wrong()).await.unwrap_err();
    codes(&delivery, CodeMethod::Sms).delete(&reference).await.unwrap_err();
}
