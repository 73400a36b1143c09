//! A way through every page of the portal, in every state that a visitor can see.

use serde_json::json;

use super::axe;
use crate::browser::{Browser, CODE, CODE_BUTTON, PASSWORD, Scheme, Screen, Scripts};
use crate::factors::authenticator::Authenticator;
use crate::factors::seconds;
use crate::gateway::{Gateway, Setup};
use crate::phone::wrong_code;
use crate::visitor::{GUESSES_USED, LOGOUT, OVER};
use crate::wire::free_address;

/// The words of labels, buttons and headings that stand in two lines.
const BROKEN_WORDS: &str = r"[...document.querySelectorAll('h1, h2, dt, label, button, a.main, a.second')].flatMap((place) => {
    const broken = [], texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        const text = texts.currentNode, range = document.createRange();
        for (const word of text.data.matchAll(/[\p{L}\p{M}]+/gu)) {
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            const lines = new Set([...range.getClientRects()].filter((box) => box.width > 0).map((box) => box.top));
            if (lines.size > 1) broken.push(word[0]);
        }
    }
    return broken;
})";

const MAIN_BUTTON: &str = "main button.main";
const REMEMBER: &str = "#remember";
const SEND: &str = "form[action$='/verify/send'] button[value=sms]";

/// How the pages are looked at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look {
    pub screen: Screen,
    pub scheme: Scheme,
    pub forced_colours: bool,
    pub language: &'static str,
}

/// Two sites and a portal on one address, so that every page has an occasion.
async fn gateway() -> Gateway {
    let address = free_address();
    let setup = Setup {
        listen: Some(address),
        portal: format!(
            "url = \"http://auth.localhost:{}\"\nlinks = [{{ text = \"Help\", url = \"https://help.example.com/\" }}]",
            address.port()
        ),
        session: "remember_device = \"30d\"".to_owned(),
        site: "host = \"app.localhost\"\nname = \"Wiki of everything\"\n\
               [[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\nfresh_within = \"10m\"\n\
               [[sites.rules]]\npath = \"/closed/**\"\nrequire = \"deny\""
            .to_owned(),
        more: "[[sites]]\nhost = \"wiki.localhost\"\nupstream = [\"http://SITE\"]".to_owned(),
        ..Setup::default()
    };
    Gateway::with(setup).await
}

struct Walk {
    gateway: Gateway,
    browser: Browser,
    look: Look,
}

/// Judges every page, the picture of each is in `target/screenshots`.
pub(super) async fn walk(look: Look) {
    let gateway = gateway().await;
    let browser = Browser::start(look.screen, look.scheme, Scripts::On).await;
    if look.forced_colours {
        browser.emulates(json!([{ "name": "forced-colors", "value": "active" }])).await;
    }
    let walk = Walk { gateway, browser, look };
    for host in ["auth", "app", "wiki"] {
        walk.open(host, &back(look)).await;
    }
    walk.sign_in_with_mistakes().await;
    walk.pages_with_a_session().await;
    walk.errors().await;
    walk.account_with_remembered_browsers().await;
    walk.factors().await;
    walk.sign_in_with_an_app().await;
    walk.browser.close().await;
}

/// Chooses the language.
fn back(look: Look) -> String {
    format!("/portcullis/language?to={}&rd=%2Fportcullis%2Flogin", look.language)
}

impl Walk {
    fn url(&self, host: &str, path: &str) -> String {
        format!("http://{host}.localhost:{}{path}", self.gateway.address().port())
    }

    async fn open(&self, host: &str, path: &str) {
        self.browser.open_url(&self.url(host, path)).await;
    }

    /// Judges the page that is open, once `css` is there.
    async fn judge(&self, name: &str, css: &str) {
        self.browser.find(css).await;
        self.browser.find(&format!("html[lang={}]", self.look.language)).await;
        let Look { screen, scheme, forced_colours, language } = self.look;
        let forced = if forced_colours { "-forced" } else { "" };
        let picture = format!("page-{screen:?}-{scheme:?}-{language}{forced}-{name}").to_lowercase();
        self.browser.screenshot(&picture).await;
        assert_eq!(axe::violations(&self.browser).await, json!([]), "{name}, {:?}", self.look);
        assert_eq!(self.browser.value(BROKEN_WORDS).await, json!([]), "{name}, {:?}: words in two lines", self.look);
    }

    async fn code(&self, number: usize) -> String {
        self.gateway.sandbox.code(&self.gateway.account.phone, number).await
    }

    async fn sign_in_with_mistakes(&self) {
        let browser = &self.browser;
        self.open("app", "/deep").await;
        self.judge("login", PASSWORD).await;
        browser.gives_password("ada", "a wrong password").await;
        self.judge("login-wrong", "#notice").await;
        for (name, path) in [("over", OVER), ("guesses-used", GUESSES_USED)] {
            self.open("auth", path).await;
            self.judge(&format!("login-{name}"), "#notice").await;
        }
        self.open("app", "/deep").await;
        browser.gives_password("ada", &self.gateway.account.password).await;
        self.judge("code", CODE).await;
        // Where the browser can be remembered, a complete code waits for the button.
        browser.type_into(CODE, &wrong_code(&self.code(1).await, 0)).await;
        browser.click(CODE_BUTTON).await;
        self.judge("code-wrong", "#left").await;
        self.gateway.advance(61);
        self.open("auth", "/portcullis/verify").await;
        browser.click(SEND).await;
        self.judge("code-sent-again", "#notice").await;
        self.gateway.advance(601);
        self.open("auth", "/portcullis/verify").await;
        self.judge("code-expired", "#notice").await;
        browser.click(SEND).await;
        browser.find(CODE).await;
        browser.type_into(CODE, &self.code(3).await).await;
        browser.click(REMEMBER).await;
        self.judge("code-remember", CODE).await;
        browser.click(CODE_BUTTON).await;
        browser.reads(crate::backend::WELCOME).await;
    }

    async fn pages_with_a_session(&self) {
        let browser = &self.browser;
        self.open("auth", "/portcullis/").await;
        self.judge("account", "main").await;
        browser.open_url(&format!("data:text/html,<a href=\"{}\">wiki</a>", self.url("wiki", "/page"))).await;
        browser.click("a").await;
        self.judge("continue", "form[action$='/continue']").await;
        self.open("app", "/closed/x").await;
        self.judge("no-access", "main").await;
        self.gateway.advance(601);
        self.open("app", "/money/send").await;
        self.judge("confirm", "form[action$='/confirm']").await;
        self.open("app", "/portcullis/unsent?rd=%2Fform&to=%2Fsave").await;
        self.judge("unsent", "main a").await;
        self.open("app", "/portcullis/framed?rd=%2Fpage").await;
        self.judge("framed", "main a").await;
        self.open("auth", LOGOUT).await;
        self.judge("log-out", "form[action$='/logout']").await;
        browser.click("form[action$='/logout'] button").await;
        self.judge("signed-out", "#notice").await;
    }

    /// The account has a browser that is remembered; this one, without its cookies, becomes the second.
    async fn account_with_remembered_browsers(&self) {
        let browser = &self.browser;
        browser.answer("Network.clearBrowserCookies", json!({})).await;
        self.open("auth", &back(self.look)).await;
        self.gateway.advance(601);
        self.open("auth", "/portcullis/login").await;
        browser.gives_password("ada", &self.gateway.account.password).await;
        browser.find(CODE).await;
        browser.type_into(CODE, &self.code(4).await).await;
        browser.click(REMEMBER).await;
        browser.click(CODE_BUTTON).await;
        self.judge("account-remembered", "button[name=browsers][value=all]").await;
    }

    /// The pages that add and change factors, and their mistakes.
    async fn factors(&self) {
        let browser = &self.browser;
        self.open("auth", "/portcullis/account/recovery").await;
        self.judge("factor-codes", MAIN_BUTTON).await;
        browser.click(MAIN_BUTTON).await;
        self.judge("factor-codes-shown", ".codes").await;
        self.open("auth", "/portcullis/account/passkey").await;
        self.judge("factor-passkey", "#name").await;
        browser.click(MAIN_BUTTON).await;
        self.judge("factor-passkey-create", "form[data-passkey]:not([hidden])").await;
        self.open("auth", "/portcullis/account/app").await;
        self.judge("factor-app", MAIN_BUTTON).await;
        browser.click(MAIN_BUTTON).await;
        self.judge("factor-app-setup", ".qr").await;
        let key = browser.value("document.querySelector('.key code').textContent").await;
        let app = Authenticator::of_key(key.as_str().expect("a text"));
        let code = app.code(seconds(&self.gateway));
        browser.type_into(CODE, &wrong_code(&code, 0)).await;
        browser.click(MAIN_BUTTON).await;
        self.judge("factor-app-wrong", "#notice").await;
        browser.type_into(CODE, &code).await;
        browser.click(MAIN_BUTTON).await;
        self.judge("account-factors", ".factors a").await;
        browser.click(".factors a").await;
        self.judge("factor", "button[value=remove]").await;
    }

    async fn sign_in_with_an_app(&self) {
        let browser = &self.browser;
        browser.answer("Network.clearBrowserCookies", json!({})).await;
        self.open("auth", &back(self.look)).await;
        browser.gives_password("ada", &self.gateway.account.password).await;
        self.judge("app", "input[name=factor][value=totp]").await;
        browser.type_into(CODE, "000000").await;
        browser.click(CODE_BUTTON).await;
        self.judge("app-wrong", "#left").await;
        self.open("auth", "/portcullis/verify?factor=recovery").await;
        self.judge("recovery", "input[name=factor][value=recovery]").await;
    }

    async fn errors(&self) {
        for (name, host, path) in [
            ("not-found", "auth", "/portcullis/nowhere"),
            ("bad-request", "app", "/x//y"),
            ("wrong-site", "other", "/"),
        ] {
            self.open(host, path).await;
            if host == "other" {
                // This host has no cookie of ours: the page is in the browser's own language.
                self.browser.find("main").await;
                assert_eq!(axe::violations(&self.browser).await, json!([]), "{name}, {:?}", self.look);
            } else {
                self.judge(name, "main").await;
            }
        }
    }
}
