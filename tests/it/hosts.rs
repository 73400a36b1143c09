//! One sign-in for several hosts: `portal.url` hands the session over to each site, `session.cookie_domain` shares one
//! cookie.

use crate::gateway::{Gateway, Setup};
use crate::response::{Response, expect_redirect};
use crate::return_target::TRICKS;
use crate::visitor::{LOGIN, LOGOUT, Request, SESSION_COOKIE, VERIFY, Visitor, form, form_body};

pub const START: &str = "/portcullis/start";
pub const FINISH: &str = "/portcullis/finish";

/// Two sites and a portal of their own, on plain loopback http.
pub fn setup() -> Setup {
    Setup {
        portal: "url = \"http://auth.localhost\"".to_owned(),
        site: format!("host = \"app.localhost\"\n{FRESH}"),
        more: format!("[[sites]]\nhost = \"wiki.localhost\"\nupstream = [\"http://SITE\"]\n{FRESH}"),
        ..Setup::default()
    }
}

pub const FRESH: &str = "[[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\nfresh_within = \"10m\"\n";

/// One browser: a jar for each host, as browsers keep them.
pub struct Browser {
    pub app: Visitor,
    pub wiki: Visitor,
    pub portal: Visitor,
}

impl Browser {
    pub fn of(gateway: &Gateway) -> Self {
        let at = |host: &str| {
            let mut visitor = gateway.visitor();
            visitor.host = Some(host.to_owned());
            visitor
        };
        Self { app: at("app.localhost"), wiki: at("wiki.localhost"), portal: at("auth.localhost") }
    }

    fn at(&mut self, origin: &str) -> &mut Visitor {
        match origin {
            "http://app.localhost" => &mut self.app,
            "http://wiki.localhost" => &mut self.wiki,
            "http://auth.localhost" => &mut self.portal,
            other => panic!("led away to {other}"),
        }
    }

    /// Follows redirects across the hosts; where they end, and the page there.
    pub async fn follow(&mut self, from: &str, answer: Response) -> (String, Response) {
        let (mut origin, mut answer, mut url) = (from.to_owned(), answer, String::new());
        for _ in 0..10 {
            if !answer.is_redirect() {
                return (url, answer);
            }
            let location = answer.location().to_owned();
            let (next, target) = match location.strip_prefix("http://") {
                Some(rest) => {
                    let slash = rest.find('/').expect("a path");
                    (format!("http://{}", &rest[..slash]), rest[slash..].to_owned())
                }
                None => (origin.clone(), location.clone()),
            };
            url = format!("{next}{target}");
            answer = self.at(&next).get(&target).await;
            origin = next;
        }
        panic!("ten redirects and no end: {url}")
    }

    pub async fn open(&mut self, origin: &str, target: &str) -> (String, Response) {
        let answer = self.at(origin).get(target).await;
        self.follow(origin, answer).await
    }

    /// Types password and code on the portal's pages.
    async fn signs_in(&mut self, gateway: &Gateway, page: &Response) -> (String, Response) {
        let sent = gateway.sandbox.messages_to(&gateway.account.phone).await.len();
        let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
        let answer = self.portal.submit(page, LOGIN, &typed).await;
        let (_, page) = self.follow("http://auth.localhost", answer).await;
        let code = gateway.sandbox.code(&gateway.account.phone, sent + 1).await;
        let answer = self.portal.submit(&page, VERIFY, &[("code", &code)]).await;
        self.follow("http://auth.localhost", answer).await
    }
}

pub async fn gateway() -> Gateway {
    Gateway::with(setup()).await
}

pub async fn signed_in(gateway: &Gateway) -> Browser {
    let mut browser = Browser::of(gateway);
    let (_, page) = browser.open("http://app.localhost", "/deep?x=%20&y=1").await;
    let (url, answer) = browser.signs_in(gateway, &page).await;
    assert_eq!((url.as_str(), answer.status), ("http://app.localhost/deep?x=%20&y=1", 200), "{answer:?}");
    browser
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sign_in_at_the_portal_opens_every_site_with_a_cookie_of_its_own() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    assert_eq!(gateway.backend.last().await.request_line(), "GET /deep?x=%20&y=1 HTTP/1.1");
    let (url, answer) = browser.open("http://wiki.localhost", "/page").await;
    assert_eq!((url.as_str(), answer.status), ("http://wiki.localhost/page", 200), "no second sign-in: {answer:?}");
    let cookies: Vec<_> =
        [&browser.app, &browser.wiki, &browser.portal].map(|visitor| visitor.jar[SESSION_COOKIE].clone()).into();
    assert!(cookies[0] != cookies[1] && cookies[1] != cookies[2] && cookies[0] != cookies[2]);
    for (mut visitor, cookie) in [(browser.app.clone(), &cookies[1]), (browser.wiki.clone(), &cookies[0])] {
        visitor.jar.insert(SESSION_COOKIE.to_owned(), cookie.clone());
        assert_eq!(visitor.get("/").await.status, 302, "a cookie of one host on another");
        visitor.jar.insert(SESSION_COOKIE.to_owned(), cookies[2].clone());
        assert_eq!(visitor.get("/").await.status, 302, "nor the portal's");
    }
}

/// At the portal a place stands in a whole URL, which must not count against it: the longest that is kept, the longest
/// that a form can carry, and one that no form can, which ends on the start page of its own site.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_place_on_a_site_survives_the_way_over_the_portal() {
    let (longest, widest) = (format!("/{}", "a".repeat(4095)), format!("/?{}", "%26".repeat(1222)));
    let too_wide = format!("{widest}%26");
    for (place, end) in [(&longest, longest.as_str()), (&widest, widest.as_str()), (&too_wide, "/")] {
        let gateway = gateway().await;
        let mut browser = Browser::of(&gateway);
        let (_, page) = browser.open("http://app.localhost", place).await;
        let (url, answer) = browser.signs_in(&gateway, &page).await;
        assert_eq!((url, answer.status), (format!("http://app.localhost{end}"), 200), "{answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn log_out_anywhere_ends_the_session_everywhere() {
    for place in ["http://app.localhost", "http://wiki.localhost", "http://auth.localhost"] {
        let gateway = gateway().await;
        let mut browser = signed_in(&gateway).await;
        browser.open("http://wiki.localhost", "/").await;
        let copies = [browser.app.clone(), browser.wiki.clone()];
        let page = browser.at(place).get(LOGOUT).await;
        let answer = browser.at(place).submit(&page, LOGOUT, &[]).await;
        let (url, page) = browser.follow(place, answer).await;
        assert_eq!(url, "http://auth.localhost/portcullis/login?out=1");
        assert!(page.words().contains("You are signed out."), "{page:?}");
        for mut copy in copies {
            assert_eq!(copy.get("/").await.status, 302, "a copied cookie after log-out at {place}");
        }
        let (url, _) = browser.open("http://wiki.localhost", "/").await;
        assert!(url.starts_with("http://auth.localhost/portcullis/login"), "{url}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_factor_counts_for_every_site() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    browser.open("http://wiki.localhost", "/").await;
    gateway.advance(601);
    let (url, page) = browser.open("http://app.localhost", "/money/send").await;
    assert!(url.starts_with("http://auth.localhost/portcullis/confirm?"), "{url}");
    let answer = browser.portal.submit(&page, "/portcullis/confirm", &[("method", "sms")]).await;
    let (_, page) = browser.follow("http://auth.localhost", answer).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 2).await;
    let answer = browser.portal.submit(&page, VERIFY, &[("code", &code)]).await;
    let (url, answer) = browser.follow("http://auth.localhost", answer).await;
    assert_eq!((url.as_str(), answer.status), ("http://app.localhost/money/send", 200), "{answer:?}");
    assert_eq!(browser.wiki.get("/money/send").await.status, 200, "without a way to the portal");
}

/// Goes as far as the token, and gives back the address that carries it.
pub async fn token_for(browser: &mut Browser) -> String {
    let answer = browser.wiki.get("/page").await;
    let answer = {
        let at = answer.location().to_owned();
        browser.wiki.get(&at).await
    };
    let at = answer.location().strip_prefix("http://auth.localhost").expect("to the portal").to_owned();
    let answer = browser.portal.get(&at).await;
    answer.location().strip_prefix("http://wiki.localhost").expect("back to the site").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_counts_once_in_its_own_browser_on_its_own_host_for_a_minute_and_a_live_session() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    let finish = token_for(&mut browser).await;
    assert!(finish.starts_with(&format!("{FINISH}?token=")), "{finish}");

    let mut elsewhere = browser.app.clone();
    elsewhere.jar = browser.wiki.jar.clone();
    assert_eq!(elsewhere.get(&finish).await.status, 403, "on another host");
    for forged in
        [format!("{finish}A"), finish[..finish.len() - 1].to_owned(), format!("{FINISH}?token="), FINISH.to_owned()]
    {
        assert_eq!(browser.wiki.clone().get(&forged).await.status, 403, "{forged}");
    }

    let mut racers = Vec::new();
    for _ in 0..50 {
        let (mut visitor, finish) = (browser.wiki.clone(), finish.clone());
        racers.push(tokio::spawn(async move { visitor.get(&finish).await }));
    }
    let mut made = 0;
    for racer in racers {
        let answer = racer.await.unwrap();
        let session = answer.set_cookies().into_iter().any(|cookie| cookie.name == SESSION_COOKIE);
        made += u32::from(session);
        assert!(session || answer.status == 403, "{answer:?}");
    }
    assert_eq!(made, 1, "of fifty at the same instant");

    let late = token_for(&mut browser).await;
    gateway.advance(61);
    assert_eq!(browser.wiki.clone().get(&late).await.status, 403, "after a minute");

    let orphan = token_for(&mut browser).await;
    browser.portal.log_out().await;
    assert_eq!(browser.wiki.clone().get(&orphan).await.status, 403, "after log-out");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_portal_hands_nobody_to_a_host_that_is_not_ours() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    let nonce = "A".repeat(43);
    for rd in [
        "http://evil.localhost/",
        "http://app.localhost@evil.localhost/",
        "http://app.localhost.evil.localhost/",
        "https://evil.example/",
        "//evil.localhost/",
        "http://app.example/",
        "javascript:alert(1)",
    ] {
        let query = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("rd", rd)
            .append_pair("nonce", &nonce)
            .finish();
        let answer = browser.portal.get(&format!("{LOGIN}?{query}")).await;
        expect_redirect(&answer, "/", rd);
    }
    // And what a browser makes of every trick, by another parser (WHATWG URL).
    for trick in TRICKS {
        let rd = trick.replace("HERE", "app.localhost");
        let query = form_body(&[("rd", rd.as_str()), ("nonce", nonce.as_str())]);
        let answer = browser.portal.get(&format!("{LOGIN}?{query}")).await;
        let seen = url::Url::parse("http://auth.localhost/").unwrap().join(answer.location()).unwrap();
        let origin = seen.origin().ascii_serialization();
        // The loopback host of one trick is as good as `localhost`, but no site of ours.
        let ours = ["http://auth.localhost", "http://app.localhost"];
        assert!(ours.contains(&origin.as_str()), "{rd:?} leads to {seen}");
    }
    let answer = browser.wiki.get(&format!("{START}?rd=http://app.localhost/x")).await;
    assert!(answer.location().contains("rd=http%3A%2F%2Fwiki.localhost%2F&"), "a site starts for itself: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_the_sign_in_stand_at_the_portal_alone() {
    let gateway = gateway().await;
    let mut browser = Browser::of(&gateway);
    for page in ["/portcullis/", VERIFY, "/portcullis/confirm", "/portcullis/login?over=1"] {
        let answer = browser.app.get(page).await;
        assert_eq!((answer.status, answer.location()), (303, format!("http://auth.localhost{page}").as_str()));
    }
    let answer = browser.app.get(&format!("{LOGIN}?rd=/a%3Fb")).await;
    assert_eq!(answer.location(), "/portcullis/start?rd=/a%3Fb");
    let posted = browser.app.send(Request::post(LOGIN, &[("username", "ada"), ("password", "x")])).await;
    assert_eq!(posted.location(), format!("http://auth.localhost{LOGIN}"), "a form is not read here");
    assert_eq!(browser.portal.get("/").await.location(), "/portcullis/");
    assert_eq!(browser.portal.get("/anything").await.status, 404, "the portal protects nothing");
    assert_eq!(browser.portal.get(FINISH).await.status, 404, "and hands nothing over to itself");
    let page = browser.portal.get(LOGIN).await;
    assert!(form(&page, LOGIN).field("nonce").is_none(), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_may_lead_to_the_site_that_the_visitor_came_from() {
    let gateway = gateway().await;
    let mut browser = Browser::of(&gateway);
    let (_, page) = browser.open("http://app.localhost", "/").await;
    let policy = page.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("form-action 'self' http://app.localhost;"), "{policy}");
    let mut signed_in = signed_in(&gateway).await;
    let page = signed_in.app.get(LOGOUT).await;
    let policy = page.header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("form-action 'self' http://auth.localhost;"), "{policy}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_tabs_that_begin_at_once_both_arrive() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    let first = token_for(&mut browser).await;
    let second = token_for(&mut browser).await;
    for finish in [first, second] {
        assert_eq!(browser.wiki.get(&finish).await.location(), "/page");
    }
    assert_eq!(browser.wiki.get("/page").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_cookie_domain_signs_in_at_the_portal_without_a_hand_over() {
    let setup = Setup {
        server: "trusted_proxies = [\"127.0.0.1\"]".to_owned(),
        portal: "url = \"https://auth.example.com\"".to_owned(),
        session: "cookie_domain = \"example.com\"".to_owned(),
        site: "host = \"app.example.com\"".to_owned(),
        ..Setup::default()
    };
    let gateway = Gateway::with(setup).await;
    let at =
        |host: &str, request: Request| request.header("X-Forwarded-Proto", "https").header("X-Forwarded-Host", host);
    let mut visitor = gateway.visitor();
    let answer = visitor.send(at("app.example.com", Request::get("/x?y=1"))).await;
    let login = "https://auth.example.com/portcullis/login?rd=https%3A//app.example.com/x%3Fy%3D1";
    assert_eq!(answer.location(), login);
    let target = login.strip_prefix("https://auth.example.com").unwrap();
    let page = visitor.send(at("auth.example.com", Request::get(target))).await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    let filled = form(&page, LOGIN).filled(&typed);
    let post = |target: &str, fields: &[(String, String)]| {
        at("auth.example.com", Request::post(target, fields)).header("Origin", "https://auth.example.com")
    };
    visitor.send(post(LOGIN, &filled)).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let page = visitor.send(at("auth.example.com", Request::get(VERIFY))).await;
    let filled = form(&page, VERIFY).filled(&[("code", &code)]);
    let answer = visitor.send(post(VERIFY, &filled)).await;
    assert_eq!(answer.location(), "https://app.example.com/x?y=1");
    let session = answer.set_cookies().into_iter().find(|cookie| cookie.name == "__Secure-portcullis").unwrap();
    assert_eq!(session.attribute("domain"), Some("example.com"));
    assert_eq!(visitor.send(at("app.example.com", Request::get("/x?y=1"))).await.status, 200);
}
