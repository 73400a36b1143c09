//! Passkeys, with a key whose every part can be forged.

use serde_json::Value;

use super::soft_key::{Answer, BACKED_UP, BACKUP_ELIGIBLE, PRESENT, SoftKey, VERIFIED};
use super::*;
use crate::gateway::{Setup, all_the_way};
use crate::visitor::{LOGIN, SEND};
use crate::wire::free_address;

const NEW: &str = "/portcullis/account/passkey";
const CREATE: &str = "/portcullis/account/passkey/verify";
const BY_PASSKEY: &str = "/portcullis/verify?factor=passkey";
const ALONE: &str = "/portcullis/login/passkey";

/// A gateway with passkeys, and its origin.
pub struct WithPasskeys {
    pub gateway: Gateway,
    pub origin: String,
}

impl WithPasskeys {
    pub async fn start(more: &str) -> Self {
        let address = free_address();
        let origin = format!("http://app.localhost:{}", address.port());
        let setup = Setup {
            listen: Some(address),
            more: format!("[passkeys]\norigins = [\"{origin}\"]\n{more}"),
            ..Setup::default()
        };
        Self { gateway: Gateway::with(setup).await, origin }
    }

    pub fn visitor(&self) -> Visitor {
        let mut visitor = self.gateway.visitor();
        visitor.host = Some(self.origin.split("://").nth(1).unwrap().to_owned());
        visitor
    }

    pub async fn signed_in(&self, account: &Account) -> Visitor {
        all_the_way(self.visitor(), &self.gateway.sandbox, account).await
    }

    pub async fn after_the_password(&self, account: &Account) -> (Visitor, Response) {
        let mut visitor = self.visitor();
        let page = password(&mut visitor, account).await;
        (visitor, page)
    }
}

/// What the page asks the browser for.
fn options(page: &Response, action: &str) -> Value {
    let form = form(page, action);
    let written = form.tags[0].get("data-options").unwrap_or_else(|| panic!("no options: {page:?}"));
    serde_json::from_str(written).unwrap_or_else(|error| panic!("{error}: {written}"))
}

/// The page that makes a passkey.
async fn making(visitor: &mut Visitor, name: &str) -> Response {
    let page = visitor.get(NEW).await;
    assert_eq!(page.status, 200, "{page:?}");
    let page = visitor.submit(&page, NEW, &[("name", name)]).await;
    assert_eq!(page.status, 200, "{page:?}");
    page
}

/// Adds a passkey in a signed-in browser.
pub async fn with_passkey(visitor: &mut Visitor, key: &mut SoftKey, name: &str) {
    let page = making(visitor, name).await;
    let answer = key.register(&options(&page, CREATE)).to_string();
    let answer = visitor.submit(&page, CREATE, &[("code", &answer)]).await;
    expect_redirect(&answer, "/portcullis/?done=added", "the passkey is added");
}

async fn prove(visitor: &mut Visitor, page: &Response, answer: &Value) -> Response {
    visitor.submit(page, VERIFY, &[("code", &answer.to_string())]).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_passkey_comes_first_after_the_password_and_no_message_is_sent() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let page = owner.get(ACCOUNT).await;
    assert!(page.words().contains("blue key") && !page.words().contains("Synced"), "{page:?}");
    let sent = at.gateway.sandbox.messages_to(&ada.phone).await.len();
    let (mut visitor, page) = at.after_the_password(&ada).await;
    let asked = options(&page, VERIFY);
    assert_eq!(asked["rpId"], "app.localhost");
    assert_eq!(asked["userVerification"], "preferred");
    assert_eq!(asked["allowCredentials"].as_array().unwrap().len(), 1);
    let again = visitor.get(VERIFY).await;
    assert_eq!(options(&again, VERIFY), asked, "a page that is loaded again asks for the same signature");
    let answer = prove(&mut visitor, &page, &key.sign(&asked)).await;
    expect_redirect(&answer, "/", "the passkey signs in");
    assert!(visitor.is_in().await);
    assert_eq!(at.gateway.sandbox.messages_to(&ada.phone).await.len(), sent);
    let (_, details) = at.gateway.newest_event().await;
    assert!(details.contains(r#""factors":["password","passkey"]"#), "{details}");
}

#[tokio::test(flavor = "multi_thread")]
async fn after_the_password_a_key_that_cannot_verify_its_user_is_enough_and_one_that_could_is_held_to_it() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut plain = SoftKey::new(&at.origin);
    plain.flags = PRESENT;
    with_passkey(&mut owner, &mut plain, "plain key").await;
    let (mut visitor, page) = at.after_the_password(&ada).await;
    assert_eq!(prove(&mut visitor, &page, &plain.sign(&options(&page, VERIFY))).await.location(), "/");
    let mut able = SoftKey::new(&at.origin);
    with_passkey(&mut visitor, &mut able, "able key").await;
    able.flags = PRESENT;
    let (mut visitor, page) = at.after_the_password(&ada).await;
    let answer = prove(&mut visitor, &page, &able.sign(&options(&page, VERIFY))).await;
    assert_eq!(answer.status, 422, "{answer:?}");
    let (_, details) = at.gateway.newest_event().await;
    assert!(details.contains("the device did not verify its user"), "{details}");
}

/// Each answer that differs from an honest one in one part, and what the trail says of it.
fn forgeries() -> Vec<(&'static str, fn(&mut Answer), &'static str)> {
    vec![
        ("type", |answer| answer.kind = "webauthn.create".to_owned(), "another ceremony"),
        ("challenge", |answer| answer.challenge = "A".repeat(43), "another challenge"),
        ("host", |answer| answer.origin = "http://evil.localhost:8080".to_owned(), "another origin"),
        ("port", |answer| answer.origin = "http://app.localhost:1".to_owned(), "another origin"),
        ("scheme", |answer| answer.origin = answer.origin.replace("http", "https"), "another origin"),
        ("frame", |answer| answer.cross_origin = true, ""),
        ("domain", |answer| answer.rp_id = "localhost".to_owned(), "another domain"),
        ("presence", |answer| answer.flags &= !PRESENT, "nobody was present"),
        ("backup", |answer| answer.flags |= BACKUP_ELIGIBLE, "backup flag changed"),
        ("signature", |answer| answer.spoil = true, "signature is wrong"),
        ("counter", |answer| answer.counter = 5, "counter went back"),
        ("user", |answer| answer.user = Some(vec![9; 16]), "not a passkey of this account"),
        ("credential", |answer| answer.raw_id = b"other".to_vec(), ""),
        ("id", |answer| answer.id = "AQID".to_owned(), ""),
        ("kind", |answer| answer.type_ = "password".to_owned(), ""),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_with_one_wrong_part_is_refused_whichever_part_it_is() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    key.counter = 10;
    with_passkey(&mut owner, &mut key, "blue key").await;
    for (part, forge, said) in forgeries() {
        at.gateway.advance(3600);
        let (mut visitor, page) = at.after_the_password(&ada).await;
        let asked = options(&page, VERIFY);
        let mut forged = key.answer("webauthn.get", &asked);
        forge(&mut forged);
        let refused = prove(&mut visitor, &page, &key.signed(&forged)).await;
        assert_eq!(refused.status, 422, "{part}: {refused:?}");
        assert!(refused.words().contains("The passkey was not accepted"), "{part}: {refused:?}");
        if !said.is_empty() {
            let (name, details) = at.gateway.newest_event().await;
            assert_eq!(name, "code.refused", "{part}");
            assert!(details.contains(said), "{part}: {details}");
            // Its challenge is gone, so that a second answer to it is refused, even a right one.
            let late = prove(&mut visitor, &page, &key.sign(&asked)).await;
            assert_eq!(late.status, 422, "{part}: {late:?}");
        }
        let page = visitor.get(BY_PASSKEY).await;
        let honest = prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await;
        assert_eq!(honest.location(), "/", "{part}: an honest answer to a new challenge: {honest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_answer_cannot_be_used_again_nor_in_another_sign_in_nor_by_another_account() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let bob = at.gateway.add_account("bob").await;
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let mut bobs = at.signed_in(&bob).await;
    let mut other = SoftKey::new(&at.origin);
    with_passkey(&mut bobs, &mut other, "red key").await;
    let (mut first, page) = at.after_the_password(&ada).await;
    let (mut second, second_page) = at.after_the_password(&ada).await;
    let answer = key.sign(&options(&page, VERIFY));
    assert_eq!(prove(&mut second, &second_page, &answer).await.status, 422, "another sign-in's challenge");
    assert_eq!(prove(&mut first, &page, &answer).await.location(), "/");
    let (mut thief, page) = at.after_the_password(&ada).await;
    assert_eq!(prove(&mut thief, &page, &answer).await.status, 422, "the same answer again");
    let page = thief.get(BY_PASSKEY).await;
    assert_eq!(prove(&mut thief, &page, &other.sign(&options(&page, VERIFY))).await.status, 422, "bob's key");
    assert!(!thief.is_in().await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_registration_with_one_wrong_part_is_refused_and_its_challenge_is_spent() {
    let at = WithPasskeys::start("").await;
    let mut owner = at.signed_in(&at.gateway.account).await;
    let forgeries: [(&str, fn(&mut Answer)); 8] = [
        ("type", |answer| answer.kind = "webauthn.get".to_owned()),
        ("challenge", |answer| answer.challenge = "A".repeat(43)),
        ("origin", |answer| answer.origin = "http://evil.localhost".to_owned()),
        ("frame", |answer| answer.cross_origin = true),
        ("domain", |answer| answer.rp_id = "localhost".to_owned()),
        ("presence", |answer| answer.flags &= !PRESENT),
        ("credential", |answer| answer.raw_id = b"other".to_vec()),
        ("id", |answer| answer.id = "AQID".to_owned()),
    ];
    for (part, forge) in forgeries {
        let mut key = SoftKey::new(&at.origin);
        let page = making(&mut owner, "key").await;
        let asked = options(&page, CREATE);
        let mut forged = key.answer("webauthn.create", &asked);
        forge(&mut forged);
        let refused = owner.submit(&page, CREATE, &[("code", &key.attested(&forged).to_string())]).await;
        assert_eq!(refused.status, 422, "{part}: {refused:?}");
        assert!(refused.words().contains("The passkey could not be added"), "{part}: {refused:?}");
        let late = owner.submit(&page, CREATE, &[("code", &key.register(&asked).to_string())]).await;
        assert_eq!(late.status, 409, "{part}: the challenge was answered: {late:?}");
    }
    let page = owner.get(ACCOUNT).await;
    assert!(!page.text().contains("/account/factor?id="), "{page:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_registered_once_and_the_browser_is_told_which_keys_there_are() {
    let at = WithPasskeys::start("").await;
    let mut owner = at.signed_in(&at.gateway.account).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let page = making(&mut owner, "again").await;
    let asked = options(&page, CREATE);
    assert_eq!(asked["excludeCredentials"].as_array().unwrap().len(), 1);
    assert_eq!(asked["attestation"], "none");
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "preferred");
    let answer = owner.submit(&page, CREATE, &[("code", &key.register(&asked).to_string())]).await;
    assert_eq!(answer.status, 409, "{answer:?}");
    assert!(answer.words().contains("already registered"), "{answer:?}");
    let mut second = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut second, "second key").await;
    assert_eq!(second.user, key.user, "one random name for the account");
    assert_eq!(key.user.len(), 16);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_synced_passkey_is_shown_as_one_and_its_eligibility_never_changes() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    key.flags |= BACKUP_ELIGIBLE;
    with_passkey(&mut owner, &mut key, "phone").await;
    assert!(!owner.get(ACCOUNT).await.words().contains("Synced to your other devices"));
    key.flags |= BACKED_UP;
    let (mut visitor, page) = at.after_the_password(&ada).await;
    assert_eq!(prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await.location(), "/");
    assert!(visitor.get(ACCOUNT).await.words().contains("Synced to your other devices"));
    key.flags &= !(BACKUP_ELIGIBLE | BACKED_UP);
    let (mut visitor, page) = at.after_the_password(&ada).await;
    assert_eq!(prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await.status, 422);
}

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
    let forgeries: Vec<(&str, fn(&mut Answer))> = vec![
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
    let (done, said) = keys(&["remove", "1"]).await;
    assert!(done, "{said}");
    gateway.restart().await;
    let mut visitor = visitor.clone();
    let page = password(&mut visitor, &ada).await;
    assert_eq!(prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await.location(), "/");
}

#[tokio::test(flavor = "multi_thread")]
async fn guesses_at_a_passkey_are_counted_like_others_and_another_way_stays_open() {
    let at = WithPasskeys::start("").await;
    let ada = at.gateway.account.clone();
    let mut owner = at.signed_in(&ada).await;
    let mut key = SoftKey::new(&at.origin);
    with_passkey(&mut owner, &mut key, "blue key").await;
    let (mut thief, mut page) = at.after_the_password(&ada).await;
    for _ in 0..4 {
        let mut forged = key.answer("webauthn.get", &options(&page, VERIFY));
        forged.spoil = true;
        page = prove(&mut thief, &page, &key.signed(&forged)).await;
        assert_eq!(page.status, 422);
    }
    let mut forged = key.answer("webauthn.get", &options(&page, VERIFY));
    forged.spoil = true;
    let answer = prove(&mut thief, &page, &key.signed(&forged)).await;
    expect_redirect(&answer, crate::visitor::GUESSES_USED, "five wrong answers end the sign-in");
    let (mut visitor, page) = at.after_the_password(&ada).await;
    let waits = prove(&mut visitor, &page, &key.sign(&options(&page, VERIFY))).await;
    assert_eq!(waits.status, 429, "{waits:?}");
    let answer = visitor.submit(&page, SEND, &[("method", "sms")]).await;
    let page = visitor.follow(answer).await;
    let code = at.gateway.sandbox.last_code(&ada.phone).await;
    assert_eq!(visitor.submit(&page, VERIFY, &[("code", &code)]).await.location(), "/");
}
