//! A session on its way to another host: whole origins, one use, and only with the person's consent.

use crate::gateway::{Gateway, Setup};
use crate::hosts::{Browser, FINISH, FRESH, START, gateway, setup, signed_in, token_for};
use crate::visitor::{LOGIN, Request, SIGN_IN_COOKIE, VERIFY, Visitor, form, form_body};

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_another_browser_shows_is_spent() {
    for with_a_nonce_of_its_own in [false, true] {
        let gateway = gateway().await;
        let mut browser = signed_in(&gateway).await;
        let finish = token_for(&mut browser).await;
        let mut stranger = Browser::of(&gateway).wiki;
        if with_a_nonce_of_its_own {
            stranger.get(&format!("{START}?rd=/")).await;
            assert!(stranger.jar.contains_key(SIGN_IN_COOKIE));
        }
        let answer = stranger.get(&finish).await;
        assert!(answer.status == 403 && answer.set_cookies().is_empty(), "{answer:?}");
        assert_eq!(browser.wiki.get(&finish).await.status, 403, "whoever reads it afterwards finds it spent");
        let (name, details) = gateway.newest_event().await;
        assert_eq!(name, "session.hand-over-refused");
        assert!(details.contains("\"host\":\"wiki.localhost\""), "{details}");
    }
}

/// What an attacker knows of a sign-in that they began themselves: the hash of their own nonce.
async fn nonce_of(stranger: &mut Visitor) -> String {
    let answer = stranger.get(&format!("{START}?rd=/")).await;
    answer.location().rsplit_once("nonce=").expect("a hash").1.to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn another_port_or_scheme_of_a_known_host_gets_neither_a_token_nor_a_visitor() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    let nonce = nonce_of(&mut Browser::of(&gateway).app).await;
    for origin in
        ["http://app.localhost:9999", "https://app.localhost", "http://wiki.localhost:81", "http://auth.localhost:81"]
    {
        let query = form_body(&[("rd", format!("{origin}/x").as_str()), ("nonce", nonce.as_str())]);
        let answer = browser.portal.get(&format!("{LOGIN}?{query}")).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{origin}: {answer:?}");
    }
    let mut other_port = browser.app.clone();
    other_port.host = Some("app.localhost:9999".to_owned());
    other_port.jar.clear();
    let answer = other_port.get(&format!("{START}?rd=/")).await;
    assert_eq!(answer.status, 400, "a site at another port than its own begins nothing: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_site_on_a_port_of_its_own_is_handed_the_session_there_alone() {
    let setup = Setup { site: format!("host = \"app.localhost:8443\"\n{FRESH}"), ..setup() };
    let gateway = Gateway::with(setup).await;
    let mut browser = Browser::of(&gateway);
    browser.app.host = Some("app.localhost:8443".to_owned());
    let answer = browser.app.get("/deep").await;
    let answer = browser.app.get(answer.location()).await;
    let login = answer.location().strip_prefix("http://auth.localhost").expect("to the portal").to_owned();
    let page = browser.portal.get(&login).await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    browser.portal.submit(&page, LOGIN, &typed).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let page = browser.portal.get(VERIFY).await;
    let answer = browser.portal.submit(&page, VERIFY, &[("code", &code)]).await;
    let finish = answer.location().strip_prefix("http://app.localhost:8443").expect("back with its port").to_owned();
    let mut usual_port = browser.app.clone();
    usual_port.host = Some("app.localhost".to_owned());
    assert_eq!(usual_port.get(&finish).await.status, 403, "a token is for one origin");
    let answer = browser.app.get(&finish).await;
    assert_eq!((answer.status, answer.location()), (303, "/deep"), "{answer:?}");
    assert_eq!(browser.app.get("/deep").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_on_another_website_hands_no_session_over_without_a_click() {
    let gateway = gateway().await;
    let mut browser = signed_in(&gateway).await;
    let query = form_body(&[("rd", "http://wiki.localhost/page"), ("nonce", &nonce_of(&mut browser.wiki).await)]);
    let login = format!("{LOGIN}?{query}");
    for from in [Some("cross-site"), None] {
        let asked = match from {
            Some(site) => Request::get(&login).header("Sec-Fetch-Site", site),
            None => Request::get(&login).bare().header("Accept", "text/html"),
        };
        let answer = browser.portal.send(asked).await;
        assert_eq!(answer.status, 303, "{answer:?}");
        let page_at = answer.location().to_owned();
        assert!(page_at.starts_with("/portcullis/continue?rd=http%3A%2F%2Fwiki.localhost%2Fpage"), "{page_at}");
        let page = browser.portal.get(&page_at).await;
        assert!(
            page.words().contains("Continue to wiki.localhost?") && page.words().contains("signed in as ada"),
            "{page:?}"
        );
        let forged = Request::post("/portcullis/continue", &form(&page, "/portcullis/continue").filled(&[]))
            .header("Sec-Fetch-Site", "cross-site");
        assert_eq!(browser.portal.send(forged).await.status, 403, "no other page presses the button");
        let answer = browser.portal.submit(&page, "/portcullis/continue", &[]).await;
        let finish = answer.location().strip_prefix("http://wiki.localhost").expect("to the site").to_owned();
        assert!(finish.starts_with(FINISH), "{finish}");
        assert_eq!(browser.wiki.get(&finish).await.location(), "/page");
    }
    let stranger = Browser::of(&gateway).portal.get(&format!("/portcullis/continue?{query}")).await;
    assert!(stranger.location().starts_with("/portcullis/login?rd="), "{stranger:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_lures_a_visitor_into_a_sign_in_of_their_own_gets_nothing_of_it() {
    let gateway = gateway().await;
    let mut attacker = Browser::of(&gateway).app;
    let nonce = nonce_of(&mut attacker).await;
    let mut victim = Browser::of(&gateway);
    let query = form_body(&[("rd", "http://app.localhost/x"), ("nonce", nonce.as_str())]);
    let page =
        victim.portal.send(Request::get(&format!("{LOGIN}?{query}")).header("Sec-Fetch-Site", "cross-site")).await;
    let typed = [("username", "ada"), ("password", gateway.account.password.as_str())];
    victim.portal.submit(&page, LOGIN, &typed).await;
    let code = gateway.sandbox.code(&gateway.account.phone, 1).await;
    let page = victim.portal.get(VERIFY).await;
    let answer = victim.portal.submit(&page, VERIFY, &[("code", &code)]).await;
    let finish = answer.location().strip_prefix("http://app.localhost").expect("to the site").to_owned();
    assert_eq!(victim.app.get(&finish).await.status, 403, "the victim's browser holds another nonce");
    assert_eq!(attacker.get(&finish).await.status, 403, "and the attacker's finds the token spent");
}
