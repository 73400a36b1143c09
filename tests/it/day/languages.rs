//! Pages and messages in the visitor's language.

use crate::browser::{Browser, Scheme, Screen, Scripts};
use crate::gateway::Gateway;
use crate::visitor::{LOGIN, Request, VERIFY};

/// Language tag, direction and the heading of the login page.
const LANGUAGES: [(&str, &str, &str); 16] = [
    ("en", "ltr", "Sign in"),
    ("de", "ltr", "Anmelden"),
    ("fr", "ltr", "Connexion"),
    ("es", "ltr", "Iniciar sesión"),
    ("pt", "ltr", "Iniciar sessão"),
    ("it", "ltr", "Accedi"),
    ("nl", "ltr", "Inloggen"),
    ("pl", "ltr", "Zaloguj się"),
    ("uk", "ltr", "Увійти"),
    ("tr", "ltr", "Oturum açın"),
    ("hi", "ltr", "साइन इन करें"),
    ("zh", "ltr", "登录"),
    ("ja", "ltr", "ログイン"),
    ("ko", "ltr", "로그인"),
    ("ar", "rtl", "تسجيل الدخول"),
    ("he", "rtl", "כניסה"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_page_says_which_language_it_is_in_whatever_a_browser_asks_for() {
    let gateway = Gateway::start().await;
    for asked in ["en-GB", "tlh", "", "*;q=0.5", "en;q=0", "\u{1f600}", &"x,".repeat(3000)] {
        let answer = gateway.visitor().send(Request::get(LOGIN).header("Accept-Language", asked)).await;
        assert_eq!(answer.status, 200, "{asked}");
        assert!(answer.text().contains("<html lang=\"en\" dir=\"ltr\">"), "{asked}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_switch_of_languages_leads_back_to_this_host_alone() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let answer = visitor.get("/portcullis/language?to=en&rd=%2Fportcullis%2Flogin%3Frd%3D%252Fa").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/portcullis/login?rd=%2Fa")), "{answer:?}");
    assert_eq!(visitor.jar.get("portcullis-language").map(String::as_str), Some("en"));
    let answer = visitor.get("/portcullis/language?to=en&rd=https%3A%2F%2Fevil.example%2F").await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/")), "{answer:?}");
    assert_eq!(visitor.get("/portcullis/language?to=xx&rd=%2F").await.status, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_and_messages_follow_the_language_of_the_browser() {
    let gateway = Gateway::start().await;
    for (tag, direction, title) in LANGUAGES {
        let account = gateway.add_account(&format!("person-{tag}")).await;
        let mut visitor = gateway.visitor();
        let page = visitor.send(Request::get(LOGIN).header("Accept-Language", &format!("{tag}-XX,en;q=0.5"))).await;
        assert!(page.text().contains(&format!("<html lang=\"{tag}\" dir=\"{direction}\">")), "{tag}: {page:?}");
        assert!(page.text().contains(&format!("<h1>{title}</h1>")), "{tag}: {page:?}");
        // Kept by the switch on the page, whatever the browser asks for afterwards.
        visitor.get(&format!("/portcullis/language?to={tag}&rd=%2Fportcullis%2Flogin")).await;
        let answer = visitor.password("/", &account.name, &account.password).await;
        let page = visitor.follow(answer).await;
        assert!(page.text().contains(&format!("<html lang=\"{tag}\"")), "{tag}: {page:?}");
        let text = gateway.sandbox.messages_to(&account.phone).await.pop().unwrap().text;
        let english = text.contains(" is your Portcullis sign-in code. Do not share it.");
        assert_eq!(english, tag == "en", "{tag}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_page_is_in_the_language_of_its_reader() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let request = Request::get("/portcullis/nowhere").header("Accept-Language", "de").header("Accept", "text/html");
    let page = visitor.send(request).await;
    assert_eq!(page.status, 404);
    assert!(page.text().contains("<html lang=\"de\" dir=\"ltr\">"), "{page:?}");
    assert!(page.text().contains("/portcullis/language?to=fr&#38;rd=%2Fportcullis%2Fnowhere"), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_cut_on_a_small_phone_in_any_language() {
    let gateway = Gateway::start().await;
    let browser = Browser::start(Screen::Phone, Scheme::Light, Scripts::On).await;
    browser.shows(320, 640, Screen::Phone).await;
    browser.open(gateway.address(), "/").await;
    browser.type_into("input[name=username]", "ada").await;
    browser.type_into("input[name=password]", &gateway.account.password).await;
    browser.click("form[action$='/login'] button[type=submit]").await;
    browser.find("input[name=code]").await;
    for (tag, ..) in LANGUAGES {
        for page in [LOGIN, VERIFY, "/portcullis/nowhere"] {
            let encoded = page.replace('/', "%2F");
            browser.open(gateway.address(), &format!("/portcullis/language?to={tag}&rd={encoded}")).await;
            browser.find(&format!("html[lang={tag}]")).await;
            let cut = browser
                .value(
                    "[...document.querySelectorAll('h1, h2, p, label, button, a, summary')].filter((part) => \
                     part.checkVisibility() && !part.closest('.spoken') && part.scrollWidth > part.clientWidth + 1 && \
                     part.clientWidth > 0).map((part) => part.textContent.trim())",
                )
                .await;
            assert_eq!(cut, serde_json::json!([]), "{tag}: {page}");
            let wider = browser.value("document.documentElement.scrollWidth > 320").await;
            assert_eq!(wider, false, "{tag}: {page} is wider than the window");
            if ["de", "ar", "ja"].contains(&tag) {
                browser.screenshot(&format!("language-{tag}{}", page.replace('/', "-"))).await;
            }
        }
    }
    browser.close().await;
}
