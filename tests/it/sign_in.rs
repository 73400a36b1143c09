//! The way in, and what each step says.

use crate::backend::WELCOME;
use crate::gateway::{Account, Gateway};
use crate::response::{expect_redirect, expect_sign_in};
use crate::visitor::{LOGIN, OVER, Request, SESSION_COOKIE, SIGN_IN_COOKIE, VERIFY, form};

const WRONG: &str = "Invalid credentials. Please try again.";

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_signs_in_with_password_and_code_and_comes_to_the_page_asked_for() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let first = visitor.get("/reports/2026?month=11&q=a%2Fb").await;
    expect_sign_in(&first, "/reports/2026%3Fmonth%3D11%26q%3Da%252Fb", "a page without a session");
    let login = visitor.follow(first).await;
    let answer = visitor
        .submit(&login, LOGIN, &[("username", "ada@example.com"), ("password", &gateway.account.password)])
        .await;
    expect_redirect(&answer, VERIFY, "the right password");
    let page = visitor.follow(answer).await;
    let shown =
        format!("\u{2022}\u{2022}\u{2022}\u{2022} {}", &gateway.account.phone[gateway.account.phone.len() - 2..]);
    assert!(page.words().contains(&shown), "the masked number {shown}: {}", page.words());
    assert!(!page.text().contains(&gateway.account.phone), "the whole number is on the page");
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    expect_redirect(&answer, "/reports/2026?month=11&q=a%2Fb", "the right code");
    assert_eq!(gateway.backend.count(), 0, "nothing reached the site before");
    assert_eq!(visitor.follow(answer).await.text(), WELCOME);
    assert_eq!(gateway.backend.last().await.request_line(), "GET /reports/2026?month=11&q=a%2Fb HTTP/1.1");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_is_accepted_in_place_of_the_address_and_in_any_case() {
    let gateway = Gateway::start().await;
    for (name, number) in ["ada", "ADA@Example.com"].into_iter().zip(0..) {
        let answer = gateway.visitor_from(number).password("/", name, &gateway.account.password).await;
        expect_redirect(&answer, VERIFY, name);
    }
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let token = form(&page, LOGIN).field("csrf").unwrap().to_owned();
    let fields = [("email", "ada"), ("password", &gateway.account.password), ("csrf", &token)];
    let answer = visitor.send(Request::post(LOGIN, &fields)).await;
    expect_redirect(&answer, VERIFY, "the field may be called `email`");
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_wrong_and_disabled_look_the_same_in_text_status_and_fields() {
    let gateway = Gateway::start().await;
    let disabled = gateway.add_account("bea").await;
    gateway.user(&["disable", "bea"], "").await;
    let tries = [
        ("nobody@example.com", "a wrong password"),
        ("ada@example.com", "a wrong password"),
        (&disabled.email, &disabled.password),
    ];
    let mut shapes = Vec::new();
    for ((name, password), number) in tries.into_iter().zip(0..) {
        let mut visitor = gateway.visitor_from(number);
        let answer = visitor.password("/", name, password).await;
        assert!(answer.words().contains(WRONG), "{name}: {answer:?}");
        expect_redirect(&visitor.get(VERIFY).await, OVER, &format!("{name}: no code page"));
        let words = answer.words().replace(name, "NAME");
        let length_of_fields =
            answer.shape().into_iter().filter(|(field, _)| field != "content-length").collect::<Vec<_>>();
        shapes.push((answer.status, words, length_of_fields));
    }
    assert_eq!(shapes[0], shapes[1], "unknown and wrong");
    assert_eq!(shapes[0], shapes[2], "unknown and disabled");
    assert_eq!(gateway.sandbox.messages().await.len(), 0, "nothing is sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_opens_nothing_and_the_right_one_still_does() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/deep?x=1", "ada", "not the password").await;
    assert!(answer.words().contains(WRONG), "{answer:?}");
    assert!(!answer.text().contains("not the password"), "the password is not written back");
    let again = visitor.submit(&answer, LOGIN, &[("username", "ada"), ("password", &gateway.account.password)]).await;
    let page = visitor.follow(again).await;
    let code = gateway.sandbox.last_code(&gateway.account.phone).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(visitor.local(answer.location()).unwrap(), "/deep?x=1", "the page asked for survives a mistake");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_letter_of_the_password_counts() {
    let gateway = Gateway::start().await;
    let mut account = Account::new("cyd");
    account.password = format!("{}caf\u{e9}", "long enough to be cut somewhere ".repeat(6));
    gateway.add(&account).await;
    let upper = account.password.replacen('l', "L", 1);
    let shorter = account.password[..account.password.len() - 2].to_owned();
    let blank = format!("{} ", account.password);
    for (wrong, number) in [upper, shorter, blank].iter().zip(0..) {
        let answer = gateway.visitor_from(number).password("/", "cyd", wrong).await;
        assert!(answer.status == 422 && answer.words().contains(WRONG), "{wrong:?}: {answer:?}");
    }
    let decomposed = account.password.replace('\u{e9}', "e\u{301}");
    expect_redirect(
        &gateway.visitor().password("/", "cyd", &decomposed).await,
        VERIFY,
        "the same letters, written otherwise (NFC)",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_alone_opens_nothing() {
    let gateway = Gateway::start().await;
    let (visitor, _) = gateway.half_signed_in(&gateway.account).await;
    let cookie = visitor.jar.get(SIGN_IN_COOKIE).expect("a sign-in under way").clone();
    assert!(!visitor.is_in().await);
    for (path, status) in [
        ("/", 302),
        ("/portcullis/", 303),
        ("/portcullis/authz/forward-auth", 403),
        ("/portcullis/authz/auth-request", 403),
    ] {
        let mut as_session = visitor.clone();
        as_session.jar.insert(SESSION_COOKIE.to_owned(), cookie.clone());
        for visitor in [&mut visitor.clone(), &mut as_session] {
            let answer = visitor.get(path).await;
            assert_eq!(answer.status, status, "{path}: {answer:?}");
        }
    }
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_gets_401_and_json_and_no_redirect() {
    let gateway = Gateway::start().await;
    let asks = [
        vec![
            ("Sec-Fetch-Mode", "cors"),
            ("Sec-Fetch-Dest", "empty"),
            ("Sec-Fetch-Site", "same-origin"),
            ("Accept", "*/*"),
        ],
        vec![("X-Requested-With", "XMLHttpRequest"), ("Accept", "*/*")],
        vec![("Accept", "application/json")],
    ];
    for headers in asks {
        let add = |request: Request, (name, value): &(&str, &str)| request.header(name, value);
        let request = headers.iter().fold(Request::get("/api/items").bare(), add);
        let answer = gateway.visitor().send(request).await;
        assert_eq!(answer.status, 401, "{headers:?}: {answer:?}");
        assert!(answer.header("content-type").unwrap().starts_with("application/json") && answer.json().is_object());
        assert_eq!(answer.header("location"), None);
        assert!(answer.body.len() < 1000, "a small body");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_method_of_a_browser_is_sent_to_the_login_page() {
    let gateway = Gateway::start().await;
    for method in ["GET", "HEAD"] {
        let answer = gateway.visitor().send(Request::new(method, "/x")).await;
        expect_sign_in(&answer, "/x", "the page asked for is kept");
    }
    // 303 turns the method into GET; 302 would leave that to the browser's habit.
    let answer = gateway.visitor().send(Request::post("/x", &[("a", "b")])).await;
    assert_eq!(answer.status, 303, "{answer:?}");
    assert_eq!(gateway.backend.count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_with_a_body_is_refused_before_the_body_is_sent() {
    let gateway = Gateway::start().await;
    let visitor = gateway.visitor();
    let mut wire = visitor.connect().await;
    let head = "POST /upload HTTP/1.1\r\nHost: {}\r\nExpect: 100-continue\r\nContent-Length: 1000000\r\nAccept: application/json\r\n\r\n";
    wire.send(head.replace("{}", &visitor.host())).await;
    let first = wire.head().await.expect("an answer");
    assert_eq!(first.status, 401, "no 100 before it is known who asks: {first:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_forms_that_are_too_large_or_of_another_kind_are_refused() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let huge = "x".repeat(1 << 20);
    let mut fields = form(&page, LOGIN).filled(&[("username", "ada"), ("password", &huge)]);
    assert_eq!(visitor.send(Request::post(LOGIN, &fields)).await.status, 413, "a megabyte as password");
    fields.retain(|(name, _)| name != "password");
    let request = Request::post(LOGIN, &fields).header("Content-Encoding", "gzip");
    assert_eq!(visitor.send(request).await.status, 415, "we never inflate a form");
    let request = Request::new("POST", LOGIN).header("Content-Type", "text/plain").body("username=ada");
    assert_eq!(visitor.send(request).await.status, 415, "a form as plain text");
    let twice = Request::post(LOGIN, &[("username", "ada"), ("username", "bob"), ("password", "x"), ("csrf", "x")]);
    assert_eq!(visitor.send(twice).await.status, 400, "a field twice");
    assert!(!visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_with_a_session_is_not_asked_again() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let answer = visitor.get(&format!("{LOGIN}?rd=%2Fa")).await;
    expect_redirect(&answer, "/a", "the login page with a session");
}
