//! Accounts: names, status, passwords, removal.

use super::*;

#[tokio::test]
async fn an_account_comes_back_as_it_was_stored_under_name_address_and_id() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    for typed in ["ada", " ADA ", "Ada@Example.com"] {
        let found = fixture.store.find_account(&LoginName::new(typed)).await.unwrap().unwrap();
        assert_eq!(format!("{found:?}"), format!("{ada:?}"));
        assert_eq!(found.phone.unwrap().as_str(), "+15005550074");
        assert_eq!(found.password.unwrap().as_str(), "$argon2id$x");
    }
    assert!(fixture.store.account(ada.id).await.unwrap().is_some());
    for typed in ["", "ad", "ada@example.co", "bob", "ada' OR '1'='1", "%", "_da"] {
        assert!(fixture.store.find_account(&LoginName::new(typed)).await.unwrap().is_none(), "{typed}");
    }
}

#[tokio::test]
async fn a_name_or_address_belongs_to_one_account_and_a_refused_one_leaves_nothing() {
    let fixture = Fixture::build().await;
    fixture.account("ada").await;
    let mut twin = account("ada");
    let refused = fixture.store.insert_account(&twin, &event("account.added")).await;
    assert!(matches!(refused, Err(StoreError::Taken("the user name"))), "{refused:?}");
    twin.username = "bob".parse().unwrap();
    twin.email = Some("ADA@example.COM".parse().unwrap());
    let refused = fixture.store.insert_account(&twin, &event("account.added")).await;
    assert!(matches!(refused, Err(StoreError::Taken("the e-mail address"))), "{refused:?}");
    assert_eq!(fixture.store.accounts().await.unwrap().len(), 1);
    assert_eq!(fixture.event_names().await, ["account.added"]);
    // The name of the account that was refused is still free.
    fixture.account("bob").await;
    let names: Vec<String> = fixture.store.accounts().await.unwrap().iter().map(|a| a.username.to_string()).collect();
    assert_eq!(names, ["ada", "bob"]);
}

#[tokio::test]
async fn a_changed_account_is_found_under_its_new_names_only() {
    let fixture = Fixture::build().await;
    let mut ada = fixture.account("ada").await;
    ada.username = "countess".parse().unwrap();
    ada.email = None;
    ada.groups.clear();
    // A copy read before somebody disabled the account and changed its password.
    fixture.store.set_status(ada.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap();
    ada.password = None;
    fixture.store.update_account(&ada, &event("account.changed")).await.unwrap();
    for typed in ["ada", "ada@example.com"] {
        assert!(fixture.store.find_account(&LoginName::new(typed)).await.unwrap().is_none(), "{typed}");
    }
    let found = fixture.store.find_account(&LoginName::new("countess")).await.unwrap().unwrap();
    assert!(found.groups.is_empty() && found.email.is_none());
    assert_eq!(found.status, AccountStatus::Disabled, "an old copy does not enable");
    assert!(found.password.is_some(), "an old copy does not change the password");
    assert!(fixture.store.update_account(&account("nobody"), &event("account.changed")).await.is_err());
}

#[tokio::test]
async fn the_mailbox_for_codes_signs_nobody_in_and_belongs_to_nobody() {
    let fixture = Fixture::build().await;
    let mut ada = fixture.account("ada").await;
    let bob = fixture.account("bob").await;
    ada.code_email = Some("bob@example.com".parse().unwrap());
    fixture.store.update_account(&ada, &event("account.changed")).await.unwrap();
    let found = fixture.store.find_account(&LoginName::new("bob@example.com")).await.unwrap().unwrap();
    assert_eq!(found.id, bob.id);
    assert_eq!(fixture.store.account(ada.id).await.unwrap().unwrap().code_email, ada.code_email);
}

#[tokio::test]
async fn disabling_ends_sessions_and_sign_ins_and_enabling_brings_none_back() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (session, sign_in) = (fixture.session(&ada).await, fixture.sign_in(&ada).await);
    assert!(fixture.store.set_status(ada.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap());
    assert!(fixture.store.set_status(ada.id, AccountStatus::Active, &event("account.enabled")).await.unwrap());
    assert!(fixture.store.session(session).await.unwrap().is_none());
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_none());
    let nobody = AccountId::from_bytes([0; 16]);
    assert!(!fixture.store.set_status(nobody, AccountStatus::Disabled, &event("x")).await.unwrap());
    assert!(!fixture.event_names().await.contains(&"x".to_owned()));
}

#[tokio::test]
async fn a_new_password_ends_everything_and_clears_the_counters_of_the_password_alone() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let session = fixture.session(&ada).await;
    let keys = ["password", "password:device", "sms"].map(|part| format!("account:{}:{part}", ada.id.to_hex()));
    for key in &keys {
        fixture.store.count_failure(key, &ACCOUNT, now()).await.unwrap();
    }
    let new = PasswordHash::from_stored("$argon2id$new".into());
    fixture.store.change_password(ada.id, &new, &event("account.password-changed"), now()).await.unwrap();
    assert!(fixture.store.session(session).await.unwrap().is_none());
    let mut counts = Vec::new();
    for key in &keys {
        counts.push(fixture.store.count_failure(key, &ACCOUNT, now()).await.unwrap());
    }
    assert_eq!(counts, [1, 1, 2].map(|failures| Counted::Allowed { failures }));
}

#[tokio::test]
async fn an_old_password_or_a_disabled_account_opens_no_sign_in_any_more() {
    let fixture = Fixture::build().await;
    let (ada, bob) = (fixture.account("ada").await, fixture.account("bob").await);
    let [first, second, third] = [1, 2, 3].map(|byte| SignInId::from_bytes([byte; 16]));
    assert!(fixture.open(first, &ada).await);
    let stands = async |account: &Account| {
        fixture.store.password_stands(account.id, account.password.as_ref().expect("a password")).await.unwrap()
    };
    assert!(stands(&ada).await && stands(&bob).await);
    let new = PasswordHash::from_stored("$argon2id$new".into());
    fixture.store.change_password(ada.id, &new, &event("account.password-changed"), now()).await.unwrap();
    assert!(!fixture.open(second, &ada).await, "judged with the old password, opened after its change");
    fixture.store.set_status(bob.id, AccountStatus::Disabled, &event("account.disabled")).await.unwrap();
    assert!(!fixture.open(third, &bob).await);
    assert!(!stands(&ada).await && !stands(&bob).await, "nor does it let a single request pass");
}

#[tokio::test]
async fn a_hash_is_upgraded_only_while_it_is_still_the_old_one() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let [new, late] = ["$argon2id$new", "$argon2id$late"].map(|text| PasswordHash::from_stored(text.into()));
    let old = ada.password.clone().unwrap();
    fixture.store.upgrade_password(ada.id, &old, &new).await.unwrap();
    fixture.store.upgrade_password(ada.id, &old, &late).await.unwrap();
    assert_eq!(fixture.store.account(ada.id).await.unwrap().unwrap().password.unwrap().as_str(), new.as_str());
}

#[tokio::test]
async fn a_removed_account_leaves_only_its_events_and_its_name_is_free() {
    let fixture = Fixture::build().await;
    let ada = fixture.account("ada").await;
    let (session, sign_in) = (fixture.session(&ada).await, fixture.sign_in(&ada).await);
    assert!(fixture.store.remove_account(ada.id, &event("account.removed")).await.unwrap());
    assert!(!fixture.store.remove_account(ada.id, &event("account.removed")).await.unwrap());
    assert!(fixture.store.session(session).await.unwrap().is_none());
    assert!(fixture.store.sign_in(sign_in, now()).await.unwrap().is_none());
    assert_eq!(fixture.event_names().await, ["account.removed", "sign-in.completed", "account.added"]);
    fixture.account("ada").await;
}
