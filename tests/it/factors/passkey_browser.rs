//! Passkeys in a real Chromium, with its virtual authenticator.

use serde_json::{Value, json};

use super::passkey::WithPasskeys;
use crate::backend::WELCOME;
use crate::browser::{Browser, CODE, NAME, PASSWORD, Scheme, Screen, Scripts};

/// An authenticator that is attached to the browser.
struct Attached {
    id: String,
}

impl Attached {
    async fn to(browser: &Browser, verifies: bool, finds_itself: bool) -> Self {
        browser.answer("WebAuthn.enable", json!({ "enableUI": false })).await;
        let options = json!({
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": finds_itself,
            "hasUserVerification": verifies,
            "isUserVerified": verifies,
            "automaticPresenceSimulation": true,
        });
        let made = browser.answer("WebAuthn.addVirtualAuthenticator", json!({ "options": options })).await;
        Self { id: made["authenticatorId"].as_str().expect("an id").to_owned() }
    }

    async fn credentials(&self, browser: &Browser) -> Vec<Value> {
        let found = browser.answer("WebAuthn.getCredentials", json!({ "authenticatorId": self.id })).await;
        found["credentials"].as_array().expect("a list").clone()
    }
}

const BUTTON: &str = "[data-passkey-button]";
const CREATE_FORM: &str = "form[action$='/account/passkey'] button[type=submit]";

async fn signs_in_with_a_code(at: &WithPasskeys, browser: &Browser) {
    browser.open_url(&format!("{}/portcullis/login?rd=%2Fportcullis%2F", at.origin)).await;
    browser.gives_password("ada@example.com", &at.gateway.account.password).await;
    browser.find(CODE).await;
    let code = at.gateway.sandbox.last_code(&at.gateway.account.phone).await;
    browser.type_into(CODE, &code).await;
    browser.reads("You are signed in").await;
}

async fn adds_a_passkey(at: &WithPasskeys, browser: &Browser, name: &str) {
    browser.open_url(&format!("{}/portcullis/account/passkey", at.origin)).await;
    browser.type_into("#name", name).await;
    browser.click(CREATE_FORM).await;
    browser.click(BUTTON).await;
    browser.reads("Done. You can sign in with it from now on.").await;
    browser.reads(name).await;
}

async fn logs_out(at: &WithPasskeys, browser: &Browser) {
    browser.open_url(&format!("{}/portcullis/logout", at.origin)).await;
    browser.click("form[action$='/logout'] button").await;
    browser.find(PASSWORD).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium_a_passkey_is_made_and_the_field_of_the_user_name_signs_in_with_it() {
    let at = WithPasskeys::start("").await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    let attached = Attached::to(&browser, true, true).await;
    signs_in_with_a_code(&at, &browser).await;
    adds_a_passkey(&at, &browser, "laptop").await;
    let made = attached.credentials(&browser).await;
    assert_eq!(
        (made.len(), made[0]["rpId"].as_str(), made[0]["isResidentCredential"].as_bool()),
        (1, Some("app.localhost"), Some(true))
    );
    browser.open_url(&format!("{}/portcullis/logout", at.origin)).await;
    browser.click("form[action$='/logout'] button").await;
    // The field of the user name offers the passkey, and this authenticator takes every offer.
    browser.open_url(&format!("{}/", at.origin)).await;
    browser.reads(WELCOME).await;
    assert!(attached.credentials(&browser).await[0]["signCount"].as_u64().unwrap() > 1);
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium_a_key_that_cannot_be_found_by_itself_signs_in_after_the_password() {
    let at = WithPasskeys::start("").await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    let attached = Attached::to(&browser, true, false).await;
    signs_in_with_a_code(&at, &browser).await;
    adds_a_passkey(&at, &browser, "key ring").await;
    assert_eq!(attached.credentials(&browser).await[0]["isResidentCredential"].as_bool(), Some(false));
    logs_out(&at, &browser).await;
    browser.open_url(&format!("{}/", at.origin)).await;
    browser.type_into(NAME, "ada").await;
    browser.type_into(PASSWORD, &at.gateway.account.password).await;
    browser.click("form[action$='/login'] button[type=submit]").await;
    browser.reads("Use your passkey").await;
    browser.click(BUTTON).await;
    browser.reads(WELCOME).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_chromium_a_key_without_verification_is_a_second_factor_and_not_enough_alone() {
    let at = WithPasskeys::start("").await;
    let browser = Browser::start(Screen::Desktop, Scheme::Light, Scripts::On).await;
    Attached::to(&browser, false, false).await;
    signs_in_with_a_code(&at, &browser).await;
    adds_a_passkey(&at, &browser, "plain key").await;
    logs_out(&at, &browser).await;
    browser.open_url(&format!("{}/", at.origin)).await;
    browser.click("form[data-passkey=login] button").await;
    browser.reads("The passkey was not used. Please try again or use another method.").await;
    browser.type_into(NAME, "ada").await;
    browser.type_into(PASSWORD, &at.gateway.account.password).await;
    browser.click("form[action$='/login'] button[type=submit]").await;
    browser.click(BUTTON).await;
    browser.reads(WELCOME).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_page_says_that_passkeys_cannot_be_used_and_offers_the_other_ways() {
    let at = WithPasskeys::start("").await;
    let mut owner = at.signed_in(&at.gateway.account).await;
    let mut key = super::soft_key::SoftKey::new(&at.origin);
    super::passkey::with_passkey(&mut owner, &mut key, "blue key").await;
    let browser = Browser::start(Screen::Phone, Scheme::Dark, Scripts::Off).await;
    browser.open_url(&format!("{}/", at.origin)).await;
    browser.gives_password("ada@example.com", &at.gateway.account.password).await;
    browser.reads("This browser cannot use passkeys here. Please use another method.").await;
    browser.click("form[action$='/verify/send'] button").await;
    browser.find(CODE).await;
    let code = at.gateway.sandbox.last_code(&at.gateway.account.phone).await;
    browser.type_into(CODE, &code).await;
    browser.click("form[action$='/verify'] button[type=submit]").await;
    browser.reads(WELCOME).await;
    browser.close().await;
}
