//! Signing in with an authenticator app.

use super::*;
use crate::phone::wrong_code;
use crate::visitor::GUESSES_USED;

/// A gateway whose account has an app, and enough time since for the next code.
async fn gateway() -> (Gateway, Authenticator, Visitor) {
    let gateway = Gateway::start().await;
    let mut visitor = gateway.ada().await;
    let app = with_app(&gateway, &mut visitor, "phone").await;
    gateway.advance(STEP);
    (gateway, app, visitor)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_app_is_asked_for_first_and_no_message_is_sent() {
    let (gateway, app, _) = gateway().await;
    let sent = gateway.sandbox.messages_to(&gateway.account.phone).await.len();
    let (mut visitor, page) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(asks_for(&page), "totp");
    assert!(page.words().contains("Enter the code from your app"), "{page:?}");
    let answer = type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await;
    expect_redirect(&answer, "/", "the code of the app signs in");
    assert!(visitor.is_in().await);
    assert_eq!(gateway.sandbox.messages_to(&gateway.account.phone).await.len(), sent);
    let (name, details) = gateway.newest_event().await;
    assert_eq!(name, "sign-in.completed");
    assert!(details.contains(r#""factors":["password","totp"]"#), "{details}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_counts_once_and_neither_it_nor_an_earlier_one_signs_in_again() {
    let (mut gateway, app, _) = gateway().await;
    let ada = gateway.account.clone();
    let (mut visitor, page) = after_the_password(&gateway, &ada).await;
    let (earlier, code) = (app.code(seconds(&gateway) - STEP), app.code(seconds(&gateway)));
    assert_eq!(type_proof(&mut visitor, &page, &code).await.location(), "/");
    gateway.restart().await;
    for used in [code, earlier] {
        let (mut thief, page) = after_the_password(&gateway, &ada).await;
        let answer = type_proof(&mut thief, &page, &used).await;
        assert_eq!(answer.status, 422);
        assert!(answer.words().contains("Code invalid or expired"), "{answer:?}");
        assert!(!thief.is_in().await);
    }
    gateway.advance(STEP);
    let (mut visitor, page) = after_the_password(&gateway, &ada).await;
    assert_eq!(type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await.location(), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_code_of_a_clock_that_is_half_a_minute_off_is_accepted_and_of_one_that_is_a_minute_off_is_not() {
    let (gateway, app, _) = gateway().await;
    for (late, status) in [(2 * STEP, 422), (STEP, 303)] {
        gateway.advance(10 * STEP);
        let (mut visitor, page) = after_the_password(&gateway, &gateway.account).await;
        let answer = type_proof(&mut visitor, &page, &app.code(seconds(&gateway) - late)).await;
        assert_eq!(answer.status, status, "{late} s late: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_window_is_closed_only_the_current_code_is_accepted() {
    let setup = crate::gateway::Setup { more: "[factors]\ntotp_window = 0\n".to_owned(), ..Default::default() };
    let gateway = Gateway::with(setup).await;
    let mut visitor = gateway.ada().await;
    let app = with_app(&gateway, &mut visitor, "phone").await;
    for (late, status) in [(STEP, 422), (0, 303)] {
        gateway.advance(10 * STEP);
        let (mut visitor, page) = after_the_password(&gateway, &gateway.account).await;
        let answer = type_proof(&mut visitor, &page, &app.code(seconds(&gateway) - late)).await;
        assert_eq!(answer.status, status, "{late} s late: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_codes_end_the_sign_in_and_what_cannot_be_a_code_costs_nothing() {
    let (gateway, app, _) = gateway().await;
    let code = app.code(seconds(&gateway));
    let (mut visitor, mut page) = after_the_password(&gateway, &gateway.account).await;
    for junk in ["", "12345", "password"] {
        let answer = type_proof(&mut visitor, &page, junk).await;
        assert_eq!(answer.status, 422, "{junk}");
        assert!(answer.words().contains("You have 5 attempts left"), "{answer:?}");
    }
    for left in [4, 3, 2] {
        page = type_proof(&mut visitor, &page, &wrong_code(&code, 1)).await;
        assert_eq!(page.status, 422);
        assert!(page.words().contains(&format!("You have {left} attempts left")), "{page:?}");
    }
    page = type_proof(&mut visitor, &page, &wrong_code(&code, 1)).await;
    assert!(page.words().contains("You have 1 attempt left"), "{page:?}");
    let answer = type_proof(&mut visitor, &page, &wrong_code(&code, 1)).await;
    expect_redirect(&answer, GUESSES_USED, "the last wrong code ends the sign-in");
    assert_eq!(type_proof(&mut visitor, &page, &code).await.location(), "/portcullis/login?over=1");
    assert!(!visitor.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_codes_of_all_sign_ins_are_counted_for_the_account_and_another_factor_still_works() {
    let (gateway, app, _) = gateway().await;
    let ada = gateway.account.clone();
    let code = app.code(seconds(&gateway));
    for number in 0..5 {
        let mut stranger = gateway.visitor_from(number);
        let page = password(&mut stranger, &ada).await;
        assert_eq!(type_proof(&mut stranger, &page, &wrong_code(&code, 1)).await.status, 422);
    }
    let mut stranger = gateway.visitor_from(9);
    let page = password(&mut stranger, &ada).await;
    let answer = type_proof(&mut stranger, &page, &code).await;
    assert_eq!((answer.status, answer.header("retry-after")), (429, Some("1")), "{answer:?}");
    let page = visitor_asks_for_sms(&mut stranger, &answer).await;
    let sent = gateway.sandbox.last_code(&ada.phone).await;
    assert_eq!(stranger.submit(&page, VERIFY, &[("code", &sent)]).await.location(), "/");
}

/// Takes the other way: a text message.
async fn visitor_asks_for_sms(visitor: &mut Visitor, page: &Response) -> Response {
    let answer = visitor.submit(page, crate::visitor::SEND, &[("method", "sms")]).await;
    let page = visitor.follow(answer).await;
    assert_eq!(asks_for(&page), "", "{page:?}");
    page
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_offers_every_other_way_and_what_was_used_last_comes_first_the_next_time() {
    let (gateway, app, _) = gateway().await;
    let ada = gateway.account.clone();
    let (mut visitor, page) = after_the_password(&gateway, &ada).await;
    assert!(page.words().contains("Use another method") && page.words().contains("Send a text message"), "{page:?}");
    let page = visitor_asks_for_sms(&mut visitor, &page).await;
    assert!(page.text().contains("/portcullis/verify?factor=totp"), "{page:?}");
    let back = visitor.get(BY_APP).await;
    assert_eq!(asks_for(&back), "totp");
    let code = gateway.sandbox.last_code(&ada.phone).await;
    assert_eq!(visitor.submit(&page, VERIFY, &[("code", &code)]).await.location(), "/");
    gateway.advance(11 * 60);
    let (mut visitor, page) = after_the_password(&gateway, &ada).await;
    assert_eq!(asks_for(&page), "", "the text message was used last");
    let page = { visitor.get(BY_APP).await };
    assert_eq!(type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await.location(), "/");
    let (_, page) = after_the_password(&gateway, &ada).await;
    assert_eq!(asks_for(&page), "totp");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fresh_factor_can_be_the_app() {
    let setup = crate::gateway::Setup {
        site: "[[sites.rules]]\npath = \"/money/**\"\nrequire = \"two_factor\"\nfresh_within = \"10m\"\n".to_owned(),
        ..Default::default()
    };
    let gateway = Gateway::with(setup).await;
    let mut visitor = gateway.ada().await;
    let app = with_app(&gateway, &mut visitor, "phone").await;
    gateway.advance(601);
    let answer = visitor.get("/money/x").await;
    let page = visitor.follow(answer).await;
    let answer = visitor.submit(&page, CONFIRM, &[("method", "totp")]).await;
    expect_redirect(&answer, BY_APP, "the app is asked for");
    let page = visitor.follow(answer).await;
    let answer = type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await;
    assert_eq!(answer.location(), "/money/x");
    assert_eq!(visitor.get("/money/x").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_of_one_account_signs_in_no_other() {
    let (gateway, app, _) = gateway().await;
    let bob = gateway.add_account("bob").await;
    let mut bobs = gateway.signed_in(&bob).await;
    with_app(&gateway, &mut bobs, "phone").await;
    gateway.advance(STEP);
    let (mut visitor, page) = after_the_password(&gateway, &bob).await;
    assert_eq!(type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_secret_is_in_no_file_in_clear_and_a_row_that_was_copied_to_another_account_is_useless() {
    let (mut gateway, app, _) = gateway().await;
    let ada = gateway.account.clone();
    let bob = gateway.add_account("bob").await;
    gateway.stop().await;
    for file in gateway.files() {
        assert!(!app.is_in(&std::fs::read(&file).unwrap()), "{}", file.display());
    }
    let file = gateway.path("portcullis.db");
    let sql = format!("UPDATE factors SET account = (SELECT id FROM accounts WHERE username = '{}')", bob.name);
    super::sql(&file, &sql).await;
    gateway.start_again().await;
    let (mut thief, page) = after_the_password(&gateway, &bob).await;
    let page = if asks_for(&page) == "totp" { page } else { thief.get(BY_APP).await };
    let answer = type_proof(&mut thief, &page, &app.code(seconds(&gateway))).await;
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(!thief.is_in().await);
    let (name, details) = gateway.newest_event().await;
    assert_eq!(name, "code.undecided");
    assert!(details.contains("cannot be decrypted"), "{details}");
    let (_, page) = after_the_password(&gateway, &ada).await;
    assert_eq!(asks_for(&page), "", "the owner has codes by message");
}
