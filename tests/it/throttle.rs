//! How often one may try and how often we send: counted in the store, by account, address, number and day.

use sqlx::Row as _;

use crate::gateway::{Account, Gateway};
use crate::phone::wrong_code;
use crate::response::{Response, expect_redirect};
use crate::store_gone::intruder;
use crate::visitor::{SEND, VERIFY};

async fn wrong(gateway: &Gateway, from: u32, name: &str) -> Response {
    gateway.visitor_from(from).password("/", name, "a wrong password").await
}

/// Seconds that an answer says to wait; 0 where it was a plain refusal.
fn wait(answer: &Response) -> u64 {
    if answer.status == 422 {
        assert!(answer.words().contains("Invalid credentials"), "{answer:?}");
        return 0;
    }
    assert_eq!(answer.status, 429, "{answer:?}");
    answer.header("retry-after").expect("Retry-After").parse().expect("seconds")
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_passwords_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() {
    let gateway = Gateway::start().await;
    for name in ["ada", "nobody"] {
        let mut waits = Vec::new();
        for number in 0..16 {
            let answer = wrong(&gateway, number, name).await;
            if number < 5 {
                assert_eq!(wait(&answer), 0, "{name}: failure {number} is free");
                continue;
            }
            // While the wait lasts even another address is held back; the wait says how long.
            let seconds = wait(&answer);
            waits.push(seconds);
            gateway.advance(seconds);
            assert_eq!(wait(&wrong(&gateway, number, name).await), 0, "{name}: after the wait one try is free");
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900], "{name}");
        gateway.advance(3600);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_right_password_waits_as_well_and_ends_the_count() {
    let gateway = Gateway::start().await;
    for number in 0..6 {
        wrong(&gateway, number, "ada").await;
    }
    let mut visitor = gateway.visitor_from(50);
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    assert_eq!(answer.status, 429, "{answer:?}");
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
    gateway.advance(5);
    let mut visitor = crate::gateway::all_the_way(gateway.visitor_from(51), &gateway.sandbox, &gateway.account).await;
    visitor.log_out().await;
    assert_eq!(wait(&wrong(&gateway, 60, "ada").await), 0, "the count starts anew after a success");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_spelling_of_a_name_and_every_door_share_one_count() {
    let gateway = Gateway::start().await;
    for (name, number) in ["ada", "ADA", "ada@example.com", "Ada@Example.com", " ada "].into_iter().zip(0..) {
        wrong(&gateway, number, name).await;
    }
    wrong(&gateway, 20, "ada").await;
    assert_eq!(wrong(&gateway, 21, "ada@example.com").await.status, 429);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_may_fail_twenty_times_in_ten_minutes_whatever_names_it_tries() {
    let gateway = Gateway::start().await;
    for number in 0..20 {
        assert_eq!(wait(&wrong(&gateway, 7, &format!("name{number}")).await), 0, "failure {number}");
    }
    assert_eq!(wrong(&gateway, 7, "name-more").await.status, 429, "the address is held back");
    assert_eq!(wait(&wrong(&gateway, 8, "name-more").await), 0, "another is not");
    let answer = gateway.visitor_from(9).password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "nobody else is locked out");
    gateway.advance(1200);
    assert_eq!(wait(&wrong(&gateway, 7, "name-late").await), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_failures_disable_the_password_until_an_operator_restores_it() {
    let mut gateway = Gateway::start().await;
    for number in 0..100 {
        wrong(&gateway, number, "ada").await;
        gateway.advance(901);
    }
    gateway.restart().await;
    gateway.advance(86_400);
    let mut visitor = gateway.visitor_from(200);
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    assert_eq!(
        (answer.status, answer.header("retry-after")),
        (429, Some("900")),
        "the right password after a hundred wrong ones: {answer:?}"
    );
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
    gateway.user(&["enable", "ada"], "").await;
    let answer = gateway.visitor_from(201).password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "after the operator");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_signed_in_before_is_not_locked_out_by_a_stranger() {
    let gateway = Gateway::start().await;
    let mut owner = gateway.ada().await;
    owner.log_out().await;
    gateway.advance(700);
    for number in 0..12 {
        wrong(&gateway, number, "ada").await;
    }
    assert_eq!(wrong(&gateway, 30, "ada").await.status, 429, "strangers wait");
    let answer = owner.password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "the owner's browser");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_count_across_sign_ins_and_new_codes() {
    let gateway = Gateway::start().await;
    let mut answers = Vec::new();
    for round in 0..3 {
        gateway.advance(700);
        let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
        for number in 0..3 {
            let answer = visitor.code(&wrong_code(&code, number + round)).await;
            answers.push((answer.status, answer.header("retry-after").map(str::to_owned)));
        }
    }
    // The fifth guess holds the next one back for a second, and the sixth, minutes later, for two.
    let held = |seconds: &str| (429, Some(seconds.to_owned()));
    let judged = (422, None);
    let [first, second] = [vec![judged.clone(); 5], vec![held("1")]];
    assert_eq!(answers, [first, second, vec![judged, held("2"), held("2")]].concat());
}

#[tokio::test(flavor = "multi_thread")]
async fn three_messages_in_ten_minutes_and_ten_a_day_go_to_one_number() {
    let gateway = Gateway::start().await;
    let (mut visitor, _) = gateway.half_signed_in(&gateway.account).await;
    for _ in 0..6 {
        gateway.advance(70);
        visitor.ask_again("sms").await;
    }
    assert_eq!(gateway.sandbox.messages_to(&gateway.account.phone).await.len(), 3, "within ten minutes");
    for _ in 0..40 {
        gateway.advance(650);
        let mut visitor = gateway.visitor();
        let answer = visitor.password("/", "ada", &gateway.account.password).await;
        assert_eq!(visitor.follow(answer).await.status, 200);
    }
    assert_eq!(gateway.sandbox.messages_to(&gateway.account.phone).await.len(), 10, "within a day");
    gateway.advance(86_400);
    gateway.half_signed_in(&gateway.account).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_browsers_of_one_person_send_no_more_than_one() {
    let gateway = Gateway::start().await;
    for number in 0..15 {
        let mut visitor = gateway.visitor_from(number);
        let answer = visitor.password("/", "ada", &gateway.account.password).await;
        visitor.follow(answer).await;
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_not_give_the_password_sends_nothing() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let token = crate::visitor::form(&page, "/portcullis/login").field("csrf").unwrap().to_owned();
    for method in ["sms", "email", "voice", ""] {
        let fields = [("method", method), ("csrf", token.as_str())];
        visitor.send(crate::visitor::Request::post(SEND, &fields)).await;
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn thirty_messages_an_hour_go_to_neighbouring_numbers() {
    let gateway = Gateway::start().await;
    for number in 0..34 {
        let mut account = Account::new(&format!("neighbour{number}"));
        account.phone = format!("+1500555{:04}", 9000 + number);
        gateway.add(&account).await;
        let mut visitor = gateway.visitor_from(number);
        let answer = visitor.password("/", &account.name, &account.password).await;
        visitor.follow(answer).await;
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 30);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_has_a_budget_for_all_together() {
    let setup = crate::gateway::Setup { more: "[throttle]\nsends_per_day = 2".to_owned(), ..Default::default() };
    let gateway = Gateway::with(setup).await;
    for name in ["bob", "cyd", "eve"] {
        let account = gateway.add_account(name).await;
        let mut visitor = gateway.visitor();
        let answer = visitor.password("/", name, &account.password).await;
        visitor.follow(answer).await;
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn thousands_of_made_up_names_lock_nobody_out_and_take_little_room() {
    let gateway = Gateway::start().await;
    let name = |number: u32| format!("made-up-{number}-{}", "x".repeat(40));
    for number in 0..300 {
        wrong(&gateway, number, &name(number)).await;
    }
    let before = gateway.store_size();
    for number in 300..900 {
        wrong(&gateway, number, &name(number)).await;
    }
    let grown = gateway.store_size().saturating_sub(before);
    assert!(grown < 600 * 2048, "{grown} bytes for six hundred names");
    let answer = gateway.visitor_from(5000).password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "a real person");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_counters_in_the_database_name_no_number_address_or_network() {
    let gateway = Gateway::start().await;
    // The keys are hexadecimal: by chance, `ada` stands in one of them.
    let zoe = gateway.add_account("zoe").await;
    let (mut half, _) = gateway.half_signed_in(&zoe).await;
    gateway.advance(61);
    half.ask_again("email").await;
    gateway.visitor().password("/", "zoe", "wrong").await;
    let mut other = intruder(&gateway.path("portcullis.db")).await;
    let rows = sqlx::query("SELECT key FROM sends UNION ALL SELECT key FROM failures").fetch_all(&mut other).await;
    let keys: Vec<String> = rows.unwrap().iter().map(|row| row.get("key")).collect();
    for kind in ["to:", "range:", "network:", "all:", "account:"] {
        assert!(keys.iter().any(|key| key.starts_with(kind)), "{kind}: {keys:?}");
    }
    let digits = zoe.phone.trim_start_matches('+');
    for said in [digits, &digits[..7], "zoe", "example.com", "127.0.0.1"] {
        assert!(keys.iter().all(|key| !key.contains(said)), "{said}: {keys:?}");
    }
}
