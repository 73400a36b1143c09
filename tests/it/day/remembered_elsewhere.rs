//! Remembered browsers beside other things: rules that want a fresh code, one factor, several hosts, several browsers,
//! forms from elsewhere, Chromium.

use std::time::Duration;

use super::remembered::{
    ACCOUNT, FORGET, Tick, closed, gateway, later, needs_no_code, offering, remembered, with_a_code,
};
use crate::backend::WELCOME;
use crate::browser::{Browser, Scheme, Screen, Scripts};
use crate::gateway::{Account, Gateway, Setup};
use crate::hosts;
use crate::response::{expect_redirect, expect_sign_in};
use crate::visitor::{DEVICE_COOKIE, LOGIN, LOGOUT, Request, VERIFY, Visitor, form};

const CONFIRM: &str = "/portcullis/confirm";

fn with_rules() -> Setup {
    let rules = "[[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\nfresh_within = \"10m\"\n\
                 [[sites.rules]]\npath = \"/notes/**\"\nrequire = \"one_factor\"\n";
    Setup { site: rules.to_owned(), ..offering("30d") }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rule_that_wants_a_fresh_code_gets_one_in_a_remembered_browser_too() {
    let gateway = Gateway::with(with_rules()).await;
    let ada = gateway.account.clone();
    let mut visitor = remembered(&gateway, &ada).await;
    assert_eq!(visitor.get("/money/x").await.status, 200, "the code is fresh");
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await);
    let answer = visitor.get("/money/x").await;
    assert_eq!(answer.status, 302, "the session is new, its code is not: {answer:?}");
    let page = visitor.follow(answer).await;
    let sent = gateway.sandbox.messages_to(&ada.phone).await.len();
    let answer = visitor.submit(&page, CONFIRM, &[("method", "sms")]).await;
    let page = visitor.follow(answer).await;
    assert!(form(&page, VERIFY).input("remember").is_none(), "it would promise what the rule does not keep: {page:?}");
    let code = gateway.sandbox.code(&ada.phone, sent + 1).await;
    let answer = visitor.submit(&page, VERIFY, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/money/x");
    assert_eq!(visitor.get("/money/x").await.status, 200);
    assert!(needs_no_code(&gateway, &mut visitor, &ada).await, "the code for the rule left the mark as it was");
    closed(&mut visitor);
    let answer = visitor.password("/money/x", &ada.name, &ada.password).await;
    assert_eq!(answer.location(), "/money/x");
    let answer = visitor.get("/money/x").await;
    expect_sign_in(&answer, "/money/x", "the rule asks for a code after the sign-in, too");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_one_factor_is_enough_a_remembered_browser_opens_the_rest_as_well() {
    let gateway = Gateway::with(with_rules()).await;
    let ada = gateway.account.clone();
    let mut visitor = gateway.visitor();
    let answer = visitor.password("/notes/x", &ada.name, &ada.password).await;
    assert_eq!(answer.location(), "/notes/x");
    let answer = visitor.get("/").await;
    let page = visitor.follow(answer).await;
    let answer = visitor.submit(&page, CONFIRM, &[("method", "sms")]).await;
    let page = visitor.follow(answer).await;
    let code = gateway.sandbox.code(&ada.phone, 1).await;
    assert!(form(&page, VERIFY).input("remember").is_some(), "{page:?}");
    visitor.submit(&page, VERIFY, &[("code", &code), ("remember", "1")]).await;
    closed(&mut visitor);
    later(&gateway);
    let answer = visitor.password("/notes/x", &ada.name, &ada.password).await;
    assert_eq!(answer.location(), "/notes/x");
    assert_eq!(visitor.get("/").await.status, 200, "both factors count");
    assert_eq!(gateway.sandbox.messages_to(&ada.phone).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_cookie_gets_no_newer_one_where_the_password_alone_is_enough() {
    let gateway = Gateway::with(with_rules()).await;
    let ada = gateway.account.clone();
    let mut owner = remembered(&gateway, &ada).await;
    let mut thief = owner.clone();
    assert!(needs_no_code(&gateway, &mut owner, &ada).await);
    let with_the_password = async |visitor: &mut Visitor| {
        closed(visitor);
        let answer = visitor.password("/notes/x", &ada.name, &ada.password).await;
        assert_eq!(answer.location(), "/notes/x");
        answer.set_cookies().iter().any(|cookie| cookie.name == DEVICE_COOKIE)
    };
    assert!(!with_the_password(&mut thief).await, "an earlier cookie");
    later(&gateway);
    closed(&mut owner);
    with_a_code(&gateway, &mut owner, &ada, Tick::Set).await;
    assert!(with_the_password(&mut owner).await, "the newest one is replaced");
    assert!(needs_no_code(&gateway, &mut owner, &ada).await);
    assert!(!with_the_password(&mut thief).await, "an earlier cookie still");
    assert!(!needs_no_code(&gateway, &mut thief, &ada).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_set_back_makes_no_earlier_cookie_the_newest() {
    let gateway = gateway().await;
    let ada = gateway.account.clone();
    let mut owner = remembered(&gateway, &ada).await;
    later(&gateway);
    assert!(needs_no_code(&gateway, &mut owner, &ada).await);
    let mut copy = owner.clone();
    gateway.clock.retreat(Duration::from_mins(20));
    assert!(needs_no_code(&gateway, &mut owner, &ada).await, "nine minutes before the cookie was issued");
    assert!(needs_no_code(&gateway, &mut owner, &ada).await, "the cookie from then is the newest");
    assert!(!needs_no_code(&gateway, &mut copy, &ada).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_remembers_the_browser_for_every_site_and_a_log_out_there_can_forget_it() {
    let setup = Setup { session: offering("30d").session, ..hosts::setup() };
    let gateway = Gateway::with(setup).await;
    let ada = gateway.account.clone();
    let mut browser = hosts::Browser::of(&gateway);
    let (_, page) = browser.open("http://app.localhost", "/deep").await;
    let typed = [("username", "ada"), ("password", ada.password.as_str())];
    let answer = browser.portal.submit(&page, LOGIN, &typed).await;
    let (_, page) = browser.follow("http://auth.localhost", answer).await;
    let code = gateway.sandbox.code(&ada.phone, 1).await;
    let answer = browser.portal.submit(&page, VERIFY, &[("code", &code), ("remember", "1")]).await;
    let (url, _) = browser.follow("http://auth.localhost", answer).await;
    assert_eq!(url, "http://app.localhost/deep");
    let sign_in = async |browser: &mut hosts::Browser| {
        later(&gateway);
        [&mut browser.app, &mut browser.wiki, &mut browser.portal].into_iter().for_each(closed);
        let (_, page) = browser.open("http://wiki.localhost", "/page").await;
        let answer = browser.portal.submit(&page, LOGIN, &typed).await;
        browser.follow("http://auth.localhost", answer).await.0
    };
    assert_eq!(sign_in(&mut browser).await, "http://wiki.localhost/page");
    assert_eq!(gateway.sandbox.messages_to(&ada.phone).await.len(), 1, "no code for another site");
    // The site's host has no device cookie: the session knows its browser.
    let page = browser.wiki.get(LOGOUT).await;
    assert!(form(&page, LOGOUT).input("forget").is_some(), "{page:?}");
    browser.wiki.submit(&page, LOGOUT, &[("forget", "1")]).await;
    assert_eq!(sign_in(&mut browser).await, format!("http://auth.localhost{VERIFY}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_cookie_domain_is_one_browser_for_all_its_hosts() {
    let site = "host = \"app.example.localhost\"".to_owned();
    let more = "[[sites]]\nhost = \"wiki.example.localhost\"\nupstream = [\"http://SITE\"]\n".to_owned();
    let session = format!("cookie_domain = \"example.localhost\"\n{}", offering("30d").session);
    let gateway = Gateway::with(Setup { session, site, more, ..Setup::default() }).await;
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.example.localhost".to_owned());
    with_a_code(&gateway, &mut visitor, &gateway.account, Tick::Set).await;
    visitor.host = Some("wiki.example.localhost".to_owned());
    assert!(needs_no_code(&gateway, &mut visitor, &gateway.account).await);
    visitor.host = Some("app.example.localhost".to_owned());
    assert!(needs_no_code(&gateway, &mut visitor, &gateway.account).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_account_page_forgets_all_browsers_and_only_by_its_own_form() {
    let gateway = gateway().await;
    let (ada, bob) = (gateway.account.clone(), gateway.add_account("bob").await);
    let (mut first, mut of_bob) = (remembered(&gateway, &ada).await, remembered(&gateway, &bob).await);
    later(&gateway);
    let mut second = remembered(&gateway, &ada).await;
    let page = second.get(ACCOUNT).await;
    assert!(page.words().contains("1 other browser does not need a code."), "{page:?}");
    let typed = form(&page, FORGET).filled(&[("browsers", "all")]);
    let foreign = Request::post(FORGET, &typed).bare().header("Origin", "https://evil.example");
    assert_eq!(second.clone().send(foreign).await.status, 403);
    let stale: Vec<_> = typed.iter().filter(|(name, _)| name != "csrf").cloned().collect();
    expect_redirect(&second.clone().send(Request::post(FORGET, &stale)).await, ACCOUNT, "without its token");
    let nonsense = form(&page, FORGET).filled(&[("browsers", "some")]);
    assert_eq!(second.clone().send(Request::post(FORGET, &nonsense)).await.status, 400);
    expect_redirect(&second.clone().get(FORGET).await, ACCOUNT, "a link forgets nothing");
    let page = second.get("/portcullis/?forgotten=1").await;
    assert!(!page.words().contains("Done."), "a stranger's link says nothing that is not true: {page:?}");
    assert!(needs_no_code(&gateway, &mut first, &ada).await, "nothing happened so far");

    let page = second.get(ACCOUNT).await;
    let answer = second.submit(&page, FORGET, &[("browsers", "all")]).await;
    let page = second.follow(answer).await;
    assert!(page.words().contains("Done. The next sign-in asks for a code again."), "{page:?}");
    let (event, details) = gateway.newest_event().await;
    assert_eq!(
        (event.as_str(), details.as_str()),
        ("browser.forgotten", r#"{"browser":"all","reason":"request of the person"}"#)
    );
    for visitor in [&mut first, &mut second] {
        assert!(!needs_no_code(&gateway, visitor, &ada).await);
    }
    assert!(needs_no_code(&gateway, &mut of_bob, &bob).await, "another account's");
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium_a_complete_code_waits_for_the_box_and_the_button() {
    let gateway = gateway().await;
    let browser = Browser::start(Screen::Phone, Scheme::Light, Scripts::On).await;
    let Account { name, password, phone, .. } = gateway.account.clone();
    let sign_in = async || {
        browser.type_into("input[name=username]", &name).await;
        browser.type_into("input[name=password]", &password).await;
        browser.click("form[action$='/login'] button[type=submit]").await;
    };
    browser.open(gateway.address(), "/").await;
    sign_in().await;
    browser.type_into("input[name=code]", &gateway.sandbox.code(&phone, 1).await).await;
    let size = "(() => { const box = document.getElementById('remember').getBoundingClientRect(); \
                return Math.min(box.width, box.height); })()";
    assert_eq!(browser.value(size).await, 24);
    assert_eq!(browser.value("document.getElementById('remember').checked").await, false);
    browser.click("label[for=remember]").await;
    browser.click("form[data-code-form] button").await;
    browser.reads(WELCOME).await;
    browser.open(gateway.address(), "/portcullis/logout").await;
    browser.click("form[action$='/logout'] button").await;
    sign_in().await;
    browser.reads(WELCOME).await;
    assert_eq!(gateway.sandbox.messages_to(&phone).await.len(), 1);
    assert_eq!(browser.complaints().await, Vec::<String>::new());
    browser.close().await;
}
