//! D2: `portcullis user edit` on a running gateway.

use serde_json::{Value, json};

use crate::gateway::{GatewayProcess, Setup, half_way};
use crate::process::{run, text};
use crate::wire::eventually;

async fn refused(gateway: &GatewayProcess, arguments: &[&str]) -> (Option<i32>, String) {
    let config = gateway.config_file();
    let output = run(&[&["user", "edit"], arguments, &["--config", &config]].concat(), &[], "").await;
    (output.status.code(), text(&output))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_request_of_a_session_shows_new_names_and_groups() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let mut ada = gateway.signed_in(&gateway.account.clone()).await;
    let edit = ["edit", "ada", "--name", "Ada Lovelace", "--email", "countess@example.com", "--group", "admins"];
    assert_eq!(gateway.user(&edit, "").await, "ada is changed (name, email, groups), codes are sent by sms\n");
    let says = async |name: &str, value: &str| {
        let mut ada = ada.clone();
        ada.get("/").await;
        gateway.backend.last().await.headers_named(name) == [value]
    };
    eventually("the new name reaches the site", || async { says("Remote-Name", "Ada Lovelace").await }).await;
    assert!(says("Remote-Email", "countess@example.com").await && says("Remote-Groups", "admins").await);
    let rename = ["edit", "ada", "--rename", "countess", "--group", "staff", "--remove-group", "admins"];
    assert_eq!(gateway.user(&rename, "").await, "countess is changed (username, groups), codes are sent by sms\n");
    eventually("the new user name reaches the site", || async { says("Remote-User", "countess").await }).await;
    assert!(says("Remote-Groups", "staff").await);
    assert_eq!(ada.get("/").await.status, 200, "the session lives on");
    let (name, details) = gateway.newest_event().await;
    assert_eq!(name, "account.changed");
    assert_eq!(
        serde_json::from_str::<Value>(&details).unwrap(),
        json!({ "username": "countess", "changed": ["username", "groups"] }),
        "the trail names the fields and keeps no value of them"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_go_to_the_new_number_and_one_that_went_to_the_old_number_opens_nothing() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let mut account = gateway.account.clone();
    let (mut visitor, code) = gateway.half_signed_in(&account).await;
    let page = visitor.get("/portcullis/verify").await;
    gateway.user(&["edit", "ada", "--phone", "+15005559999"], "").await;
    visitor.submit(&page, "/portcullis/verify", &[("code", &code)]).await;
    assert!(!visitor.is_in().await, "the old number's code");
    account.phone = "+15005559999".to_owned();
    let (mut visitor, code) = half_way(gateway.visitor(), &gateway.sandbox, &account).await;
    visitor.code(&code).await;
    assert!(visitor.is_in().await, "the new number's code");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_follows_the_rules_of_a_new_account_and_a_refused_one_changes_nothing() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    gateway.add_account("bob").await;
    let before = gateway.user(&["show", "ada", "--json"], "").await;
    let says = |text: &str| (Some(1), format!("portcullis: {text}\n"));
    for (arguments, said) in [
        (
            &["ada", "--email", "bob@example.com"][..],
            "the e-mail address is taken by another account (`portcullis user list` shows all)",
        ),
        (&["ada", "--rename", "bob"], "the user name is taken by another account (`portcullis user list` shows all)"),
        (
            &["ada", "--no-phone", "--no-email"],
            "an account needs a telephone number or an e-mail address, to which codes are sent",
        ),
        (&["ada", "--no-phone", "--method", "sms"], "codes by sms need a telephone number"),
        (&["ada", "--remove-group", "admins"], "\"ada\": the account is not in the group `admins`"),
        (&["eve", "--name", "Eve"], "\"eve\": there is no account with this user name or e-mail address"),
    ] {
        assert_eq!(refused(&gateway, arguments).await, says(said), "{arguments:?}");
    }
    for arguments in [
        &["ada"][..],
        &["ada", "--json"],
        &["ada", "--phone", "5550074"],
        &["ada", "--email", "x"],
        &["ada", "--no-phone", "--phone", "+15005550001"],
    ] {
        assert_eq!(refused(&gateway, arguments).await.0, Some(2), "{arguments:?}");
    }
    assert_eq!(gateway.user(&["show", "ada", "--json"], "").await, before);
    assert_eq!(gateway.newest_event().await.0, "account.added", "nothing was written");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_edited_account_is_printed_as_json_and_an_edit_without_effect_says_so() {
    let gateway = GatewayProcess::start(Setup::default()).await;
    let edited = gateway.user(&["edit", "ada@example.com", "--no-phone", "--group", "staff", "--json"], "").await;
    let edited: Value = serde_json::from_str(&edited).unwrap();
    assert_eq!(edited["phone"], Value::Null);
    assert_eq!((&edited["method"], &edited["groups"]), (&json!("email"), &json!(["staff"])), "codes go by mail now");
    let mut shown: Value = serde_json::from_str(&gateway.user(&["show", "ada", "--json"], "").await).unwrap();
    // `show` looks further than the account itself.
    for (further, value) in [("remembered_browsers", json!(0)), ("recovery_codes", json!(0)), ("factors", json!([]))] {
        assert_eq!(shown.as_object_mut().unwrap().remove(further), Some(value), "{further}");
    }
    assert_eq!(edited, shown);
    let again = gateway.user(&["edit", "ada", "--group", "staff"], "").await;
    assert_eq!(again, "ada is like this already; nothing was changed\n");
}
