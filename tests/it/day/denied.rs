//! Pages in place of the site: no access, a form that was sent too late, a frame, an address that is too long.

use crate::gateway::{Gateway, Setup};
use crate::process::run;
use crate::visitor::{LOGIN, LOGOUT, Request, form};
use crate::wire::eventually;

const ADMINS_ONLY: &str = "[[sites.rules]]\npath = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"\n";

async fn with_a_rule() -> Gateway {
    Gateway::with(Setup { site: ADMINS_ONLY.to_owned(), ..Setup::default() }).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_without_access_says_who_is_signed_in_and_offers_another_account() {
    let gateway = with_a_rule().await;
    let mut visitor = gateway.ada().await;
    let answer = visitor.open("/admin/users?page=2").await;
    assert_eq!(answer.status, 403);
    assert!(answer.text().contains("You are signed in as ada."), "{answer:?}");
    let switch = "/portcullis/logout?rd=%2Fadmin%2Fusers%3Fpage%3D2";
    assert!(answer.text().contains(switch) && answer.text().contains("Switch account"), "{answer:?}");
    let page = visitor.get(switch).await;
    assert_eq!(form(&page, LOGOUT).field("rd"), Some("/admin/users?page=2"));
    let answer = visitor.submit(&page, LOGOUT, &[]).await;
    let login = "/portcullis/login?out=1&rd=%2Fadmin%2Fusers%3Fpage%3D2";
    assert_eq!((answer.status, answer.header("location")), (303, Some(login)), "{answer:?}");
    let page = visitor.follow(answer).await;
    assert!(page.text().contains("You are signed out."), "{page:?}");
    assert_eq!(form(&page, LOGIN).field("rd"), Some("/admin/users?page=2"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_was_sent_too_late_leads_back_to_its_page_with_an_explanation() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.advance(13 * 3600);
    let referer = format!("{}/profile/edit?tab=2", visitor.origin());
    let sent = Request::post("/profile/save", &[("name", "Ada")]).header("Referer", &referer);
    let answer = visitor.send(sent).await;
    let back = "/portcullis/unsent%3Frd%3D/profile/edit%253Ftab%253D2%26to%3D/profile/save";
    let login = format!("/portcullis/login?rd={back}&rm=POST");
    assert_eq!((answer.status, answer.header("location")), (303, Some(login.as_str())), "{answer:?}");
    let page = visitor.follow(answer).await;
    let answer = visitor.submit(&page, LOGIN, &[("username", "ada"), ("password", &gateway.account.password)]).await;
    visitor.follow(answer).await;
    let answer = visitor.code(&gateway.sandbox.code(&gateway.account.phone, 2).await).await;
    let page = visitor.follow(answer).await;
    assert!(page.text().contains("Your form was not received"), "{page:?}");
    assert!(page.text().contains("href=\"/profile/edit?tab=2\""), "{page:?}");
    assert!(
        gateway.backend.seen().iter().all(|request| !request.request_line().starts_with("POST")),
        "nothing was sent twice"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_needs_a_fresh_factor_is_judged_by_where_it_goes() {
    let rule =
        "[[sites.rules]]\npath = \"/pay\"\nmethods = [\"POST\"]\nrequire = \"two_factor\"\nfresh_within = \"5m\"\n";
    let gateway = Gateway::with(Setup { site: rule.to_owned(), ..Setup::default() }).await;
    let mut visitor = gateway.ada().await;
    gateway.advance(600);
    let referer = format!("{}/basket", visitor.origin());
    let answer = visitor.send(Request::post("/pay", &[("sum", "1")]).header("Referer", &referer)).await;
    let answer = visitor.follow(answer).await;
    assert!(answer.text().contains("Confirm your identity"), "not back to the form at once: {answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_in_inside_a_frame_is_a_link_to_a_tab_of_its_own() {
    let gateway = Gateway::start().await;
    for place in ["iframe", "frame", "object", "embed"] {
        let mut visitor = gateway.visitor();
        let request = Request::get("/board?x=1").header("Sec-Fetch-Dest", place).header("Sec-Fetch-Mode", "navigate");
        let answer = visitor.send(request).await;
        let framed = "/portcullis/framed?rd=/board%3Fx%3D1";
        assert_eq!((answer.status, answer.header("location")), (302, Some(framed)), "{place}: {answer:?}");
        let page = visitor.get(framed).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.header("x-frame-options"), None, "{page:?}");
        assert!(!page.header("content-security-policy").unwrap().contains("frame-ancestors"), "{page:?}");
        assert!(page.text().contains("href=\"/portcullis/login?rd=/board%3Fx%3D1\" target=\"_blank\""), "{page:?}");
        assert!(!page.text().contains("<form"), "nothing to be clicked unawares: {page:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_too_long_to_be_kept_is_said_to_be() {
    let gateway = Gateway::start().await;
    for (length, said) in [(4096, false), (4097, true)] {
        let mut visitor = gateway.visitor();
        let page = visitor.open(&format!("/{}", "a".repeat(length - 1))).await;
        assert_eq!(page.status, 200, "{length}");
        assert_eq!(page.text().contains("too long to be kept"), said, "{length}: {page:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn our_own_files_are_served_on_every_host_and_scheme() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.visitor();
    let page = visitor.get(LOGIN).await;
    let text = page.text();
    let style = text.split("href=\"").find(|part| part.contains(".css\"")).unwrap().split('"').next().unwrap();
    for host in ["unknown.example", "127.0.0.1:1", "app.example.com"] {
        let answer = visitor.send(Request::get(style).header("Host", host)).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/css; charset=utf-8")), "{host}");
    }
    assert_eq!(visitor.send(Request::post(style, &[("a", "b")])).await.status, 405);
    assert_eq!(visitor.get("/portcullis/static/../health/live").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_with_a_token_reads_no_name() {
    let rules = "[[sites.rules]]\npath = \"/admin/**\"\ngroups = [\"admins\"]\nrequire = \"two_factor\"\n\
        credentials = [\"session\", \"token\"]\n";
    let gateway = Gateway::with(Setup { site: format!("host = \"app.localhost\"\n{rules}"), ..Setup::default() }).await;
    let config = gateway.config_file();
    let arguments =
        ["token", "create", "--user", "ada", "--site", "app.localhost", "--expires", "30d", "--config", &config];
    let output = run(&arguments, &[], "").await;
    assert!(output.status.success(), "{}", crate::process::text(&output));
    let token = String::from_utf8(output.stdout).unwrap().trim_end().to_owned();
    let mut visitor = gateway.visitor();
    visitor.host = Some("app.localhost".to_owned());
    let request = Request::get("/admin/x").header("Authorization", &format!("Bearer {token}"));
    // The running gateway learns of the token from the change feed.
    eventually("the token is known", || async { visitor.clone().send(request.clone()).await.status == 403 }).await;
    let answer = visitor.send(request).await;
    assert!(
        answer.text().contains("You don't have access") || answer.text().contains("You don&#39;t have access"),
        "{answer:?}"
    );
    assert!(!answer.text().contains("signed in as") && !answer.text().contains("Switch account"), "{answer:?}");
}
