//! The code: right once, in its time, in its browser; and how often one may guess.

use futures_util::future::join_all;

use crate::gateway::{Account, Gateway};
use crate::phone::wrong_code;
use crate::response::{Response, expect_redirect};
use crate::visitor::{GUESSES_USED, LOGIN, OVER, Request, SESSION_COOKIE, VERIFY, Visitor, form};

const WRONG: &str = "Code invalid or expired";

fn assert_wrong(answer: &Response, what: &str) {
    assert!(answer.status == 422 && answer.words().contains(WRONG), "{what}: {answer:?}");
    assert!(answer.set_cookies().iter().all(|cookie| cookie.name != SESSION_COOKIE), "{what}: no session");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_code_may_be_tried_again() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    for number in 0..4 {
        assert_wrong(&visitor.code(&wrong_code(&code, number)).await, "a wrong code");
        assert!(!visitor.is_in().await);
    }
    expect_redirect(&visitor.code(&code).await, "/", "the fifth guess is right");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_code_is_wrong_and_harmless() {
    let gateway = Gateway::start().await;
    let long = "9".repeat(5000);
    let eastern = "\u{0661}\u{0662}\u{0663}\u{0664}\u{0665}\u{0666}";
    let typed = ["", "12345", "1234567", "abcdef", "12 34 5x", eastern, "' or 1=1 --", long.as_str()];
    for (number, typed) in typed.into_iter().enumerate() {
        let account = gateway.add_account(&format!("person{number}")).await;
        let (mut visitor, _) = gateway.half_signed_in(&account).await;
        assert_wrong(&visitor.code(typed).await, typed);
        assert!(!visitor.is_in().await, "{typed:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_codes_end_the_sign_in_and_the_right_one_is_refused_then() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    let form = form(&page, VERIFY);
    for number in 0..4 {
        let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &wrong_code(&code, number))]))).await;
        assert_wrong(&answer, "one of the first four");
    }
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &wrong_code(&code, 4))]))).await;
    expect_redirect(&answer, GUESSES_USED, "the fifth wrong code");
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &code)]))).await;
    expect_redirect(&answer, OVER, "the right code after too many wrong ones");
    assert!(!visitor.is_in().await, "the right code after too many wrong ones");
    let page = visitor.open(VERIFY).await;
    assert!(page.text().contains("name=\"password\""), "the sign-in starts over: {page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_good_for_ten_minutes_at_most() {
    let gateway = Gateway::start().await;
    let late = gateway.add_account("late").await;
    let (mut early, code) = gateway.half_signed_in(&gateway.account).await;
    let (mut tardy, late_code) = gateway.half_signed_in(&late).await;
    let open_page = tardy.get(VERIFY).await;
    gateway.advance(60);
    expect_redirect(&early.code(&code).await, "/", "within its life");
    gateway.advance(601 - 60);
    assert_wrong(&tardy.submit(&open_page, VERIFY, &[("code", &late_code)]).await, "after its life");
    assert!(!tardy.is_in().await, "after its life");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_spent_by_its_first_use() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let before = visitor.clone();
    let page = visitor.get(VERIFY).await;
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    expect_redirect(&visitor.send(request.clone()).await, "/", "first use");
    let mut again = before.clone();
    expect_redirect(&again.send(request).await, OVER, "second use");
    assert!(!again.jar.contains_key(SESSION_COOKIE) && !again.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_only_in_the_browser_that_asked_for_it() {
    let gateway = Gateway::start().await;
    let bob = gateway.add_account("bob").await;
    let (_, code) = gateway.half_signed_in(&gateway.account).await;
    let (mut other_person, _) = gateway.half_signed_in(&bob).await;
    assert_wrong(&other_person.code(&code).await, "another person's code");
    let mut other_browser = gateway.visitor();
    let answer = other_browser.password("/", "ada", &gateway.account.password).await;
    other_browser.follow(answer).await;
    let page = other_browser.get(VERIFY).await;
    let answer = other_browser.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_wrong(&answer, "the same person's other browser");
    assert!(!other_browser.is_in().await, "the same person's other browser");
    let stranger = gateway.visitor().open(VERIFY).await;
    assert!(stranger.text().contains("name=\"password\""), "no sign-in, no code page: {stranger:?}");
}

/// Wrong, held back, or too late: which of them, for requests at the same instant, is decided by who comes first.
fn opens_nothing(answer: &Response) -> bool {
    let said =
        matches!((answer.status, answer.header("location")), (422 | 429, None) | (303, Some(OVER | GUESSES_USED)));
    said && answer.set_cookies().iter().all(|cookie| cookie.name != SESSION_COOKIE)
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_submissions_of_the_right_code_at_once_make_exactly_one_session() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    let answers = all_at_once(&visitor, vec![request; 50]).await;
    let cookie_of =
        |answer: &Response| answer.set_cookies().into_iter().find(|c| c.name == SESSION_COOKIE && !c.removes());
    let sessions: Vec<_> = answers.iter().filter_map(cookie_of).collect();
    assert_eq!(sessions.len(), 1, "one session");
    assert_eq!(answers.iter().filter(|answer| opens_nothing(answer)).count(), 49, "{answers:?}");
    let mut winner = gateway.visitor();
    winner.jar.insert(SESSION_COOKIE.to_owned(), sessions[0].value.clone());
    assert!(winner.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_hundred_wrong_guesses_at_once_five_reach_the_cpaas() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(VERIFY).await;
    let form = form(&page, VERIFY);
    let guess = |number| Request::post(VERIFY, &form.filled(&[("code", &wrong_code(&code, number))]));
    let answers = all_at_once(&visitor, (0..200).map(guess).collect()).await;
    assert_eq!(answers.iter().filter(|answer| opens_nothing(answer)).count(), 200, "{answers:?}");
    let verifies: Vec<u64> = gateway.sandbox.verifies().await.into_values().collect();
    assert_eq!(verifies, [5], "guesses at the one code");
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &code)]))).await;
    expect_redirect(&answer, OVER, "the right code after them");
    assert!(!visitor.is_in().await, "the right code after them");
}

/// Opens all connections first and then sends everything in one go.
async fn all_at_once(visitor: &Visitor, requests: Vec<Request>) -> Vec<Response> {
    let wires = join_all(requests.iter().map(|_| visitor.connect())).await;
    let sends = wires.into_iter().zip(&requests).map(|(mut wire, request)| {
        let bytes = visitor.bytes(request);
        async move {
            wire.send(bytes).await;
            wire.answer("POST").await.expect("an answer")
        }
    });
    join_all(sends).await
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_again_sends_a_new_code_kills_the_old_and_keeps_the_guesses() {
    let gateway = Gateway::start().await;
    let phone = gateway.account.phone.clone();
    let (mut visitor, old) = gateway.half_signed_in(&gateway.account).await;
    for number in 0..3 {
        assert_wrong(&visitor.code(&wrong_code(&old, number)).await, "a wrong code");
    }
    gateway.advance(120);
    let answer = visitor.ask_again("sms").await;
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("Verification code sent."), "{page:?}");
    let new = gateway.sandbox.code(&phone, 2).await;
    assert_wrong(&visitor.code(&old).await, "the old code");
    let page = visitor.get(VERIFY).await;
    let form = form(&page, VERIFY);
    // Three before, one with the old code, one now: that was the fifth.
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &wrong_code(&new, 7))]))).await;
    expect_redirect(&answer, GUESSES_USED, "the fifth guess is wrong and the last");
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &new)]))).await;
    expect_redirect(&answer, OVER, "asking again gave no new guesses");
    assert!(!visitor.is_in().await, "asking again gave no new guesses");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_message_has_to_wait_and_the_page_says_how_long() {
    let gateway = Gateway::start().await;
    let (mut visitor, _) = gateway.half_signed_in(&gateway.account).await;
    let answer = visitor.ask_again("sms").await;
    let page = visitor.follow(answer).await;
    assert_eq!((page.status, page.header("retry-after")), (429, Some("30")), "{page:?}");
    assert_eq!(gateway.sandbox.messages().await.len(), 1, "nothing is sent before the wait is over");
    assert!(page.words().contains("30 seconds"), "the wait is shown: {}", page.words());
    gateway.advance(120);
    visitor.ask_again("sms").await;
    assert_eq!(gateway.sandbox.messages().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_number_and_an_address_may_choose() {
    let gateway = Gateway::start().await;
    let (mut visitor, _) = gateway.half_signed_in(&gateway.account).await;
    assert_eq!(gateway.sandbox.messages().await[0].channel, "sms", "the number comes first");
    gateway.advance(120);
    let answer = visitor.ask_again("email").await;
    assert!(visitor.follow(answer).await.words().contains("Verification code sent."));
    let mail = gateway.sandbox.messages().await.pop().unwrap();
    assert_eq!((mail.channel.as_str(), mail.to.as_str()), ("email", "ada@example.com"));
    let code = gateway.sandbox.code("ada@example.com", 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code of the mail");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_number_gets_a_mail_and_is_offered_nothing_else() {
    let gateway = Gateway::start().await;
    let dora = Account::new("dora");
    let arguments = ["add", "dora", "--email", &dora.email, "--password-stdin"];
    gateway.user(&arguments, &format!("{}\n", dora.password)).await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/", "dora", &dora.password).await;
    let page = visitor.follow(answer).await;
    assert!(!page.text().contains("value=\"sms\""), "{page:?}");
    let code = gateway.sandbox.code(&dora.email, 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code of the mail");
}

#[tokio::test(flavor = "multi_thread")]
async fn signing_in_again_within_the_life_of_a_code_sends_no_second_one() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let page = visitor.get(LOGIN).await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let answer = visitor.submit(&page, LOGIN, &typed).await;
    expect_redirect(&answer, VERIFY, "the password once more");
    assert_eq!(gateway.sandbox.messages().await.len(), 1);
    expect_redirect(&visitor.code(&code).await, "/", "the first code still counts");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_may_be_typed_with_blanks_as_the_phone_shows_it() {
    let gateway = Gateway::start().await;
    let (mut visitor, code) = gateway.half_signed_in(&gateway.account).await;
    let typed = format!(" {} {} ", &code[..3], &code[3..]);
    expect_redirect(&visitor.code(&typed).await, "/", "blanks are no part of a code");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_message_ends_with_the_line_that_binds_the_code_to_the_configured_host() {
    let setup = crate::gateway::Setup { site: "host = \"localhost\"".to_owned(), ..Default::default() };
    let gateway = Gateway::with(setup).await;
    let mut visitor = gateway.visitor();
    visitor.host = Some(format!("LOCALHOST:{}", gateway.address().port()));
    let answer = visitor.password("/", "ada", &gateway.account.password).await;
    expect_redirect(&answer, VERIFY, "the right password");
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let text = gateway.sandbox.messages().await.pop().unwrap().text;
    assert_eq!(text.lines().last().unwrap(), format!("@localhost #{code}"), "{text:?}");
    let anywhere = Gateway::start().await;
    anywhere.half_signed_in(&anywhere.account).await;
    let text = anywhere.sandbox.messages().await.pop().unwrap().text;
    assert!(!text.contains('@'), "a host from the request is never written into a message: {text:?}");
}
