//! Codes and messages through the gateway's client.

use std::time::Duration;

use super::{TEXT, account, codes, delivery, hand, newest_code, project, request, sandbox, texts, wrong};
use crate::delivery::{CodeReference, CodeVerdict, Destination};
use crate::domain::code::Alphabet;
use crate::domain::method::CodeMethod;
use crate::sandbox::faults::Operation;
use crate::sandbox::messages::Channel;
use crate::sandbox::settings::ResendNames;
use crate::sandbox::{Sandbox, Settings};

#[tokio::test]
async fn a_code_arrives_by_sms_and_counts_once() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    for grant in [project(), account()] {
        let delivery = delivery(&sandbox, &hand.clock(), grant);
        let codes = codes(&delivery, CodeMethod::Sms);
        let reference = codes.create(&request()).await.unwrap();
        let (code, message) = (newest_code(&sandbox), sandbox.messages().pop().unwrap());
        assert_eq!((message.channel, message.to.as_str()), (Channel::Sms, "+15005550006"));
        assert_eq!(message.text, TEXT.replace("{code}", code.expose()));
        assert_eq!(codes.verify(&reference, &wrong()).await.unwrap(), CodeVerdict::Wrong);
        assert_eq!(codes.verify(&reference, &code).await.unwrap(), CodeVerdict::Right);
        assert_eq!(codes.verify(&reference, &code).await.unwrap(), CodeVerdict::Wrong);
    }
}

#[tokio::test]
async fn a_code_arrives_by_mail_with_its_subject() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let mut mail = request();
    mail.to = Destination::Email("ada@example.com".parse().unwrap());
    mail.subject = Some("Your code".into());
    mail.alphabet = Alphabet::Alphanumeric;
    mail.length = 10;
    let reference = codes(&delivery, CodeMethod::Email).create(&mail).await.unwrap();
    let message = sandbox.messages().pop().unwrap();
    assert_eq!((message.channel, message.to.as_str()), (Channel::Email, "ada@example.com"));
    assert_eq!(message.subject.as_deref(), Some("Your code"));
    assert_eq!(message.code.unwrap().len(), 10);
    let verdict = codes(&delivery, CodeMethod::Email).verify(&reference, &newest_code(&sandbox)).await;
    assert_eq!(verdict.unwrap(), CodeVerdict::Right);
}

#[tokio::test]
async fn a_code_expires_by_the_clock() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let reference = codes.create(&request()).await.unwrap();
    hand.advance(Duration::from_mins(5));
    assert_eq!(codes.verify(&reference, &newest_code(&sandbox)).await.unwrap(), CodeVerdict::Wrong);
}

#[tokio::test]
async fn after_a_resend_the_old_code_is_dead_whatever_the_new_one_is_called() {
    let hand = hand();
    for resend in [ResendNames::Keep, ResendNames::Change] {
        let settings = Settings { resend, ..Settings::default() };
        let sandbox = Sandbox::start(super::free_port(), hand.clock(), settings).await.unwrap();
        let delivery = delivery(&sandbox, &hand.clock(), project());
        let codes = codes(&delivery, CodeMethod::Sms);
        let first = codes.create(&request()).await.unwrap();
        let old = newest_code(&sandbox);
        let mut second = codes.resend(&first, &request()).await.unwrap();
        // One draw in a million repeats the code; then it is sent again.
        while newest_code(&sandbox).expose() == old.expose() {
            second = codes.resend(&second, &request()).await.unwrap();
        }
        assert_eq!(first == second, resend == ResendNames::Keep);
        assert_eq!(codes.verify(&second, &old).await.unwrap(), CodeVerdict::Wrong);
        assert_eq!(codes.verify(&second, &newest_code(&sandbox)).await.unwrap(), CodeVerdict::Right);
    }
}

#[tokio::test]
async fn a_resend_of_an_expired_code_sends_a_new_one() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let first = codes.create(&request()).await.unwrap();
    hand.advance(Duration::from_mins(10));
    let second = codes.resend(&first, &request()).await.unwrap();
    assert_ne!(first, second);
    assert_eq!(codes.verify(&second, &newest_code(&sandbox)).await.unwrap(), CodeVerdict::Right);
    assert_eq!(sandbox.calls().of(Operation::Create), 2);
}

#[tokio::test]
async fn a_deleted_code_counts_no_more_and_may_be_deleted_again() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let reference = codes.create(&request()).await.unwrap();
    codes.delete(&reference).await.unwrap();
    assert_eq!(codes.verify(&reference, &newest_code(&sandbox)).await.unwrap(), CodeVerdict::Wrong);
    codes.delete(&reference).await.unwrap();
}

#[tokio::test]
async fn a_code_of_another_user_is_unknown() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let (ours, theirs) = (delivery(&sandbox, &hand.clock(), project()), delivery(&sandbox, &hand.clock(), account()));
    let reference = codes(&ours, CodeMethod::Sms).create(&request()).await.unwrap();
    let verdict = codes(&theirs, CodeMethod::Sms).verify(&reference, &newest_code(&sandbox)).await.unwrap();
    assert_eq!(verdict, CodeVerdict::Wrong);
    let never = CodeReference("never-made".into());
    assert_eq!(codes(&ours, CodeMethod::Sms).verify(&never, &wrong()).await.unwrap(), CodeVerdict::Wrong);
}

#[tokio::test]
async fn a_message_of_our_own_arrives() {
    let hand = hand();
    let sandbox = sandbox(&hand.clock()).await;
    let delivery = delivery(&sandbox, &hand.clock(), project());
    texts(&delivery).send(&request().to, "Code 901245\n\n@app.example.com #901245", None).await.unwrap();
    assert_eq!(newest_code(&sandbox).expose(), "901245");
}

#[tokio::test]
async fn an_attempt_limit_kills_the_code() {
    let hand = hand();
    let settings = Settings { attempt_limit: Some(2), ..Settings::default() };
    let sandbox = Sandbox::start(super::free_port(), hand.clock(), settings).await.unwrap();
    let delivery = delivery(&sandbox, &hand.clock(), project());
    let codes = codes(&delivery, CodeMethod::Sms);
    let reference = codes.create(&request()).await.unwrap();
    for _ in 0..2 {
        assert_eq!(codes.verify(&reference, &wrong()).await.unwrap(), CodeVerdict::Wrong);
    }
    assert_eq!(codes.verify(&reference, &newest_code(&sandbox)).await.unwrap(), CodeVerdict::Wrong);
    assert_eq!(sandbox.calls().verifies.get(&reference.0), Some(&3));
}
