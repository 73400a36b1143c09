//! `kill -9` of the real gateway between any two steps: nothing is gained, nothing is entered twice, counters survive.

use std::sync::atomic::{AtomicU32, Ordering};

use crate::gateway::{GatewayProcess, Setup};
use crate::phone::wrong_code;
use crate::response::expect_redirect;
use crate::visitor::{LOGIN, OVER, Request, SEND, SESSION_COOKIE, VERIFY, form};
use crate::wire::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_after_any_step_gains_nothing_and_the_way_goes_on() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let account = gateway.account.clone();
    let mut visitor = gateway.visitor();
    let page = visitor.open("/deep").await;
    gateway.crash().await;
    assert!(!visitor.is_in().await, "after the login page");
    let answer = visitor.submit(&page, LOGIN, &[("username", "ada"), ("password", &account.password)]).await;
    expect_redirect(&answer, VERIFY, "a form from before the crash still works");
    gateway.crash().await;
    assert!(!visitor.is_in().await, "after the password");
    let page = visitor.get(VERIFY).await;
    let code = gateway.sandbox.code(&account.phone, 1).await;
    visitor.submit(&page, VERIFY, &[("code", &wrong_code(&code, 0))]).await;
    gateway.crash().await;
    assert!(!visitor.is_in().await, "after a wrong code");
    let page = visitor.get(VERIFY).await;
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    let before = visitor.clone();
    // Not to `/deep`: after a crash the gateway listens on another port, and a place on another origin is not kept.
    expect_redirect(&visitor.send(request.clone()).await, "/portcullis/", "the right code");
    gateway.crash().await;
    assert!(visitor.is_in().await, "a session survives");
    let mut again = before;
    expect_redirect(&again.send(request).await, OVER, "the same code once more");
    assert!(!again.jar.contains_key(SESSION_COOKIE) && !again.is_in().await, "no second entry with the same code");
    let copy = visitor.clone();
    visitor.log_out().await;
    gateway.crash().await;
    assert!(!copy.is_in().await, "a log-out survives");
    assert_eq!(gateway.sandbox.messages().await.len(), 1, "no step was repeated by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_are_counted_across_crashes() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let account = gateway.account.clone();
    let (mut visitor, code) = gateway.half_signed_in(&account).await;
    let page = visitor.get(VERIFY).await;
    let form = form(&page, VERIFY);
    for guess in 0..5 {
        visitor.send(Request::post(VERIFY, &form.filled(&[("code", &wrong_code(&code, guess))]))).await;
        gateway.crash().await;
    }
    let answer = visitor.send(Request::post(VERIFY, &form.filled(&[("code", &code)]))).await;
    expect_redirect(&answer, OVER, "the sixth guess");
    assert!(!visitor.is_in().await, "five guesses, however often the gateway starts");
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_are_counted_across_crashes() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let account = gateway.account.clone();
    let visitor = gateway.visitor();
    // Five are free, the sixth waits a second, the seventh two, the eighth four; eight seconds from then on are long
    // enough a wait that it is not over before the gateway is up again.
    let judged = AtomicU32::new(0);
    eventually("eight judged passwords", || async {
        let answer = visitor.clone().password("/", "ada", "a wrong password").await;
        assert!(matches!(answer.status, 422 | 429), "judged, or told to wait: {answer:?}");
        judged.fetch_add(u32::from(answer.status == 422), Ordering::SeqCst) == 7 && answer.status == 422
    })
    .await;
    gateway.crash().await;
    let answer = gateway.visitor().password("/", "ada", &account.password).await;
    assert_eq!(answer.status, 429, "the wait survives: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_the_code_is_checked_makes_no_second_entry() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let account = gateway.account.clone();
    let (mut visitor, code) = gateway.half_signed_in(&account).await;
    let page = visitor.get(VERIFY).await;
    let request = Request::post(VERIFY, &form(&page, VERIFY).filled(&[("code", &code)]));
    let slow = serde_json::json!({ "operation": "verify", "kind": "delay", "milliseconds": 3000, "count": 1 });
    gateway.sandbox.misbehaves_with(slow).await;
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    let sandbox = gateway.sandbox.clone();
    eventually("the guess is on its way", || async { sandbox.calls("verify").await == 1 }).await;
    gateway.crash().await;
    assert!(wire.answer("POST").await.is_none(), "the answer was lost");
    assert!(!visitor.is_in().await, "what nobody recorded opens nothing");
    gateway.sandbox.behaves().await;
    expect_redirect(
        &visitor.clone().send(request.clone()).await,
        "/portcullis/",
        "the code is still good for one entry",
    );
    for _ in 0..2 {
        let answer = visitor.clone().send(request.clone()).await;
        expect_redirect(&answer, OVER, "a second entry with one code");
        assert!(answer.set_cookies().iter().all(|cookie| cookie.name != SESSION_COOKIE), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_while_a_code_is_sent_lets_the_visitor_send_again() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let account = gateway.account.clone();
    let slow = serde_json::json!({ "operation": "create", "kind": "delay", "milliseconds": 3000, "count": 1 });
    gateway.sandbox.misbehaves_with(slow).await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let typed = [("username", "ada"), ("password", account.password.as_str())];
    let request = Request::post(LOGIN, &form(&page, LOGIN).filled(&typed));
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&request)).await;
    let sandbox = gateway.sandbox.clone();
    eventually("the message is on its way", || async { sandbox.calls("create").await == 1 }).await;
    gateway.crash().await;
    assert!(!visitor.is_in().await);
    let answer = visitor.send(request).await;
    expect_redirect(&answer, VERIFY, "the same form once more");
    let page = visitor.follow(answer).await;
    assert!(page.status == 200 && page.text().contains(SEND), "{page:?}");
    let code = gateway.sandbox.code(&account.phone, 1).await;
    expect_redirect(&visitor.code(&code).await, "/", "the code that was sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn sigterm_finishes_what_is_under_way_and_ends_with_zero() {
    let mut gateway = GatewayProcess::start(Setup::default()).await;
    let visitor = gateway.signed_in(&gateway.account.clone()).await;
    let signal = std::sync::Arc::new(tokio::sync::Notify::new());
    gateway.backend.answers(crate::backend::Answer::Script(vec![
        crate::backend::Step::Wait(std::sync::Arc::clone(&signal)),
        crate::backend::Step::Send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone".to_vec()),
    ]));
    let before = gateway.backend.count();
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&Request::get("/slow"))).await;
    eventually("the request is at the site", || async { gateway.backend.count() > before }).await;
    gateway.process.terminate().await;
    let address = gateway.listening.address();
    eventually("no new connection is accepted", || async { tokio::net::TcpStream::connect(address).await.is_err() })
        .await;
    signal.notify_one();
    assert_eq!(wire.answer("GET").await.expect("its answer").text(), "done");
    assert_eq!(gateway.process.status().await, Some(0), "{}", gateway.process.output());
}
