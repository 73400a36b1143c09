//! The machine's clock is set forth and back while the gateway runs: nothing lives longer, counts earlier or waits
//! less.

use std::time::Duration;

use crate::gateway::{Gateway, Setup};
use crate::response::expect_redirect;
use crate::visitor::VERIFY;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

fn back(gateway: &Gateway, seconds: u64) {
    gateway.clock.retreat(Duration::from_secs(seconds));
}

#[tokio::test(flavor = "multi_thread")]
async fn corrections_of_the_clock_give_a_session_no_second_more_in_all() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    // Twelve hours of life, used every half hour, with a correction back and forth each time.
    for half_hour in 0..23 {
        gateway.advance(30 * MINUTE);
        assert!(visitor.is_in().await, "half hour {half_hour}");
        back(&gateway, 20);
        assert!(visitor.is_in().await, "half hour {half_hour}, set back");
        gateway.advance(20);
    }
    gateway.advance(30 * MINUTE - 1);
    assert!(visitor.is_in().await, "the last second");
    gateway.advance(1);
    assert!(!visitor.is_in().await, "its life is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_use_while_the_clock_is_set_back_does_not_shorten_the_idle_time_already_passed() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.advance(59 * MINUTE);
    back(&gateway, 50 * MINUTE);
    assert!(visitor.is_in().await);
    // The clock is right again: that use counts at most as it was dated.
    gateway.advance(50 * MINUTE + 9 * MINUTE);
    assert!(visitor.is_in().await, "59 minutes after the dated use");
    gateway.advance(HOUR);
    assert!(!visitor.is_in().await, "idle");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_from_the_future_is_no_session_beyond_half_a_minute() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    back(&gateway, 29);
    assert!(visitor.is_in().await, "clocks are corrected by seconds");
    back(&gateway, 2);
    assert!(!visitor.is_in().await, "a clock that is turned back keeps no session alive");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_expired_does_not_come_back_with_the_clock() {
    let gateway = Gateway::start().await;
    let visitor = gateway.ada().await;
    gateway.advance(13 * HOUR);
    assert!(!visitor.is_in().await);
    back(&gateway, 12 * HOUR + 30 * MINUTE);
    assert!(!visitor.is_in().await, "what was over stays over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_neither_before_it_was_made_nor_longer_by_a_clock_set_back() {
    for way in ["cpaas", "cpaas_message"] {
        for seconds in [31, 4 * MINUTE, HOUR, 24 * HOUR] {
            let delivery = Some(format!("sms = [\"{way}\"]\nemail = []"));
            let gateway = Gateway::with(Setup { delivery, ..Setup::default() }).await;
            let (mut early, code) = gateway.half_signed_in(&gateway.account).await;
            let page = early.get(VERIFY).await;
            back(&gateway, seconds);
            let answer = early.submit(&page, VERIFY, &[("code", &code)]).await;
            assert_eq!(answer.status, 422, "{way}: {seconds} s before it was made: {answer:?}");
            gateway.advance(seconds);
            assert!(!early.is_in().await, "{way}: {seconds} s before it was made");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_still_counts_after_a_correction_of_some_seconds() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    back(&gateway, 10);
    expect_redirect(&visitor.code(&code).await, "/", "ten seconds are no attack");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_expired_stays_expired_when_it_was_tried_and_the_clock_is_set_back() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    gateway.advance(301);
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(!visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_skips_no_wait() {
    let gateway = Gateway::start().await;
    for number in 0..6 {
        gateway.visitor_from(number).password("/", "ada", "a wrong password").await;
    }
    let held = async || gateway.visitor_from(50).password("/", "ada", &gateway.account.password).await.status == 429;
    assert!(held().await);
    for seconds in [1, MINUTE, HOUR, 30 * 24 * HOUR] {
        back(&gateway, seconds);
        assert!(held().await, "{seconds} s back");
        gateway.advance(seconds);
        assert!(held().await, "{seconds} s back and forth");
    }
    gateway.advance(2);
    assert!(!held().await, "the wait itself is still over in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_set_back_frees_no_address_and_no_message() {
    let gateway = Gateway::start().await;
    for number in 0..21 {
        gateway.visitor().password("/", &format!("nobody{number}"), "a wrong password").await;
    }
    back(&gateway, HOUR);
    let answer = gateway.visitor().password("/", "somebody", "a wrong password").await;
    assert_eq!(answer.status, 429, "{answer:?}");
    gateway.advance(HOUR);
    for number in 0..3 {
        let mut visitor = gateway.visitor_from(100 + number);
        let answer = visitor.password("/", "ada", &gateway.account.password).await;
        expect_redirect(&answer, VERIFY, "a message");
    }
    back(&gateway, HOUR);
    let sent = gateway.sandbox.messages().await.len();
    gateway.visitor_from(200).password("/", "ada", &gateway.account.password).await;
    assert_eq!(gateway.sandbox.messages().await.len(), sent, "the limit of messages holds");
}
