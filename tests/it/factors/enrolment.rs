//! Adding, naming and removing factors on the account page.

use super::*;
use crate::gateway::{Setup, all_the_way};
use crate::phone::wrong_code;
use crate::process::{run, text};
use crate::visitor::Request;
use crate::wire::eventually;

#[tokio::test(flavor = "multi_thread")]
async fn an_app_counts_only_after_its_first_code_and_its_key_is_shown_once() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let (app, page) = setting_up(&mut visitor).await;
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert!(page.text().contains("<svg class=\"qr\" role=\"img\"") && !page.text().contains("otpauth:"), "{page:?}");
    let (_, other) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(asks_for(&other), "", "nothing was proved yet");
    let code = app.code(seconds(&gateway));
    let wrong = visitor.submit(&page, APP_VERIFY, &[("code", &wrong_code(&code, 1)), ("name", "phone")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.words().contains("This code is not right") && !wrong.text().contains("class=\"key\""), "{wrong:?}");
    let answer = visitor.submit(&wrong, APP_VERIFY, &[("code", &code)]).await;
    expect_redirect(&answer, "/portcullis/?done=added", "the right code adds it");
    let page = visitor.follow(answer).await;
    assert!(page.words().contains("Done. You can sign in with it") && page.words().contains("phone"), "{page:?}");
    let (mut thief, page) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(type_proof(&mut thief, &page, &code).await.status, 422, "the code that proved it is used up");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_is_not_proved_within_ten_minutes_has_to_be_set_up_again() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let (app, page) = setting_up(&mut visitor).await;
    gateway.advance(600);
    let answer = visitor.submit(&page, APP_VERIFY, &[("code", &app.code(seconds(&gateway)))]).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert!(answer.words().contains("Please start again"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_finds_an_open_session_has_to_give_the_factor_again() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    gateway.advance(601);
    for page in [APP, CODES] {
        let answer = visitor.get(page).await;
        let expected = format!("/portcullis/confirm?rd={}", page.replace('/', "%2F"));
        expect_redirect(&answer, &expected, "the factor is too old");
    }
    let session = visitor.get(ACCOUNT).await;
    let csrf = form(&session, "/portcullis/logout").field("csrf").unwrap().to_owned();
    for page in [APP, APP_VERIFY, CODES, FACTOR] {
        let answer = visitor.send(Request::post(page, &[("csrf", csrf.as_str()), ("action", "remove")])).await;
        assert!(answer.location().starts_with("/portcullis/confirm?rd="), "{page}: {answer:?}");
    }
    let answer = visitor.get(APP).await;
    let page = visitor.follow(answer).await;
    let sent = gateway.sandbox.messages_to(&gateway.account.phone).await.len();
    let answer = visitor.submit(&page, CONFIRM, &[("method", "sms")]).await;
    visitor.follow(answer).await;
    let code = gateway.sandbox.code(&gateway.account.phone, sent + 1).await;
    let answer = visitor.code(&code).await;
    expect_redirect(&answer, APP, "back to the page");
    assert_eq!(visitor.get(APP).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_factor_or_none_or_a_half_finished_sign_in_adds_nothing() {
    let rules = "[[sites.rules]]\npath = \"/notes/**\"\nrequire = \"one_factor\"\n";
    let gateway = Gateway::with(Setup { site: rules.to_owned(), ..Setup::default() }).await;
    let ada = gateway.account.clone();
    let mut single = gateway.visitor();
    let answer = single.password("/notes/x", &ada.name, &ada.password).await;
    expect_redirect(&answer, "/notes/x", "one factor is enough for the site");
    assert!(single.get(APP).await.location().starts_with("/portcullis/confirm"));
    let (mut half, _) = gateway.half_signed_in(&ada).await;
    assert!(half.get(APP).await.location().starts_with("/portcullis/login"));
    let mut nobody = gateway.visitor();
    assert!(nobody.get(CODES).await.location().starts_with("/portcullis/login"));
    let posted = nobody.send(Request::post(CODES, &[("csrf", "x")])).await;
    assert!(posted.location().starts_with("/portcullis/login"), "{posted:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn adding_and_removing_a_factor_ends_every_other_session_at_once() {
    let gateway = Gateway::start().await;
    let mut other = gateway.ada().await;
    gateway.advance(60);
    let mut visitor = gateway.ada().await;
    with_app(&gateway, &mut visitor, "phone").await;
    assert!(!other.is_in().await && visitor.is_in().await);
    gateway.advance(60);
    let page = password(&mut other, &gateway.account).await;
    assert_eq!(asks_for(&page), "totp");
    let factor = factor_page(&mut visitor).await;
    let page = visitor.get(&factor).await;
    let answer = visitor.submit(&page, FACTOR, &[("action", "remove")]).await;
    expect_redirect(&answer, "/portcullis/?done=removed", "it is removed");
    assert!(visitor.is_in().await);
    let (_, page) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(asks_for(&page), "", "a code is sent again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_factor_gets_another_name_and_a_name_is_only_text() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    with_app(&gateway, &mut visitor, "<b>phone</b>").await;
    let factor = factor_page(&mut visitor).await;
    let page = visitor.get(&factor).await;
    assert!(page.text().contains("&#60;b&#62;phone") && !page.text().contains("<b>phone"), "{page:?}");
    let answer = visitor.submit(&page, FACTOR, &[("action", "rename"), ("name", "blue key")]).await;
    expect_redirect(&answer, "/portcullis/?done=saved", "renamed");
    let home = visitor.get(ACCOUNT).await;
    assert!(home.words().contains("blue key"), "{home:?}");
    for bad in ["", &"x".repeat(41), "a\u{202e}b"] {
        let answer = visitor.submit(&page, FACTOR, &[("action", "rename"), ("name", bad)]).await;
        assert_eq!(answer.status, 422, "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_a_factor_of_somebody_else() {
    let gateway = Gateway::start().await;
    let mut ada = gateway.ada().await;
    with_app(&gateway, &mut ada, "phone").await;
    let factor = factor_page(&mut ada).await;
    let id = factor.split("id=").nth(1).unwrap().to_owned();
    let bob = gateway.add_account("bob").await;
    let mut bobs = gateway.signed_in(&bob).await;
    with_app(&gateway, &mut bobs, "tablet").await;
    assert_eq!(bobs.get(&factor).await.status, 404);
    let own = factor_page(&mut bobs).await;
    let page = bobs.get(&own).await;
    for action in ["remove", "rename"] {
        let answer = bobs.submit(&page, FACTOR, &[("id", &id), ("action", action), ("name", "mine")]).await;
        assert_eq!(answer.status, 404, "{action}: {answer:?}");
    }
    let page = ada.get(ACCOUNT).await;
    assert!(page.words().contains("phone"), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_token_and_a_form_of_another_site_change_nothing() {
    let site = "host = \"app.localhost\"\n[[sites.rules]]\npath = \"/**\"\nrequire = \"two_factor\"\n\
                credentials = [\"session\", \"token\"]\n";
    let gateway = Gateway::with(Setup { site: site.to_owned(), ..Setup::default() }).await;
    let host = format!("app.localhost:{}", gateway.address().port());
    let mut visitor = gateway.visitor();
    visitor.host = Some(host.clone());
    let mut visitor = all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    let page = visitor.get(CODES).await;
    let csrf = form(&page, CODES).field("csrf").unwrap().to_owned();
    let fields = [("csrf", csrf.as_str())];
    let foreign = visitor.send(Request::post(CODES, &fields).header("Sec-Fetch-Site", "cross-site")).await;
    assert_eq!(foreign.status, 403, "{foreign:?}");
    let guessed = visitor.send(Request::post(CODES, &[("csrf", "AAAA")])).await;
    expect_redirect(&guessed, CODES, "a form without its token makes nothing");
    let config = gateway.config_file();
    let create =
        ["token", "create", "--user", "ada", "--site", "app.localhost", "--expires", "30d", "--config", &config];
    let token = run(&create, &[], "").await;
    assert!(token.status.success(), "{}", text(&token));
    let bearer = format!("Bearer {}", String::from_utf8(token.stdout).unwrap().trim());
    let mut program = gateway.visitor();
    program.host = Some(host);
    // The gateway learns of the token from its feed.
    eventually("the token opens the site", || async {
        let request = Request::get("/").header("Authorization", &bearer).bare();
        program.clone().send(request).await.status == 200
    })
    .await;
    let answer = program.send(Request::post(CODES, &fields).header("Authorization", &bearer)).await;
    assert!(answer.location().starts_with("/portcullis/login"), "{answer:?}");
    let home = visitor.get(ACCOUNT).await;
    assert!(!home.words().contains("codes left"), "{home:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_script_and_no_frame_opens_a_page_about_factors() {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let page = visitor.get(CODES).await;
    let csrf = form(&page, CODES).field("csrf").unwrap().to_owned();
    for [name, value] in [
        ["Sec-Fetch-Mode", "cors"],
        ["Sec-Fetch-Mode", "no-cors"],
        ["Sec-Fetch-Dest", "script"],
        ["Sec-Fetch-Dest", "iframe"],
    ] {
        for page in [APP, CODES, FACTOR, CONFIRM] {
            let answer = visitor.send(Request::get(page).header(name, value)).await;
            assert_eq!(answer.status, 403, "{page} {name} {value}: {answer:?}");
        }
        let answer = visitor.send(Request::post(CODES, &[("csrf", &csrf)]).header(name, value)).await;
        assert_eq!(answer.status, 403, "{name} {value}: {answer:?}");
    }
    let load = |request: Request| request.header("Sec-Fetch-Mode", "navigate").header("Sec-Fetch-Dest", "document");
    let answer = visitor.send(load(Request::post(CODES, &[("csrf", &csrf)]))).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}
