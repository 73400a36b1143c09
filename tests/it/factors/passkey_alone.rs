//! Passkeys without a password, and what the operator sees of passkeys: their domain, their key.

use super::passkey::{ALONE, Forge, NEW, WithPasskeys, options, prove, with_passkey};
use super::soft_key::{SoftKey, VERIFIED};
use super::*;
use crate::gateway::all_the_way;
use crate::visitor::LOGIN;

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_verified_its_user_signs_in_alone_and_leads_to_the_page_that_was_asked_for() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let mut visitor = at.visitor();
    let answer = visitor.get("/deep/page?x=1").await;
    let page = visitor.follow(answer).await;
    let asked = options(&page, ALONE);
    assert_eq!(
        (asked["userVerification"].as_str(), asked["allowCredentials"].as_array().map(Vec::len)),
        (Some("required"), Some(0))
    );
    assert!(page.text().contains("autocomplete=\"username webauthn\""), "{page:?}");
    let answer = visitor.submit(&page, ALONE, &[("code", &key.sign(&asked).to_string())]).await;
    expect_redirect(&answer, "/deep/page?x=1", "signed in");
    assert!(visitor.is_in().await);
    assert_eq!(visitor.get(NEW).await.status, 200, "two factors: the pages about factors are open");
    let (name, details) = at.gateway.newest_event().await;
    assert_eq!(name, "sign-in.completed");
    assert!(details.contains(r#""factors":["passkey"]"#), "{details}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_did_not_verify_its_user_or_belongs_to_nobody_opens_nothing_and_all_refusals_look_the_same() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let forgeries: Vec<(&str, Forge)> = vec![
        ("no user verification", |answer| answer.flags &= !VERIFIED),
        ("no user", |answer| answer.user = None),
        ("another user", |answer| answer.user = Some(vec![9; 16])),
        ("unknown key", |answer| {
            answer.raw_id = vec![7; 32];
            answer.id = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc".to_owned();
        }),
        ("signature", |answer| answer.spoil = true),
        ("challenge", |answer| answer.challenge = "A".repeat(43)),
    ];
    let mut bodies = Vec::new();
    for (part, forge) in forgeries {
        at.gateway.advance(3600);
        let mut visitor = at.visitor();
        let page = visitor.get(LOGIN).await;
        let mut forged = key.answer("webauthn.get", &options(&page, ALONE));
        forge(&mut forged);
        let refused = visitor.submit(&page, ALONE, &[("code", &key.signed(&forged).to_string())]).await;
        assert_eq!(refused.status, 422, "{part}: {refused:?}");
        assert!(!visitor.is_in().await, "{part}");
        bodies.push(refused.words());
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "{bodies:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_challenge_of_the_login_page_has_one_answer_of_one_browser_within_five_minutes() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let mut visitor = at.visitor();
    let page = visitor.get(LOGIN).await;
    let (asked, sealed) = (options(&page, ALONE), form(&page, ALONE).field("challenge").unwrap().to_owned());
    let answer = key.sign(&asked).to_string();
    let mut thief = at.visitor();
    let other = thief.get(LOGIN).await;
    let stolen = thief.submit(&other, ALONE, &[("code", &answer), ("challenge", &sealed)]).await;
    assert_eq!(stolen.status, 422, "another browser's page: {stolen:?}");
    let mut late = visitor.clone();
    assert_eq!(visitor.submit(&page, ALONE, &[("code", &answer)]).await.location(), "/");
    assert_eq!(late.submit(&page, ALONE, &[("code", &answer)]).await.status, 422, "answered before");
    let mut slow = at.visitor();
    let page = slow.get(LOGIN).await;
    let answer = key.sign(&options(&page, ALONE)).to_string();
    at.gateway.advance(301);
    assert_eq!(slow.submit(&page, ALONE, &[("code", &answer)]).await.status, 422, "too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_disabled_account_and_one_whose_passkey_was_removed_are_not_let_in() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    for command in [&["disable", "ada"][..], &["enable", "ada"], &["reset", "ada", "--yes"]] {
        at.gateway.user(command, "").await;
        let mut visitor = at.visitor();
        let page = visitor.get(LOGIN).await;
        let answer = visitor.submit(&page, ALONE, &[("code", &key.sign(&options(&page, ALONE)).to_string())]).await;
        let expected = if command[0] == "enable" { 303 } else { 422 };
        assert_eq!(answer.status, expected, "{command:?}: {answer:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_passkeys_are_not_enough_alone_or_the_page_has_another_origin_nothing_offers_them() {
    let at = WithPasskeys::start("passwordless = false\n").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let mut visitor = at.visitor();
    let page = visitor.get(LOGIN).await;
    assert!(!page.text().contains("data-passkey") && !page.text().contains("webauthn"), "{page:?}");
    let mut elsewhere = at.gateway.visitor();
    let page = password(&mut elsewhere, &ada).await;
    assert_eq!(asks_for(&page), "", "on the other origin a code is sent");
    assert!(!page.text().contains("passkey"), "{page:?}");
    let mut elsewhere = at.gateway.visitor();
    elsewhere.jar = owner.jar.clone();
    assert_ne!(elsewhere.get(NEW).await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn passkeys_keep_their_domain_and_a_start_with_another_one_is_refused_until_it_is_accepted() {
    let at = WithPasskeys::start("").await;
    let mut gateway = at.gateway;
    let mut visitor = gateway.visitor();
    visitor.host = Some(at.origin.split("://").nth(1).unwrap().to_owned());
    let mut owner = all_the_way(visitor, &gateway.sandbox, &gateway.account).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    gateway.stop().await;
    let config = std::fs::read_to_string(gateway.config_file()).unwrap();
    let moved = config.replace(&at.origin, "https://new.example.com");
    std::fs::write(gateway.config_file(), &moved).unwrap();
    let output = crate::process::run(&["serve", "--config", &gateway.config_file()], &[], "").await;
    let said = crate::process::text(&output);
    assert!(!output.status.success());
    assert!(said.contains("passkeys.rp_id is `new.example.com`, but 1 passkeys belong to `app.localhost`"), "{said}");
    let accepted = moved.replace("[passkeys]", "[passkeys]\naccept_new_rp_id = true");
    std::fs::write(gateway.config_file(), accepted).unwrap();
    gateway.start_again().await;
    let (_, page) = after_the_password(&gateway, &gateway.account).await;
    assert_eq!(asks_for(&page), "", "the passkey works nowhere, so a code is sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rotation_of_the_key_loses_no_factor_and_the_old_version_stays_until_nothing_needs_it() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut gateway = at.gateway;
    let mut visitor = gateway.visitor();
    visitor.host = Some(at.origin.split("://").nth(1).unwrap().to_owned());
    let mut owner = all_the_way(visitor.clone(), &gateway.sandbox, &ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let config = gateway.config_file();
    let keys = async |arguments: &[&str]| {
        let output = crate::process::run(&[&["keys"], arguments, &["--config", &config]].concat(), &[], "").await;
        (output.status.success(), crate::process::text(&output))
    };
    assert!(keys(&["rotate"]).await.0);
    let (done, said) = keys(&["remove", "1"]).await;
    assert!(!done && said.contains("1 authenticator apps and passkeys are encrypted with version 1"), "{said}");
    gateway.restart().await;
    assert!(keys(&["rotate"]).await.0);
    let (done, said) = keys(&["remove", "1"]).await;
    assert!(done, "{said}");
    gateway.restart().await;
    let mut visitor = visitor.clone();
    let page = password(&mut visitor, &ada).await;
    assert_eq!(prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await.location(), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_that_cannot_be_decrypted_leaves_its_owner_the_other_ways() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    super::sql(&at.gateway.path("portcullis.db"), "UPDATE factors SET cipher = zeroblob(60)").await;
    let sent = at.gateway.sandbox.messages_to(&ada.phone).await.len();
    let (mut visitor, page) = at.after_the_password(&ada).await;
    assert_eq!(page.status, 200, "{page:?}");
    let answer = visitor.submit(&page, "/portcullis/verify/send", &[("method", "sms")]).await;
    visitor.follow(answer).await;
    let code = at.gateway.sandbox.code(&ada.phone, sent + 1).await;
    assert_eq!(visitor.code(&code).await.location(), "/");
    assert!(visitor.is_in().await);
}
