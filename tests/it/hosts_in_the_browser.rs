//! One sign-in for several hosts in a real Chromium, which alone applies `form-action` to the redirects behind a form,
//! and `SameSite` to the way between hosts.

use crate::backend::WELCOME;
use crate::browser::{Browser, CODE, CODE_BUTTON, LOGOUT_BUTTON, PASSWORD, Scheme, Screen, Scripts};
use crate::gateway::{Gateway, Setup};
use crate::visitor::LOGOUT;
use crate::wire::free_address;

const BY_SMS: &str = "form[action$='/confirm'] button[value=sms]";
const CONTINUE_BUTTON: &str = "form[action$='/continue'] button";

/// Two sites and a portal on one address.
async fn gateway() -> Gateway {
    let address = free_address();
    let setup = Setup {
        listen: Some(address),
        portal: format!("url = \"http://auth.localhost:{}\"", address.port()),
        site: "host = \"app.localhost\"\n[[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\n\
               fresh_within = \"10m\""
            .to_owned(),
        more: "[[sites]]\nhost = \"wiki.localhost\"\nupstream = [\"http://SITE\"]".to_owned(),
        ..Setup::default()
    };
    Gateway::with(setup).await
}

fn at(gateway: &Gateway, host: &str, path: &str) -> String {
    format!("http://{host}.localhost:{}{path}", gateway.address().port())
}

async fn url(browser: &Browser) -> String {
    browser.value("location.href").await.as_str().expect("a text").to_owned()
}

async fn types_the_code(browser: &Browser, gateway: &Gateway, number: usize, scripts: Scripts) {
    browser.find(CODE).await;
    browser.type_into(CODE, &gateway.sandbox.code(&gateway.account.phone, number).await).await;
    if scripts == Scripts::Off {
        browser.click(CODE_BUTTON).await;
    }
}

async fn one_sign_in(screen: Screen, scheme: Scheme, scripts: Scripts) {
    let gateway = gateway().await;
    let browser = Browser::start(screen, scheme, scripts).await;
    let name = format!("hosts-{screen:?}-{scheme:?}-scripts-{scripts:?}").to_lowercase();
    browser.open_url(&at(&gateway, "app", "/deep?x=%20&y=1")).await;
    browser.find(PASSWORD).await;
    assert!(url(&browser).await.starts_with(&at(&gateway, "auth", "/portcullis/login?")), "{}", url(&browser).await);
    browser.reads("app.localhost").await;
    browser.screenshot(&format!("{name}-1-login")).await;
    browser.gives_password("ada", &gateway.account.password).await;
    types_the_code(&browser, &gateway, 1, scripts).await;
    browser.reads(WELCOME).await;
    assert_eq!(url(&browser).await, at(&gateway, "app", "/deep?x=%20&y=1"));

    // From a page of another website: the person says whether they want it.
    browser.open_url(&format!("data:text/html,<a href=\"{}\">wiki</a>", at(&gateway, "wiki", "/page"))).await;
    browser.click("a").await;
    browser.reads(&format!("Continue to wiki.localhost:{}?", gateway.address().port())).await;
    browser.screenshot(&format!("{name}-2-continue")).await;
    browser.click(CONTINUE_BUTTON).await;
    browser.reads(WELCOME).await;
    assert_eq!(url(&browser).await, at(&gateway, "wiki", "/page"), "without a second sign-in");

    gateway.advance(601);
    browser.open_url(&at(&gateway, "app", "/money/send")).await;
    browser.reads("Confirm your identity").await;
    browser.screenshot(&format!("{name}-3-confirm")).await;
    browser.click(BY_SMS).await;
    types_the_code(&browser, &gateway, 2, scripts).await;
    browser.reads(WELCOME).await;
    assert_eq!(url(&browser).await, at(&gateway, "app", "/money/send"));
    browser.open_url(&at(&gateway, "wiki", "/page")).await;
    browser.reads(WELCOME).await;

    browser.open_url(&at(&gateway, "auth", "/portcullis/")).await;
    browser.reads("You are signed in").await;
    browser.screenshot(&format!("{name}-4-account-at-the-portal")).await;
    browser.open_url(&at(&gateway, "wiki", LOGOUT)).await;
    browser.click(LOGOUT_BUTTON).await;
    browser.reads("You are signed out.").await;
    assert!(url(&browser).await.starts_with(&at(&gateway, "auth", "/portcullis/login")), "{}", url(&browser).await);
    browser.open_url(&at(&gateway, "app", "/")).await;
    browser.find(PASSWORD).await;
    let mut complaints = browser.complaints().await;
    complaints.retain(|complaint| !complaint.contains("server responded with a status of"));
    assert_eq!(complaints, [""; 0]);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sign_in_opens_two_sites_and_one_log_out_closes_them() {
    one_sign_in(Screen::Desktop, Scheme::Light, Scripts::On).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_without_javascript_on_a_phone_in_the_dark() {
    one_sign_in(Screen::Phone, Scheme::Dark, Scripts::Off).await;
}
