//! Remembered browsers: "forget this browser" at the log-out of a session that is over or ends at that moment.

use super::remembered::{gateway, needs_no_code, remembered};
use crate::response::expect_redirect;
use crate::visitor::{DEVICE_COOKIE, LOGOUT, Request, form, form_body};

const SIGNED_OUT: &str = "/portcullis/login?out=1";

#[tokio::test(flavor = "multi_thread")]
async fn the_log_out_page_of_a_session_that_is_over_takes_the_device_cookie_away() {
    let gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut visitor = remembered(&gateway, &ada).await;
    let page = visitor.get(LOGOUT).await;
    gateway.advance(13 * 3600);
    assert!(!visitor.is_in().await);
    let ticked = form(&page, LOGOUT).filled(&[("forget", "1")]);
    let foreign = Request::post(LOGOUT, &ticked).bare().header("Origin", "https://evil.example");
    for harmless in [foreign, Request::post(LOGOUT, &form(&page, LOGOUT).filled(&[]))] {
        let answer = visitor.send(harmless).await;
        expect_redirect(&answer, SIGNED_OUT, "nobody is signed in");
        assert!(answer.set_cookies().is_empty(), "{answer:?}");
    }
    let answer = visitor.submit(&page, LOGOUT, &[("forget", "1")]).await;
    expect_redirect(&answer, SIGNED_OUT, "nobody is signed in");
    assert!(!visitor.jar.contains_key(DEVICE_COOKIE), "{answer:?}");
    assert!(!needs_no_code(&gateway, &mut visitor, &ada).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_the_form_is_on_its_way_has_its_browser_forgotten() {
    let gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut visitor = remembered(&gateway, &ada).await;
    let page = visitor.get(LOGOUT).await;
    let body = form_body(&form(&page, LOGOUT).filled(&[("forget", "1")]));
    let head = Request::new("POST", LOGOUT)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("Expect", "100-continue")
        .header("Content-Length", &body.len().to_string());
    let mut wire = visitor.connect().await;
    wire.send(visitor.bytes(&head)).await;
    assert_eq!(wire.head().await.unwrap().status, 100, "the session is live, so the form is asked for");
    visitor.clone().log_out().await;
    wire.send(body).await;
    expect_redirect(&wire.answer("POST").await.unwrap(), SIGNED_OUT, "logged out");
    assert_eq!(gateway.newest_event().await.0, "browser.forgotten");
    assert!(!needs_no_code(&gateway, &mut visitor, &ada).await);
}
