//! A browser that does not keep the session cookie of a host.

use crate::gateway::Gateway;
use crate::hosts::{setup, signed_in};
use crate::visitor::SESSION_COOKIE;

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_that_keeps_starting_over_is_named_after_three_rounds() {
    let gateway = Gateway::with(setup()).await;
    let mut browser = signed_in(&gateway).await;
    gateway.advance(120);
    for round in 0..3 {
        browser.app.jar.remove(SESSION_COOKIE);
        let (url, answer) = browser.open("http://app.localhost", "/deep").await;
        assert_eq!((url.as_str(), answer.status), ("http://app.localhost/deep", 200), "{round}: {answer:?}");
    }
    browser.app.jar.remove(SESSION_COOKIE);
    let (_, answer) = browser.open("http://app.localhost", "/deep").await;
    assert_eq!(answer.status, 400);
    assert!(answer.text().contains("The sign-in keeps starting over"), "{answer:?}");
    let (_, answer) = browser.open("http://app.localhost", "/other").await;
    assert_eq!(answer.status, 200, "another place is another matter: {answer:?}");
    browser.app.jar.remove(SESSION_COOKIE);
    gateway.advance(60);
    let (_, answer) = browser.open("http://app.localhost", "/deep").await;
    assert_eq!(answer.status, 200, "a minute later it is tried again: {answer:?}");
}
