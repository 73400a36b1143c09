//! The whole way in a real Chromium: with and without JavaScript, on a desktop and a phone, light and dark. Pictures of
//! every page are left in `target/screenshots`.

use crate::backend::WELCOME;
use crate::browser::{Browser, CODE, CODE_BUTTON, LOGIN_BUTTON, LOGOUT_BUTTON, PASSWORD, Scheme, Screen, Scripts};
use crate::gateway::Gateway;
use crate::phone::wrong_code;
use crate::visitor::{LOGIN, LOGOUT, VERIFY};

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";

/// Signs in, makes one mistake in each step, logs out.
async fn whole_way(screen: Screen, scheme: Scheme, scripts: Scripts) {
    let gateway = Gateway::start().await;
    let browser = Browser::start(screen, scheme, scripts).await;
    let name = format!("{screen:?}-{scheme:?}-scripts-{scripts:?}").to_lowercase();
    browser.open(gateway.address(), "/deep/page?x=1").await;
    assert_eq!(browser.path().await, LOGIN);
    browser.screenshot(&format!("{name}-1-login")).await;
    browser.gives_password("ada@example.com", "a wrong password").await;
    browser.reads("Invalid credentials. Please try again.").await;
    browser.screenshot(&format!("{name}-2-wrong-password")).await;
    browser.type_into(PASSWORD, &gateway.account.password).await;
    browser.click(LOGIN_BUTTON).await;
    browser.find(CODE).await;
    assert_eq!(browser.path().await, VERIFY);
    browser.reads(&gateway.account.phone[gateway.account.phone.len() - 2..]).await;
    browser.screenshot(&format!("{name}-3-code")).await;
    assert_no_sideways_scroll(&browser, scripts).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    submit_code(&browser, &wrong_code(&code, 0), scripts).await;
    browser.reads("Code invalid or expired").await;
    browser.screenshot(&format!("{name}-4-wrong-code")).await;
    submit_code(&browser, &code, scripts).await;
    browser.reads(WELCOME).await;
    assert_eq!(browser.path().await, "/deep/page");
    browser.open(gateway.address(), "/portcullis/").await;
    browser.screenshot(&format!("{name}-5-account")).await;
    browser.open(gateway.address(), LOGOUT).await;
    browser.screenshot(&format!("{name}-6-log-out")).await;
    browser.click(LOGOUT_BUTTON).await;
    browser.find(PASSWORD).await;
    browser.open(gateway.address(), "/").await;
    assert_eq!(browser.path().await, LOGIN, "logged out");
    browser.open(gateway.address(), "/portcullis/nowhere").await;
    browser.screenshot(&format!("{name}-7-error")).await;
    assert_no_complaints(&browser).await;
    browser.close().await;
}

/// The console has nothing but the statuses of refused requests: the content security policy stops nothing of ours, and
/// no script fails.
async fn assert_no_complaints(browser: &Browser) {
    let mut complaints = browser.complaints().await;
    complaints.retain(|complaint| !complaint.contains("server responded with a status of"));
    assert_eq!(complaints, [""; 0]);
}

/// With scripts a full code is sent by itself; without them by the button.
async fn submit_code(browser: &Browser, code: &str, scripts: Scripts) {
    browser.type_into(CODE, code).await;
    if scripts == Scripts::Off {
        browser.click(CODE_BUTTON).await;
    }
}

async fn assert_no_sideways_scroll(browser: &Browser, scripts: Scripts) {
    // The driver's own scripts run even where the page's may not; where they do not, the pictures show it.
    if scripts == Scripts::On {
        let wider = browser.value("document.documentElement.scrollWidth > document.documentElement.clientWidth").await;
        assert_eq!(wider, false, "the page is wider than the window");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_desktop() {
    whole_way(Screen::Desktop, Scheme::Light, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_in_the_dark() {
    whole_way(Screen::Phone, Scheme::Dark, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_javascript() {
    whole_way(Screen::Desktop, Scheme::Light, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_phone_without_javascript_in_the_dark() {
    whole_way(Screen::Phone, Scheme::Dark, Scripts::Off).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn with_the_keyboard_alone() {
    let gateway = Gateway::start().await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    browser.open(gateway.address(), "/").await;
    assert_tab_order(&browser, &["username", "password", "Show", "Sign in"]).await;
    browser.open(gateway.address(), "/").await;
    browser.press("ada").await;
    browser.press(TAB).await;
    browser.press(&format!("{}{ENTER}", gateway.account.password)).await;
    browser.find(CODE).await;
    assert_tab_order(&browser, &["code", "Continue", "Start over"]).await;
    browser.open(gateway.address(), VERIFY).await;
    browser.press(&gateway.sandbox.code(&gateway.account.phone, 1).await).await;
    browser.reads(WELCOME).await;
    browser.open(gateway.address(), LOGOUT).await;
    assert_tab_order(&browser, &["Log out", "Stay signed in"]).await;
    browser.open(gateway.address(), LOGOUT).await;
    browser.press(ENTER).await;
    browser.find(PASSWORD).await;
    browser.close().await;
}

/// The cursor stands in the first of these when the page opens, and Tab goes through them in this order.
async fn assert_tab_order(browser: &Browser, stops: &[&str]) {
    let focused = "document.activeElement.name || document.activeElement.innerText";
    // An element can be there before its style is.
    crate::wire::eventually("the page is complete", || async {
        browser.value("document.readyState").await == "complete"
    })
    .await;
    for stop in stops {
        assert_eq!(browser.value(focused).await, *stop);
        let seen = "getComputedStyle(document.activeElement).outlineStyle";
        assert_eq!(browser.value(seen).await, "solid", "{stop} shows that it has the focus");
        browser.press(TAB).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn at_twice_the_size_nothing_is_cut_off() {
    let gateway = Gateway::start().await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    browser.open(gateway.address(), "/").await;
    for (name, width, height, screen) in [
        ("desktop", 640, 450, Screen::Desktop),
        ("narrow", 320, 422, Screen::Phone),
        ("phone", 390, 844, Screen::Phone),
    ] {
        browser.shows(width, height, screen).await;
        if name == "phone" {
            browser.value("(document.documentElement.style.fontSize = '200%', 1)").await;
        }
        browser.screenshot(&format!("{name}-light-twice-the-size")).await;
        assert_no_sideways_scroll(&browser, Scripts::On).await;
    }
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_another_origin_can_neither_frame_nor_submit_our_forms() {
    let gateway = Gateway::start().await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    let address = gateway.address();
    let evil = crate::backend::Backend::start().await;
    let page = format!(
        "<!doctype html><iframe src='http://{address}{LOGIN}'></iframe><form method=post action='http://{address}{LOGIN}'>\
        <input name=username value=ada><input name=password value=x></form><script>setTimeout(() => document.forms[0].submit(), 300)</script>"
    );
    evil.answers_bytes(format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n{page}",
        page.len()
    ));
    browser.open_url(&format!("http://localhost:{}/", evil.address.port())).await;
    // The attacker's form arrives at our address and is refused there.
    crate::wire::eventually("the form was sent", || async { browser.path().await == LOGIN }).await;
    assert!(!browser.text().await.contains("Invalid credentials"), "{}", browser.text().await);
    assert!(!browser.has(CODE).await);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_looks_as_it_should() {
    demo(Screen::Desktop, Scheme::Light).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_looks_as_it_should_on_a_phone_in_the_dark() {
    demo(Screen::Phone, Scheme::Dark).await;
}

async fn demo(screen: Screen, scheme: Scheme) {
    let demo = crate::demo::Demo::start().await;
    let browser = Browser::start(screen, scheme, Scripts::On).await;
    let name = format!("{screen:?}-{scheme:?}").to_lowercase();
    browser.open(demo.address, "/").await;
    browser.gives_password(&demo.email, &demo.password).await;
    browser.find(CODE).await;
    let message = crate::phone::Phone::of(demo.phone).messages().await.pop().expect("a message");
    browser.type_into(CODE, &crate::phone::code_in(&message.text)).await;
    browser.find("a[href*='/portcullis/logout']").await;
    browser.screenshot(&format!("demo-dashboard-{name}")).await;
    assert_no_sideways_scroll(&browser, Scripts::On).await;
    browser.open(demo.phone, "/").await;
    browser.reads(&crate::phone::code_in(&message.text)).await;
    browser.screenshot(&format!("demo-phone-{name}")).await;
    assert_no_sideways_scroll(&browser, Scripts::On).await;
    assert_no_complaints(&browser).await;
    browser.close().await;
}
