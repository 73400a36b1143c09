//! The whole sign-in in a real Chromium through each proxy, the portal on a host of its own: what a browser does by
//! itself (cookies, `SameSite`, `form-action`, redirects between hosts) no small browser of ours can stand for.

use super::deployment::{Deployment, Portal};
use super::program::{PROXIES, Proxy};
use crate::backend::WELCOME;
use crate::browser::{Browser, CODE, LOGOUT_BUTTON, PASSWORD};

async fn url(browser: &Browser) -> String {
    browser.value("location.href").await.as_str().expect("a text").to_owned()
}

async fn signs_in(proxy: Proxy) {
    let deployment = Deployment::open(proxy, Portal::OwnHost).await;
    let bob = &deployment.bob;
    let browser = Browser::in_front_of(deployment.address()).await;
    let deep = "https://app.example.com/deep?x=%20&y=1";
    browser.open_url(deep).await;
    browser.find(PASSWORD).await;
    assert!(url(&browser).await.starts_with("https://auth.example.com/portcullis/login?"), "{proxy:?}");
    browser.gives_password(&bob.email, &bob.password).await;
    browser.find(CODE).await;
    browser.type_into(CODE, &deployment.gateway.sandbox.code(&bob.phone, 1).await).await;
    browser.reads(WELCOME).await;
    assert_eq!(url(&browser).await, deep, "{proxy:?}");
    assert_eq!(deployment.gateway.backend.last().await.headers_named("remote-user"), ["bob"], "{proxy:?}");
    browser.open_url("https://app.example.com/portcullis/logout").await;
    browser.click(LOGOUT_BUTTON).await;
    browser.reads("You are signed out.").await;
    browser.open_url(deep).await;
    browser.find(PASSWORD).await;
    let mut complaints = browser.complaints().await;
    complaints.retain(|complaint| !complaint.contains("server responded with a status of"));
    assert_eq!(complaints, [""; 0], "{proxy:?}");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_browser_signs_in_and_out_through_each_proxy() {
    for proxy in PROXIES {
        signs_in(proxy).await;
    }
}
