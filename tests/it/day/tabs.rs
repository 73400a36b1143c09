//! Two tabs of one browser.

use crate::gateway::Gateway;
use crate::visitor::{LOGIN, LOGOUT, Request, VERIFY, form};

/// What the second tab shows when its old form is sent.
const STALE: &str = "You have opened the sign-in in another tab since";

#[tokio::test(flavor = "multi_thread")]
async fn an_old_form_leads_to_the_app_when_another_tab_has_signed_in() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let old = visitor.open("/deep/page?x=1").await;
    let fields = form(&old, LOGIN).filled(&[("username", "ada"), ("password", "anything at all")]);
    visitor.password("/", "ada", &gateway.account.password).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    assert!(visitor.code(&code).await.is_redirect());
    let answer = visitor.send(Request::post(LOGIN, &fields)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/deep/page?x=1")), "{answer:?}");
    assert_eq!(gateway.sandbox.messages().await.len(), 1, "its password was not even looked at");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_form_is_shown_anew_with_what_was_typed_while_another_tab_waits_for_its_code() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let old = visitor.open("/deep/page").await;
    let fields = form(&old, LOGIN).filled(&[("username", "ada"), ("password", &gateway.account.password)]);
    visitor.password("/", "ada", &gateway.account.password).await;
    let answer = visitor.send(Request::post(LOGIN, &fields)).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(answer.text().contains(STALE), "{answer:?}");
    let fresh = form(&answer, LOGIN);
    assert_eq!(fresh.field("username"), Some("ada"));
    assert_eq!(fresh.field("rd"), Some("/deep/page"));
    assert_eq!(gateway.sandbox.messages().await.len(), 1, "nothing was sent for it");
    let answer = visitor.submit(&answer, LOGIN, &[("password", &gateway.account.password)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(VERIFY)), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_code_page_leads_to_the_sign_in_that_this_browser_has_now() {
    let gateway = Gateway::start().await;
    let (mut visitor, _) = gateway.half_signed_in(&gateway.account).await;
    let old = visitor.get(VERIFY).await;
    let fields = form(&old, VERIFY).filled(&[("code", "123456")]);
    gateway.advance(60);
    visitor.password("/", "ada", &gateway.account.password).await;
    let answer = visitor.send(Request::post(VERIFY, &fields)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(VERIFY)), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_out_page_of_an_earlier_session_asks_again() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let old = form(&visitor.get(LOGOUT).await, LOGOUT).fields;
    visitor.log_out().await;
    gateway.advance(60);
    let mut visitor = gateway.ada().await;
    let answer = visitor.send(Request::post(LOGOUT, &old)).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(LOGOUT)), "{answer:?}");
    assert!(visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_its_cookie_names_the_cookie_as_the_cause() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.open("/deep/page").await;
    visitor.jar.clear();
    let answer = visitor.submit(&page, LOGIN, &[("username", "ada"), ("password", &gateway.account.password)]).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    assert!(answer.text().contains("your browser blocks cookies"), "{answer:?}");
    assert_eq!(form(&answer, LOGIN).field("username"), Some("ada"));
    assert_eq!(gateway.sandbox.messages().await.len(), 0);
    let answer = visitor.submit(&answer, LOGIN, &[("password", &gateway.account.password)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some(VERIFY)), "{answer:?}");
}
