//! What only a real browser does: fragments, pasted text, the stop button.

use crate::backend::WELCOME;
use crate::browser::{Browser, CODE, Scheme, Screen, Scripts};
use crate::gateway::Gateway;
use crate::visitor::LOGIN;

async fn desktop() -> Browser {
    Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await
}

async fn password(browser: &Browser, gateway: &Gateway) {
    browser.gives_password("ada", &gateway.account.password).await;
    browser.find(CODE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deep_link_keeps_its_fragment_through_the_sign_in() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    browser.open(gateway.address(), "/web?tab=1#/dashboard/3").await;
    assert_eq!(browser.path().await, LOGIN);
    password(&browser, &gateway).await;
    browser.type_into(CODE, &gateway.sandbox.code(&gateway.account.phone, 1).await).await;
    browser.reads(WELCOME).await;
    let here = browser.value("location.pathname + location.search + location.hash").await;
    assert_eq!(here, "/web?tab=1#/dashboard/3");
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pasted_message_is_sent_as_its_code_by_itself() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    browser.open(gateway.address(), "/").await;
    password(&browser, &gateway).await;
    gateway.sandbox.code(&gateway.account.phone, 1).await;
    let text = gateway.sandbox.messages().await.pop().unwrap().text;
    let paste = format!(
        "(() => {{ const field = document.querySelector('{CODE}'); field.focus(); \
         document.execCommand('insertText', false, {}); return field.value; }})()",
        serde_json::Value::from(text)
    );
    browser.value(&paste).await;
    browser.reads(WELCOME).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_whose_sending_was_stopped_can_be_sent_again() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    browser.open(gateway.address(), "/").await;
    // The first submission goes nowhere, as when the visitor presses "stop".
    browser
        .value(
            "(() => { const form = document.querySelector('form[data-once]'); form.target = 'nowhere'; \
             form.action = 'about:blank'; form.elements.username.value = 'ada'; form.elements.password.value = 'x'; \
             form.requestSubmit(); return form.hasAttribute('data-busy'); })()",
        )
        .await;
    browser.find("form[data-once]:not([data-busy])").await;
    browser.close().await;
}
