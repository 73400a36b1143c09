//! State changes only by a POST from our own page.

use crate::gateway::Gateway;
use crate::response::expect_redirect;
use crate::visitor::{LOGIN, LOGOUT, Request, SEND, SESSION_COOKIE, VERIFY, Visitor, form};

/// What a page of another origin can make a browser send.
fn foreign(request: &Request, visitor: &Visitor) -> Vec<(&'static str, Request)> {
    let bare = || {
        let mut request = request.clone().bare();
        request.headers.push(("Accept".to_owned(), "text/html".to_owned()));
        request
    };
    let own = visitor.origin();
    vec![
        ("a foreign origin", bare().header("Origin", "https://evil.example")),
        ("a null origin", bare().header("Origin", "null")),
        ("another port", bare().header("Origin", "http://127.0.0.1:1")),
        ("another scheme", bare().header("Origin", &own.replace("http://", "https://"))),
        ("a longer host", bare().header("Origin", &format!("{own}.evil.example"))),
        ("no word about the origin", bare()),
        ("cross-site", bare().header("Origin", &own).header("Sec-Fetch-Site", "cross-site")),
        ("a sibling site", bare().header("Origin", &own).header("Sec-Fetch-Site", "same-site")),
        ("typed by hand", bare().header("Origin", &own).header("Sec-Fetch-Site", "none")),
        ("two words", bare().header("Sec-Fetch-Site", "same-origin").header("Sec-Fetch-Site", "cross-site")),
        ("two origins", bare().header("Origin", &own).header("Origin", "https://evil.example")),
        ("nonsense", bare().header("Origin", &own).header("Sec-Fetch-Site", "SAME-ORIGIN, x")),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_from_elsewhere_is_refused_at_every_door() {
    let gateway = Gateway::start().await;
    let mut fresh = gateway.visitor();
    let page = fresh.open("/").await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let login = Request::post(LOGIN, &form(&page, LOGIN).filled(&typed));
    for (what, request) in foreign(&login, &fresh) {
        let answer = fresh.clone().send(request).await;
        assert_eq!(answer.status, 403, "login, {what}: {answer:?}");
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
    let (mut half, code) = gateway.half_signed_in(&gateway.account).await;
    gateway.advance(120);
    let page = half.get(VERIFY).await;
    for (target, typed) in [(VERIFY, [("code", code.as_str())]), (SEND, [("method", "sms")])] {
        let request = Request::post(target, &form(&page, target).filled(&typed));
        for (what, request) in foreign(&request, &half) {
            let answer = half.clone().send(request).await;
            assert_eq!(answer.status, 403, "{target}, {what}: {answer:?}");
        }
    }
    assert_eq!(gateway.sandbox.messages().await.len(), 1);
    let mut visitor = gateway.signed_in(&gateway.add_account("bob").await).await;
    let page = visitor.get(LOGOUT).await;
    let request = Request::post(LOGOUT, &form(&page, LOGOUT).fields);
    for (what, request) in foreign(&request, &visitor) {
        assert_eq!(visitor.clone().send(request).await.status, 403, "log-out, {what}");
    }
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_fetch_metadata_our_own_origin_is_enough() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let request = Request::post(LOGIN, &form(&page, LOGIN).filled(&typed)).bare();
    let answer = visitor.send(request.header("Origin", &visitor.origin())).await;
    expect_redirect(&answer, VERIFY, "an old browser");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_token_or_with_another_does_nothing_and_is_shown_anew() {
    let gateway = Gateway::start().await;
    let mut stranger = gateway.visitor();
    let page = stranger.open("/").await;
    let foreign_token = form(&page, LOGIN).field("csrf").unwrap().to_owned();
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let own = form(&page, LOGIN);
    let own_token = own.field("csrf").unwrap().to_owned();
    assert_ne!(foreign_token, own_token, "each browser has its own");
    let cut = &own_token[..own_token.len() - 1];
    let longer = format!("{own_token}A");
    for token in ["", "x", foreign_token.as_str(), cut, &longer] {
        let typed = [("username", "ada"), ("password", gateway.account.password.as_str()), ("csrf", token)];
        let answer = visitor.clone().send(Request::post(LOGIN, &own.filled(&typed))).await;
        assert_eq!(answer.status, 422, "{token:?}: {answer:?}");
        assert!(form(&answer, LOGIN).field("csrf").is_some_and(|fresh| fresh != token), "{token:?}: {answer:?}");
    }
    let mut without = own.filled(&[("username", "ada"), ("password", &gateway.account.password)]);
    without.retain(|(name, _)| name != "csrf");
    assert_eq!(visitor.clone().send(Request::post(LOGIN, &without)).await.status, 422);
    let mut no_cookie = visitor.clone();
    no_cookie.jar.clear();
    let fields = own.filled(&[("username", "ada"), ("password", &gateway.account.password)]);
    assert_eq!(no_cookie.send(Request::post(LOGIN, &fields)).await.status, 422, "a token without its cookie");
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_from_before_the_sign_in_is_worth_nothing_after_it() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/").await;
    let before = form(&page, LOGIN).field("csrf").unwrap().to_owned();
    let (half, _) = gateway.half_signed_in(&gateway.account).await;
    let answer = half.clone().send(Request::post(VERIFY, &[("code", "123456"), ("csrf", &before)])).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(VERIFY)), "{answer:?}");
    let mut inside = gateway.signed_in(&gateway.add_account("bob").await).await;
    let answer = inside.send(Request::post(LOGOUT, &[("csrf", &before)])).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(LOGOUT)), "{answer:?}");
    assert!(inside.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn reading_changes_nothing() {
    let gateway = Gateway::start().await;
    let (mut half, code) = gateway.half_signed_in(&gateway.account).await;
    let password = &gateway.account.password;
    for target in [
        format!("{VERIFY}?code={code}"),
        format!("{LOGIN}?username=ada&password={password}").replace(' ', "+"),
        LOGOUT.to_owned(),
    ] {
        half.get(&target).await;
    }
    let answer = half.get(SEND).await;
    assert_eq!(answer.header("location"), Some(VERIFY), "back to the code page, and nothing is sent: {answer:?}");
    assert!(!half.jar.contains_key(SESSION_COOKIE));
    assert_eq!(gateway.sandbox.messages().await.len(), 1);
    expect_redirect(&half.code(&code).await, "/", "the sign-in is as it was");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_foreign_origin_is_ever_allowed_to_read() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    for target in [LOGIN, "/portcullis/health/live", "/"] {
        let answer = visitor.send(Request::get(target).header("Origin", "https://evil.example")).await;
        assert!(
            answer.headers.iter().all(|(name, _)| !name.to_lowercase().starts_with("access-control")),
            "{answer:?}"
        );
    }
}
