//! Success criteria that need more than one page, or a person's point of view.

use serde_json::json;

use crate::browser::{Browser, CODE, Scheme, Screen, Scripts};
use crate::gateway::{Gateway, Setup};
use crate::visitor::{LOGIN, VERIFY};

async fn desktop() -> Browser {
    Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await
}

async fn give_password(browser: &Browser, gateway: &Gateway) {
    browser.open(gateway.address(), "/").await;
    browser.gives_password("ada", &gateway.account.password).await;
    browser.find(CODE).await;
}

/// 2.2.1 Timing adjustable: the limit is told beforehand, shortly before the end and at the end, and more time is one
/// click away. 4.1.3 Status messages: a screen reader says it without a move of the focus.
#[tokio::test(flavor = "multi_thread")]
async fn criteria_2_2_1_and_4_1_3_the_end_of_a_code_is_announced_and_another_can_be_requested() {
    let setup = Setup { delivery: Some("sms = [\"cpaas\"]\ncode_lifetime = \"5m\"".to_owned()), ..Setup::default() };
    let gateway = Gateway::with(setup).await;
    let browser = desktop().await;
    give_password(&browser, &gateway).await;
    browser.reads("The code is valid for 5 minutes.").await;
    assert_eq!(browser.value("document.getElementById('validity').role").await, "status");
    gateway.advance(5 * 60 - 3);
    browser.open(gateway.address(), VERIFY).await;
    browser.reads("The code expires in less than a minute.").await;
    browser.reads("The code has expired. Please request a new one.").await;
    assert_eq!(browser.value("document.activeElement.name").await, "code", "the focus stays where it was");
    browser.click("form[action$='/verify/send'] button[value=sms]").await;
    browser.reads("The code is valid for 5 minutes.").await;
    assert_eq!(browser.value("document.querySelector('#notice').role").await, "status");
    browser.close().await;
}

/// 3.3.7 Redundant entry: after a mistake nothing but the secret has to be typed again.
#[tokio::test(flavor = "multi_thread")]
async fn criterion_3_3_7_after_a_wrong_password_the_name_is_still_there() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    browser.open(gateway.address(), "/").await;
    browser.gives_password("ada@example.com", "a wrong password").await;
    browser.reads("Invalid credentials").await;
    assert_eq!(browser.value("document.querySelector('input[name=username]').value").await, "ada@example.com");
    assert_eq!(browser.value("document.activeElement.name").await, "password");
    assert_eq!(browser.value("document.querySelector('#notice').role").await, "alert", "3.3.1: the mistake is said");
    browser.close().await;
}

/// 3.3.8 Accessible authentication: nothing has to be remembered or copied by hand. Password managers and the phone
/// fill every field (1.3.5), and each takes what is pasted.
#[tokio::test(flavor = "multi_thread")]
async fn criterion_3_3_8_every_field_can_be_filled_and_pasted_into() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    browser.open(gateway.address(), LOGIN).await;
    assert_pasted(&browser, "username", "username").await;
    assert_pasted(&browser, "password", "current-password").await;
    give_password(&browser, &gateway).await;
    assert_pasted(&browser, "code", "one-time-code").await;
    browser.close().await;
}

async fn assert_pasted(browser: &Browser, name: &str, purpose: &str) {
    let field = format!("document.querySelector('input[name={name}]')");
    assert_eq!(browser.value(&format!("{field}.autocomplete")).await, purpose);
    let paste = format!(
        "({field}.value = '', {field}.focus(), document.execCommand('insertText', false, '12'), {field}.value)"
    );
    assert_eq!(browser.value(&paste).await, "12", "{name}");
    let event = "new ClipboardEvent('paste', { cancelable: true, bubbles: true, clipboardData: new DataTransfer() })";
    assert_eq!(browser.value(&format!("{field}.dispatchEvent({event})")).await, true, "{name}: nothing stops a paste");
}

/// 1.4.12 Text spacing: with the reader's own spacing nothing is cut off or overlaps its box.
#[tokio::test(flavor = "multi_thread")]
async fn criterion_1_4_12_wider_spacing_cuts_nothing_off() {
    let gateway = Gateway::start().await;
    let browser = Browser::start(Screen::Phone, Scheme::Light, Scripts::On).await;
    browser.shows(320, 640, Screen::Phone).await;
    give_password(&browser, &gateway).await;
    for path in [LOGIN, VERIFY, "/portcullis/nowhere"] {
        for language in ["en", "de", "uk", "ar"] {
            let rd = path.replace('/', "%2F");
            browser.open(gateway.address(), &format!("/portcullis/language?to={language}&rd={rd}")).await;
            browser.find(&format!("html[lang={language}]")).await;
            for rule in [
                "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }",
                "p { margin-bottom: 2em !important }",
            ] {
                browser.value(&format!("document.styleSheets[0].insertRule('{rule}')")).await;
            }
            let cut = "[...document.querySelectorAll('h1, h2, p, label, button, a, summary')].filter((part) => \
                       part.checkVisibility() && !part.closest('.spoken') && part.clientWidth > 0 && \
                       (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1)) \
                       .map((part) => part.textContent.trim())";
            assert_eq!(browser.value(cut).await, json!([]), "{path} {language}");
            let wider = browser.value("document.documentElement.scrollWidth > 320").await;
            assert_eq!(wider, false, "{path} {language} is wider than the window");
        }
    }
    browser.close().await;
}

/// 2.4.3 Focus order, 2.4.7 Focus visible and 2.4.11 Focus not obscured: Tab reaches every control of the code page, each
/// shows that it has the focus and lies within the window.
#[tokio::test(flavor = "multi_thread")]
async fn criteria_2_4_7_and_2_4_11_every_control_is_reached_by_tab_and_seen() {
    let gateway = Gateway::start().await;
    let browser = desktop().await;
    give_password(&browser, &gateway).await;
    gateway.advance(61);
    browser.open(gateway.address(), VERIFY).await;
    browser.find(CODE).await;
    let controls = "[...document.querySelectorAll('a[href], button:not([disabled]), input:not([type=hidden]), summary')] \
                    .filter((control) => control.checkVisibility()).length";
    let count = browser.value(controls).await.as_u64().expect("a number");
    for _ in 0..count {
        let seen = "(() => { const focused = document.activeElement; const box = focused.getBoundingClientRect(); \
                    return [getComputedStyle(focused).outlineStyle, box.width > 0 && box.top >= 0 && box.bottom <= \
                    innerHeight, focused.dataset.seen ?? 'new', focused.dataset.seen = 'before'].slice(0, 3); })()";
        let name = browser.value("document.activeElement.outerHTML").await;
        assert_eq!(browser.value(seen).await, json!(["solid", true, "new"]), "{name}");
        browser.press("\u{e004}").await;
    }
    browser.close().await;
}
