//! Recovery codes.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_signs_in_once_after_the_password() {
    let gateway = Gateway::start().await;
    let ada = gateway.account.clone();
    let mut owner = gateway.ada().await;
    let codes = with_recovery_codes(&mut owner).await;
    gateway.advance(60);
    let mut visitor = gateway.visitor();
    password(&mut visitor, &ada).await;
    let page = visitor.get(BY_RECOVERY).await;
    assert_eq!(asks_for(&page), "recovery");
    let typed = codes[4].to_lowercase().replace('-', " ");
    let answer = type_proof(&mut visitor, &page, &typed).await;
    expect_redirect(&answer, "/", "a recovery code signs in");
    assert!(visitor.is_in().await);
    let (name, details) = gateway.newest_event().await;
    assert_eq!((name.as_str(), details.as_str()), ("factor.recovery-code-used", r#"{"left":9}"#));
    gateway.advance(60);
    let mut thief = gateway.visitor();
    password(&mut thief, &ada).await;
    let page = thief.get(BY_RECOVERY).await;
    assert_eq!(type_proof(&mut thief, &page, &codes[4]).await.status, 422);
    assert!(!thief.is_in().await);
    let page = visitor.get(ACCOUNT).await;
    assert!(page.words().contains("9 codes left"), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_recovery_code_is_in_the_files_and_a_new_set_makes_the_old_one_void() {
    let gateway = Gateway::start().await;
    let mut owner = gateway.ada().await;
    let old = with_recovery_codes(&mut owner).await;
    let new = with_recovery_codes(&mut owner).await;
    let page = owner.get(ACCOUNT).await;
    assert!(!page.text().contains(&new[0]), "they are shown once");
    for file in gateway.files() {
        let bytes = std::fs::read(&file).unwrap();
        for code in old.iter().chain(&new) {
            let plain = code.replace('-', "");
            for text in [code.as_bytes(), plain.as_bytes()] {
                assert!(!bytes.windows(text.len()).any(|window| window == text), "{}", file.display());
            }
        }
    }
    for (code, status) in [(&old[0], 422), (&new[0], 303)] {
        gateway.advance(60);
        let mut visitor = gateway.visitor();
        password(&mut visitor, &gateway.account).await;
        let page = visitor.get(BY_RECOVERY).await;
        assert_eq!(type_proof(&mut visitor, &page, code).await.status, status);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_recovery_code_nothing_can_be_removed_for_two_days() {
    let gateway = Gateway::start().await;
    let mut owner = gateway.ada().await;
    let app = with_app(&gateway, &mut owner, "phone").await;
    let codes = with_recovery_codes(&mut owner).await;
    gateway.advance(60);
    let mut visitor = gateway.visitor();
    password(&mut visitor, &gateway.account).await;
    let page = visitor.get(BY_RECOVERY).await;
    assert_eq!(type_proof(&mut visitor, &page, &codes[0]).await.location(), "/");
    let factor = factor_page(&mut visitor).await;
    let page = visitor.get(&factor).await;
    assert!(page.words().contains("You used a recovery code") && !page.text().contains("value=\"remove\""), "{page:?}");
    let answer = visitor.submit(&page, FACTOR, &[("action", "remove")]).await;
    assert_eq!(answer.status, 422, "a form made by hand");
    gateway.advance(48 * 3600);
    let (mut visitor, page) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(type_proof(&mut visitor, &page, &app.code(seconds(&gateway))).await.location(), "/");
    let page = visitor.get(&factor).await;
    let answer = visitor.submit(&page, FACTOR, &[("action", "remove")]).await;
    expect_redirect(&answer, "/portcullis/?done=removed", "the wait is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recovery_code_without_the_password_opens_nothing_and_guesses_are_counted() {
    let gateway = Gateway::start().await;
    let mut owner = gateway.ada().await;
    // With an app, no message is sent, whose limits would come first.
    with_app(&gateway, &mut owner, "phone").await;
    let codes = with_recovery_codes(&mut owner).await;
    let mut stranger = gateway.visitor();
    let page = stranger.get("/portcullis/login").await;
    let csrf = form(&page, "/portcullis/login").field("csrf").unwrap().to_owned();
    let fields = [("csrf", csrf.as_str()), ("factor", "recovery"), ("code", codes[0].as_str())];
    let answer = stranger.send(crate::visitor::Request::post(VERIFY, &fields)).await;
    expect_redirect(&answer, "/portcullis/login?over=1", "there is no sign-in");
    for number in 0..5 {
        let mut guesser = gateway.visitor_from(number);
        password(&mut guesser, &gateway.account).await;
        let page = guesser.get(BY_RECOVERY).await;
        assert_eq!(type_proof(&mut guesser, &page, "ABCDEF-GHJKMN-PQRSTV-WXYZ01").await.status, 422);
    }
    let mut guesser = gateway.visitor_from(9);
    password(&mut guesser, &gateway.account).await;
    let page = guesser.get(BY_RECOVERY).await;
    assert_eq!(type_proof(&mut guesser, &page, &codes[0]).await.status, 429, "the right one waits too");
}
