//! Passkeys, with a key whose every part can be forged.

use serde_json::Value;

use super::soft_key::{Answer, BACKED_UP, BACKUP_ELIGIBLE, PRESENT, SoftKey};
use super::*;
use crate::gateway::{Setup, all_the_way};
use crate::visitor::SEND;
use crate::wire::free_address;

pub const NEW: &str = "/portcullis/account/passkey";
const CREATE: &str = "/portcullis/account/passkey/verify";
const BY_PASSKEY: &str = "/portcullis/verify?factor=passkey";
pub const ALONE: &str = "/portcullis/login/passkey";

/// Changes one part of an honest answer.
pub type Forge = fn(&mut Answer);

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
pub fn options(page: &Response, action: &str) -> Value {
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

pub async fn prove(visitor: &mut Visitor, page: &Response, answer: &Value) -> Response {
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
fn forgeries() -> Vec<(&'static str, Forge, &'static str)> {
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
    let forgeries: [(&str, Forge); 8] = [
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
